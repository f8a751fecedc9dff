/** How the command line refuses: a sentence and an exit status. */
import type { AppError } from '../../shared/errors.ts';
import type { Result } from '../../shared/result.ts';

/** 0 done, 1 the answer is no, 2 usage or a refused value, 3 the file cannot be opened or read. */
export type ExitStatus = 0 | 1 | 2 | 3;

const CANNOT_OPEN: ReadonlySet<AppError['code']> = new Set([
  'file-missing',
  'folder-missing',
  'file-is-directory',
  'not-a-tracker-file',
  'file-too-new',
  'file-damaged',
  'file-busy',
  'file-read-only',
  'no-permission',
  'disk-full',
  'write-failed',
  'print-failed',
  'file-locked',
  'file-encrypted',
  'not-encrypted',
  'encrypted-for-keys',
  'wrong-passphrase',
  'copy-not-verified',
  'backup-missing',
  'nothing-to-salvage',
  'unexpected',
]);

export const statusOf = (error: AppError): ExitStatus => (CANNOT_OPEN.has(error.code) ? 3 : 2);

/** A refusal on its way to the command line's edge, where it becomes a sentence. */
export class Refusal extends Error {
  readonly status: ExitStatus;

  constructor(message: string, status: ExitStatus = 2) {
    super(message);
    this.status = status;
  }
}

/** A refusal of the program itself; its sentence is made at the edge. */
export class AppRefusal extends Error {
  readonly appError: AppError;

  constructor(appError: AppError) {
    super(appError.code);
    this.appError = appError;
  }
}

export function valueOrRefuse<T>(result: Result<T, AppError>): T {
  if (result.ok) return result.value;
  throw new AppRefusal(result.error);
}
