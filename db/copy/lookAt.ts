/** Opens a copy to be looked at: checked as a stranger's, only read, and with nothing left beside it, not even a lock. */
import type { AppError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { NO_RECORDS } from '../installation.ts';
import { openOther } from '../merge/otherFile.ts';
import { assemble, type OpenOptions } from '../open.ts';
import type { OpenFile } from '../openFile.ts';
import { openError } from '../sqliteErrors.ts';

export function openToLookAt(path: string, options: OpenOptions): Result<OpenFile, AppError> {
  const opened = openOther(path);
  if (!opened.ok) return opened;
  const db = opened.value;
  try {
    // What was checked was one state of it. Held for as long as somebody looks, it would keep its writer from writing.
    if (db.inTransaction) db.exec('COMMIT');
    const file = assemble(db, path, 'looking', { ...options, records: NO_RECORDS });
    db.pragma('query_only = ON');
    return ok(file);
  } catch (error) {
    db.close();
    return err(openError(path, error));
  }
}
