/** What a file says of itself. */
import { statSync } from 'node:fs';
import type { FileDetails, FileInfo } from '../../shared/api.ts';
import type { FileCounts } from '../../shared/safekeeping.ts';
import { restrictionOf } from '../copy/restriction.ts';
import { holderOf } from '../lock/lockFile.ts';
import type { OpenFile } from '../openFile.ts';
import type { Database } from '../sqlite.ts';

export const familyId = ({ db }: Pick<OpenFile, 'db'>): string =>
  (db.prepare("SELECT value FROM meta WHERE key = 'family'").pluck().get() as string | undefined) ?? '';

export const fileTitle = ({ db }: Pick<OpenFile, 'db'>): string =>
  (db.prepare('SELECT title FROM file ORDER BY row LIMIT 1').pluck().get() as string | undefined) ?? '';

const COUNTS = `
  SELECT
    (SELECT count(*) FROM instrument WHERE deleted = 0) AS instruments,
    (SELECT count(*) FROM person WHERE deleted = 0) AS persons,
    (SELECT count(*) FROM body WHERE deleted = 0) AS bodies,
    (SELECT count(*) FROM note WHERE deleted = 0) AS notes,
    (SELECT count(*) FROM target WHERE deleted = 0) AS targets,
    (SELECT count(*) FROM risk WHERE deleted = 0) AS risks,
    (SELECT count(*) FROM batch) AS batches,
    (SELECT coalesce(sum(held), 0) FROM batch) AS changes,
    (SELECT count(*) FROM replica) AS replicas,
    (SELECT count(*) FROM conflict) AS conflicts`;

export const fileCounts = (db: Database): FileCounts => db.prepare(COUNTS).get() as FileCounts;

const LAST_CHANGE = `
  SELECT b.at AS at, a.name AS author, l.code AS label
  FROM batch b LEFT JOIN author a ON a.id = b.author JOIN label l ON l.id = b.label ORDER BY b.id DESC LIMIT 1`;

export const fileInfo = (file: OpenFile): FileInfo => ({
  fileId: familyId(file),
  title: fileTitle(file),
  schemaVersion: file.db.pragma('user_version', { simple: true }) as number,
  isReadOnly: file.readOnlyReason !== null,
  readOnlyReason: file.readOnlyReason,
  sizeBytes: statSync(file.path).size,
  conflicts: file.db.prepare('SELECT count(*) FROM conflict').pluck().get() as number,
  lastChange: (file.db.prepare(LAST_CHANGE).get() as FileInfo['lastChange'] | undefined) ?? null,
  // Who has the lock may have changed since the file was opened. Beside a file that is only looked at nothing is written,
  // as judging the age of a lock does.
  lockedBy: file.readOnlyReason === 'looking' || file.lock?.isOurs() ? null : holderOf(file.path),
  restriction: restrictionOf(file.db),
});

export const fileDetails = (file: OpenFile): FileDetails => ({ ...fileInfo(file), counts: fileCounts(file.db) });
