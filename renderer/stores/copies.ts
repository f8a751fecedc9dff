/** What gives copies away, from a menu or a dialog: asks where to, writes, and says what was written. */
import type { Input } from '../../shared/api.ts';
import type { AppError } from '../../shared/errors.ts';
import { type ShellApi, shell } from '../api/client.ts';
import { errorText, t } from '../text/i18n.ts';
import { useSessionStore } from './sessionStore.ts';
import { useUiStore } from './uiStore.ts';

type Copy = Input<ShellApi, 'copy.save'>;

/** True when something was written, false when the person cancelled; else the refusal. */
export async function saveCopy(copy: Copy): Promise<boolean | AppError> {
  const reply = await shell['copy.save'](copy);
  if (!reply.ok) return reply.error;
  const { saved } = reply.value;
  if (saved === null) return false;
  useUiStore.getState().tell(t('sharing.copySaved', { name: saved.name }), {
    label: t('sharing.showInFolder'),
    run: () => void shell['saved.showInFolder']({ token: saved.token }),
  });
  return true;
}

/** The whole file, plainly. A refusal has no dialog to stand in. */
export async function saveCopyOrTell(): Promise<void> {
  const outcome = await saveCopy({ scope: null, passphrase: null });
  if (typeof outcome !== 'boolean') useUiStore.getState().tellProblem(errorText(outcome));
}

/** A copy of one's own, opened in place of the file that cannot or should not be written. */
export async function takeCopyOrTell(): Promise<void> {
  const reply = await shell['copy.take']({});
  if (!reply.ok) useUiStore.getState().tellProblem(errorText(reply.error));
  else if (reply.value.file) useSessionStore.getState().fileOpened(reply.value.file);
}
