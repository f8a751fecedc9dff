/** Opens another copy of the open file for reading, as the file of a stranger that it may be. */
import { realpathSync } from 'node:fs';
import type { AppError } from '../../shared/errors.ts';
import { err, type Result } from '../../shared/result.ts';
import { openKin } from '../merge/otherFile.ts';
import type { OpenFile } from '../openFile.ts';
import type { Database } from '../sqlite.ts';
import { fsError } from '../sqliteErrors.ts';

/** The caller closes it. Refuses what is no sound copy of this very file, and the file itself. */
export function openCopy(file: OpenFile, path: string): Result<Database, AppError> {
  try {
    if (realpathSync(path) === realpathSync(file.path)) return err({ code: 'same-file', details: { path } });
  } catch (error) {
    return err(fsError(path, error));
  }
  return openKin(file, { path });
}
