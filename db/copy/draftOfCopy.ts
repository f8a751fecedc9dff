/**
 * A copy's content beside the open file, ready to take its place. What is checked is the very file that will stand there:
 * what happens to the copy meanwhile does not matter. A merge never reads a stranger's tables; here they would become
 * ours, so they have to say what the log says, and the log has to be one that a merge would take in from beginning to end.
 */
import { type AppError, AppErrorException } from '../../shared/errors.ts';
import type { Result } from '../../shared/result.ts';
import { type Draft, draftBeside } from '../backup/restore.ts';
import { checkFile } from '../check.ts';
import { NO_RECORDS } from '../installation.ts';
import { mergeOpenFiles } from '../merge/merge.ts';
import { MOST_BYTES } from '../merge/otherFile.ts';
import { migrate } from '../migrations/index.ts';
import { assemble } from '../open.ts';
import type { OpenFile } from '../openFile.ts';
import { connectSqlite, type Database } from '../sqlite.ts';
import { isDamage } from '../sqliteErrors.ts';
import { openCopy } from './openCopy.ts';
import { vacuumInto } from './saveCopy.ts';

/** Nothing happens to the copy or to the file. */
export function draftOfCopy(file: OpenFile, path: string): Result<Draft, AppError> {
  const copy = openCopy(file, path);
  if (!copy.ok) return copy;
  const db = copy.value;
  try {
    return draftBeside(file.path, {
      write: (temporary) => writeCompact(db, temporary, path),
      refusal: (temporary) => refusalOf(file, temporary, path),
    });
  } finally {
    db.close();
  }
}

function writeCompact(db: Database, temporary: string, path: string): void {
  try {
    // Before gigabytes are written to find out.
    if (db.prepare(`SELECT 1 FROM change WHERE octet_length(value) > ${MOST_BYTES} LIMIT 1`).get())
      throw damaged(path, 'change.value is too long');
    if (db.inTransaction) db.exec('COMMIT');
    vacuumInto(db, temporary);
  } catch (error) {
    if (!isDamage(error)) throw error;
    throw damaged(path, (error as Error).message);
  }
}

const damaged = (path: string, problem: string) =>
  new AppErrorException({ code: 'file-damaged', details: { path, problem } });

/** Why what was written may not stand in the file's place; said of the copy at `path`, which is what people know. */
function refusalOf(file: OpenFile, temporary: string, path: string): AppError | null {
  const draft = openCopy(file, temporary);
  if (!draft.ok) return 'path' in draft.error.details ? aboutPath(draft.error, path) : draft.error;
  try {
    const taken = rehearseFromNothing(draft.value, path);
    if (!taken.ok) return taken.error;
    const finding = checkFile({ db: draft.value }).find(({ kind }) => kind !== 'reference');
    return finding ? { code: 'file-damaged', details: { path, problem: JSON.stringify(finding) } } : null;
  } finally {
    draft.value.close();
  }
}

const aboutPath = (error: AppError, path: string): AppError =>
  ({ ...error, details: { ...error.details, path } }) as AppError;

/** Every batch, session, claim and value of the log, as a merge checks what comes in. */
function rehearseFromNothing(db: Database, path: string): Result<unknown, AppError> {
  const empty = connectSqlite(':memory:');
  try {
    migrate(empty);
    const nothing = assemble(empty, path, null, { records: NO_RECORDS, author: null, isExclusive: false });
    return mergeOpenFiles(nothing, [{ path, db }], { isDryRun: true });
  } finally {
    empty.close();
  }
}
