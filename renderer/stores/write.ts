/** Every edit of the file goes through here, so that the title bar can say whether it has reached the disk. */
import type { AppError } from '../../shared/errors.ts';
import type { Reply } from '../../shared/rpc/messages.ts';
import { errorText } from '../text/i18n.ts';
import { useSessionStore } from './sessionStore.ts';
import { useUiStore } from './uiStore.ts';

/** "Saving" is only worth saying when it takes longer than a blink. */
const SAVING_AFTER_MS = 150;

let openWrites = 0;
let waiting: (() => void)[] = [];

/** An edit is on its way to the disk. */
export const isWriting = (): boolean => openWrites > 0;

/** Resolves once every edit that is under way has been answered. */
export const whenWritten = (): Promise<void> =>
  isWriting() ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve();

/** Runs one edit and keeps the saved state true. The caller shows a refusal beside its cause, see `writeOrTell`. */
export async function write<T>(edit: () => Promise<Reply<T>>): Promise<Reply<T>> {
  const { setSaved, saved: before } = useSessionStore.getState();
  openWrites += 1;
  const timer = setTimeout(() => setSaved({ kind: 'saving' }), SAVING_AFTER_MS);
  const reply = await edit();
  clearTimeout(timer);
  openWrites -= 1;
  if (openWrites === 0) {
    for (const resolve of waiting) resolve();
    waiting = [];
  }
  if (reply.ok && openWrites === 0) setSaved({ kind: 'saved', at: Date.now() });
  if (!reply.ok) setSaved(isFailure(reply.error) ? { kind: 'failed' } : before);
  return reply;
}

/** For edits with no field of their own to show a refusal in: it becomes a toast. True when written. */
export async function writeOrTell<T>(edit: () => Promise<Reply<T>>): Promise<boolean> {
  const reply = await write(edit);
  if (!reply.ok) useUiStore.getState().tellProblem(errorText(reply.error));
  return reply.ok;
}

const FAILURES: readonly AppError['code'][] = [
  'disk-full',
  'write-failed',
  'no-permission',
  'file-missing',
  'file-busy',
  'file-damaged',
  'file-read-only',
  'unexpected',
];

/** The disk or the program failed, as against a value that a rule refused. */
const isFailure = (error: AppError): boolean => FAILURES.includes(error.code);
