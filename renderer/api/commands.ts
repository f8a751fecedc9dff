/** What menu, keyboard and buttons can ask of the window, by name: one way each, whoever asks. */
import type { EventPayload, shellEvents } from '../../shared/api.ts';
import { isTextField } from '../components/textField.ts';
import { saveCopyOrTell } from '../stores/copies.ts';
import { useMergeStore } from '../stores/mergeStore.ts';
import { useSessionStore } from '../stores/sessionStore.ts';
import { useUiStore } from '../stores/uiStore.ts';
import { write } from '../stores/write.ts';
import { errorText, t } from '../text/i18n.ts';
import { fileClient, shell } from './client.ts';
import { settle } from './settle.ts';

export type Command = EventPayload<typeof shellEvents, 'command'>['command'];

/** Commands that make no sense while no file is open. */
const NEEDS_FILE: readonly Command[] = [
  'undo',
  'redo',
  'find',
  'export-csv',
  'export-pdf',
  'go-today',
  'go-register',
  'go-activity',
  'go-people',
  'go-sharing',
  'merge',
  'save-copy',
];

const session = () => useSessionStore.getState();
const ui = () => useUiStore.getState();

const COMMANDS: Record<Command, () => unknown> = {
  undo: () => takeBackHere('undo'),
  redo: () => takeBackHere('redo'),
  find: () => ui().setSearchOpen(true),
  new: () => afterSettling(() => session().newFile('register')),
  'new-empty': () => afterSettling(() => session().newFile('empty')),
  open: () => afterSettling(() => session().openFile()),
  close: () => afterSettling(() => shell['file.close']({})),
  'export-csv': () => ui().openDialog({ kind: 'export-csv' }),
  'export-pdf': () => ui().openDialog({ kind: 'export-pdf' }),
  profile: () => ui().openDialog({ kind: 'profile' }),
  help: () => ui().openDialog({ kind: 'help' }),
  'go-today': () => ui().go({ page: 'today' }),
  'go-register': () => ui().go({ page: 'register' }),
  'go-activity': () => ui().go({ page: 'activity' }),
  'go-people': () => ui().go({ page: 'people' }),
  'go-sharing': () => ui().go({ page: 'sharing' }),
  merge: () => useMergeStore.getState().choose(),
  'save-copy': () => saveCopyOrTell(),
};

export function runCommand(command: Command): void {
  if (session().file === null && NEEDS_FILE.includes(command)) return;
  void COMMANDS[command]();
}

/** The file is left with what was being typed in it; what is refused keeps it open, to be seen. */
async function afterSettling(leave: () => unknown): Promise<void> {
  if (session().file === null || (await settle())) await leave();
}

/** From the menu while somebody types: the typing is taken back, as by the keys there, and never an edit of the file. */
function takeBackHere(which: 'undo' | 'redo'): unknown {
  if (isTextField(document.activeElement)) return document.execCommand(which);
  return takeBack(which);
}

/** Undo or redo the last step and say what it was, so that nothing changes unseen on another page. */
async function takeBack(which: 'undo' | 'redo'): Promise<void> {
  const { tell, tellProblem } = ui();
  if (session().undo[which] === null) return;
  const reply = await write(() => fileClient[which === 'undo' ? 'undo.last' : 'undo.redo']({}));
  if (!reply.ok) return tellProblem(errorText(reply.error));
  const { label, kept } = reply.value;
  const done = t(`window.${which}Done`, { what: batchText(label) });
  tell(kept === 0 ? done : `${done} ${t('window.kept', { count: kept })}`);
}

/** Takes one batch back, for the Undo of a toast. */
export async function undoBatch(batch: { replica: string; seq: number }): Promise<void> {
  const reply = await write(() => fileClient['undo.batch'](batch));
  if (!reply.ok) ui().tellProblem(errorText(reply.error));
}

/** What a batch did, in words; a label this version does not know is shown by its own name. */
export const batchText = (label: string): string => t(`batch.${label}` as 'batch.edit', { defaultValue: label });
