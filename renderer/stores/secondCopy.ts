/**
 * What can be done with a second copy of the open file, beside merging it. The file is left, or its content goes: what is
 * being typed in it is kept first, and what was refused there keeps it as it is.
 */
import { shell } from '../api/client.ts';
import { settle } from '../api/settle.ts';
import { errorText, t } from '../text/i18n.ts';
import { useSessionStore } from './sessionStore.ts';
import { useUiStore } from './uiStore.ts';
import { tellWithWayBack } from './wayBack.ts';

/** Opens the offered copy read-only, in place of the open file. */
export async function lookAtCopy(token: string): Promise<void> {
  if (await settle()) takeFile(await shell['copy.look']({ token }));
}

/** Back from a copy that was looked at to the file that was open before. */
export const leaveCopyOrTell = async (): Promise<void> => takeFile(await shell['copy.leave']({}));

/** Puts the offered copy in the place of the open file. The file is read anew by the event that says so. */
export async function replaceByCopy(token: string, name: string): Promise<void> {
  if (!(await settle())) return;
  const reply = await shell['copy.replace']({ token });
  if (reply.ok) tellWithWayBack(t('sharing.replaced', { name }), reply.value.kept);
  else useUiStore.getState().tellProblem(errorText(reply.error));
}

type Opened = Awaited<ReturnType<(typeof shell)['copy.look']>>;

function takeFile(reply: Opened): void {
  if (!reply.ok) useUiStore.getState().tellProblem(errorText(reply.error));
  else if (reply.value.file) useSessionStore.getState().fileOpened(reply.value.file);
}
