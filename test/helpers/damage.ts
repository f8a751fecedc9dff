/** Ways in which a file gets damaged, as changes of its bytes. */
// Not through db/sqlite.ts: in end-to-end tests that loads what was built for Electron.
import Sqlite from 'better-sqlite3';

export type Damage = (bytes: Buffer) => Buffer;

const PAGE_BYTES = 4096;

/** The first sector of the disk is lost. */
export const withoutHeader: Damage = (bytes) => bytes.fill(0, 0, 100);

/** A stick was pulled before the copy was over. */
export const cutOff: Damage = (bytes) => bytes.subarray(0, Math.floor(bytes.length * 0.8));

/** One page in `step`, from `from` on. */
export const withHoles =
  (from: number, step: number): Damage =>
  (bytes) => {
    for (let page = from; page < bytes.length / PAGE_BYTES; page += step)
      bytes.fill(0xa5, page * PAGE_BYTES, (page + 1) * PAGE_BYTES);
    return bytes;
  };

/** The page that is the root of a table, with which all of its content is lost to it. */
export const withoutTable =
  (name: string): Damage =>
  (bytes) => {
    const db = new Sqlite(bytes);
    const root = db.prepare('SELECT rootpage FROM sqlite_schema WHERE name = ?').pluck().get(name) as number;
    db.close();
    return bytes.fill(0xa5, (root - 1) * PAGE_BYTES, root * PAGE_BYTES);
  };
