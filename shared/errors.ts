/**
 * Everything the program may refuse to do, as data: a code and the details a sentence needs.
 * The sentence itself is made at the very edge, in the user's language (renderer/text/errorText.ts and the command
 * line's catalogue); a code without a sentence does not compile there.
 */
export type AppError =
  /** Nothing with this id (or number) is in the file. */
  | { code: 'not-found'; details: { entity: string; id: string } }
  /** Two or more rows answer to this number; only a person can say which is meant. */
  | { code: 'ambiguous'; details: { entity: string; id: string; count: number } }
  /** A value was refused by its field's rule. `rule` names the rule, `value` is what was typed. */
  | { code: 'invalid-value'; details: { field: string; value: string; rule: ValueRule } }
  | { code: 'unknown-field'; details: { field: string; known: string[] } }
  /** The call itself was malformed: a mistake in the program, not of the user. */
  | { code: 'invalid-call'; details: { method: string; problem: string } }
  /** The deadline lies before the start of the instrument. */
  | { code: 'deadline-before-start'; details: { deadline: string; startOn: string } }
  /** An override of the computed health needs a reason. */
  | { code: 'reason-required'; details: { field: string } }
  /** Nothing of this batch can be taken back: all of it has been changed since, or it is undone already. */
  | { code: 'nothing-to-undo'; details: { label: string } }
  | { code: 'nothing-to-redo'; details: Record<string, never> }
  | { code: 'no-file-open'; details: Record<string, never> }
  | { code: 'file-missing'; details: { path: string } }
  /** Nothing can be written there: the folder is gone, as with a stick that was pulled out. */
  | { code: 'folder-missing'; details: { path: string } }
  | { code: 'file-exists'; details: { path: string } }
  | { code: 'file-is-directory'; details: { path: string } }
  /** Not a database at all, or not one of ours. */
  | { code: 'not-a-tracker-file'; details: { path: string } }
  /** Written by a newer version of the program. */
  | { code: 'file-too-new'; details: { path: string; fileVersion: number; knownVersion: number } }
  | { code: 'file-damaged'; details: { path: string; problem: string } }
  /** A copy of another file altogether: its rows have other identities. */
  | { code: 'other-family'; details: { path: string } }
  /** Another program holds the file open for writing. */
  | { code: 'file-busy'; details: { path: string } }
  | { code: 'file-read-only'; details: { path: string; reason: ReadOnlyReason } }
  | { code: 'no-permission'; details: { path: string } }
  | { code: 'disk-full'; details: { path: string } }
  | { code: 'write-failed'; details: { path: string; problem: string } }
  /** What was written beside its place did not read back as it should: it was removed again. */
  | { code: 'copy-not-verified'; details: { path: string; problem: string } }
  /** A copy cannot take the place of the open file itself. */
  | { code: 'same-file'; details: { path: string } }
  /** No instrument answers to what a restricted copy was to hold. */
  | { code: 'nothing-in-scope'; details: { scope: string } }
  /** Under a passphrase (an age file): it has to be opened as such. */
  | { code: 'file-encrypted'; details: { path: string } }
  | { code: 'not-encrypted'; details: { path: string } }
  /** An age file for the holders of keys rather than of a passphrase. */
  | { code: 'encrypted-for-keys'; details: { path: string } }
  | { code: 'wrong-passphrase'; details: { path: string } }
  | { code: 'passphrase-required'; details: Record<string, never> }
  /** Somebody is writing in it; `since` is ms by that machine's clock. */
  | { code: 'file-locked'; details: { path: string; person: string; machine: string; since: number } }
  /** No backup of this name, or it is damaged itself. */
  | { code: 'backup-missing'; details: { id: string } }
  /** Nothing of a damaged file's log can be read. */
  | { code: 'nothing-to-salvage'; details: { path: string } }
  /** What was chosen as an exchange folder is none, or is not there. */
  | { code: 'not-a-folder'; details: { path: string } }
  /** What was dropped on the window has no place on this computer: a picture out of a web page. */
  | { code: 'dropped-no-file'; details: Record<string, never> }
  | { code: 'usage'; details: { problem: string } }
  | { code: 'print-failed'; details: { problem: string } }
  /** A task the user stopped. Nothing was changed. */
  | { code: 'cancelled'; details: Record<string, never> }
  /** A bug. The log holds the stack under `logId`. */
  | { code: 'unexpected'; details: { logId: string } };

export type ErrorCode = AppError['code'];

export type ErrorDetails<C extends ErrorCode> = Extract<AppError, { code: C }>['details'];

/** Names of the rules that fields check; each has a sentence of its own. Zod messages of the entities are these names. */
export const VALUE_RULES = [
  'date',
  'required',
  'too-long',
  'number-range',
  'percent',
  'choice',
  'email',
  'control-characters',
  'reference',
] as const;
export type ValueRule = (typeof VALUE_RULES)[number];

export const isValueRule = (text: string | undefined): text is ValueRule =>
  (VALUE_RULES as readonly (string | undefined)[]).includes(text);

export type ReadOnlyReason = 'permission' | 'newer-version' | 'busy' | 'encrypted' | 'disk-full' | 'looking';

/** Opened once more the file may turn out writable: who wrote in it may be gone, and who only looked wants more. */
export const isReadOnlyForNow = (reason: ReadOnlyReason | null): boolean => reason === 'busy' || reason === 'looking';

/** Refusals of a file that may have been one of ours and whole. */
export const isDamage = ({ code }: AppError): boolean => code === 'file-damaged' || code === 'not-a-tracker-file';

/** Carries an AppError through code that can only throw (transactions, streams); turned back into a value at the border. */
export class AppErrorException extends Error {
  readonly appError: AppError;

  constructor(appError: AppError) {
    super(`${appError.code} ${JSON.stringify(appError.details)}`);
    this.name = 'AppErrorException';
    this.appError = appError;
  }
}
