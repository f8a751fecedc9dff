/** Events to stores, set up once. What is on screen follows what the file says, whoever changed it. */
import type { EventPayload, fileEvents } from '../../shared/api.ts';
import { useConflictsStore } from '../stores/conflictsStore.ts';
import { useInconsistenciesStore } from '../stores/inconsistenciesStore.ts';
import { useInstrumentsStore } from '../stores/instrumentsStore.ts';
import { useMergeStore } from '../stores/mergeStore.ts';
import { usePeopleStore } from '../stores/peopleStore.ts';
import { useSessionStore } from '../stores/sessionStore.ts';
import { useUiStore } from '../stores/uiStore.ts';
import { errorText } from '../text/i18n.ts';
import { dropPort, fileClient, onChanged, onConnected, onDamaged, onShell, shell } from './client.ts';
import { runCommand } from './commands.ts';

export type Changed = EventPayload<typeof fileEvents, 'changed'>;

/** Reads the open file into the stores: the few names first, so that the rows that people wait for are drawn once. */
export async function loadFile(): Promise<void> {
  const people = usePeopleStore.getState().load();
  const rows = useInstrumentsStore.getState().load();
  const undo = await fileClient['undo.state']({});
  if (undo.ok) useSessionStore.getState().setUndo(undo.value);
  await Promise.all([rows, people]);
}

function applyChanged(changed: Changed): void {
  const session = useSessionStore.getState();
  session.setUndo(changed.undo);
  session.setSaved({ kind: 'saved', at: Date.now() });
  if (changed.isBulk) void useInstrumentsStore.getState().load();
  else void useInstrumentsStore.getState().refresh(changed.instrumentIds);
  if (changed.isBulk || changed.entities.some((entity) => entity === 'person' || entity === 'body'))
    void usePeopleStore.getState().load();
  void useConflictsStore.getState().load();
  useInconsistenciesStore.getState().loadSoon();
}

function forgetFile(): void {
  useInstrumentsStore.getState().reset();
  usePeopleStore.getState().reset();
  useUiStore.getState().reset();
}

/** Wires everything and asks main what is here. */
export async function start(): Promise<void> {
  // Another file (or none): what belonged to the one before goes, the new one is read.
  useSessionStore.subscribe(({ file }, before) => {
    if (file === before.file) return;
    if (before.file) forgetFile();
    if (file) void loadFile();
  });
  onChanged(applyChanged);
  onDamaged((error) => useSessionStore.getState().fileDamaged(error));
  let isFirstPort = true;
  onConnected(() => {
    if (!isFirstPort && useSessionStore.getState().file) void loadFile();
    isFirstPort = false;
    useSessionStore.getState().setDatabaseLost(false);
  });
  onShell({
    command: ({ command }) => runCommand(command),
    fileOpened: (file) => useSessionStore.getState().fileOpened(file),
    fileClosed: () => void useSessionStore.getState().fileClosed(),
    mergeOffered: (offer) => useMergeStore.getState().offered(offer),
    mergeLocked: (copy) => useMergeStore.getState().locked(copy),
    copyOffered: (offer) => useUiStore.getState().openDialog({ kind: 'copy-offered', offer }),
    problem: (error) => {
      if (useSessionStore.getState().file && error.code !== 'file-encrypted')
        useUiStore.getState().tellProblem(errorText(error));
      else useSessionStore.getState().setProblem(error);
    },
    databaseLost: ({ isOnPurpose }) => {
      dropPort();
      useSessionStore.getState().setDatabaseLost(!isOnPurpose);
    },
    // Nothing to do for databaseBack: the new port is the news, see onConnected.
  });
  const found = await shell['app.start']({});
  if (found.ok) useSessionStore.getState().start(found.value);
}
