/**
 * Takes a whole merge back in one batch (rule M9): every cell that shows something else since the merge, or stands in
 * conflict because of it, gets the value from before; rows that came in are deleted. Cells that somebody has written since
 * are left as they are and counted. What came in stays in the log, so that it is not brought in a second time.
 */

import { type CellValue, type EntityName, fieldSchema } from '../../shared/entities/index.ts';
import type { AppError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Reverted } from '../commands/undo.ts';
import { Causality } from '../log/causality.ts';
import { hasTable } from '../log/names.ts';
import { CHANGE_COLUMNS, type ChangeRow, DELETED, foldRow, type ProjectedRow } from '../log/project.ts';
import { type Batch, writeBatch } from '../log/writeBatch.ts';
import type { OpenFile } from '../openFile.ts';
import { findMergeEvent, type MergeEvent } from './mergeEvents.ts';

export function undoMerge(file: OpenFile, eventId: number): Result<Reverted, AppError> {
  const event = findMergeEvent(file.db, eventId);
  if (!event) return err({ code: 'not-found', details: { entity: 'merge', id: String(eventId) } });
  const nothing = err<AppError>({ code: 'nothing-to-undo', details: { label: 'merge' } });
  const written = writeBatch(file, { label: 'merge', kind: 'undo', revertsMerge: eventId }, (batch) => {
    const counts = takeBack(file, event, batch);
    return counts.reverted === 0 ? nothing : ok(counts);
  });
  if (!written.ok) return written;
  const { batch, value } = written.value;
  return batch ? ok({ batch: { replica: batch.replica, seq: batch.seq }, label: 'merge', ...value }) : nothing;
}

type Phase = 'before' | 'merge' | 'since';

function takeBack(file: OpenFile, event: MergeEvent, batch: Batch): { reverted: number; kept: number } {
  const { db, names } = file;
  const causality = Causality.load(db);
  const defaults = new Defaults(file);
  const phaseOf = phasesOf(file, event);
  const select = db.prepare(`SELECT ${CHANGE_COLUMNS} WHERE c.row = ? ORDER BY c.field`);
  const counts = { reverted: 0, kept: 0 };
  for (const row of touchedRows(file, event)) {
    const name = names.rowName(row);
    if (!name || !hasTable(name.entity)) continue;
    const { entity, key } = name;
    const changes = select.all(row) as ChangeRow[];
    const phases = changes.map(phaseOf);
    const earlier = changes.filter((_, index) => phases[index] === 'before');
    const since = new Set(changes.filter((_, index) => phases[index] === 'since').map(({ field }) => field));
    const now = foldRow(entity, key, changes, names, causality);
    const before = earlier.length === 0 ? null : foldRow(entity, key, earlier, names, causality);
    for (const [field, value] of before ? differences(file, before, now, defaults) : deletion(entity, now)) {
      const fieldId = names.field(entity, field);
      // A row is not deleted under whoever has written in it since.
      const isOvertaken = field === DELETED && value === 1 ? since.size > 0 : since.has(fieldId);
      if (isOvertaken || !fieldSchema(entity, field)?.safeParse(value).success) counts.kept += 1;
      else {
        batch.set(entity, key, { [field]: value });
        counts.reverted += 1;
      }
    }
  }
  return counts;
}

/** Rows that the merge brought something of. */
function touchedRows({ db }: OpenFile, { id, firstBatch, lastBatch }: MergeEvent): number[] {
  const select = `SELECT DISTINCT row FROM change WHERE batch BETWEEN ? AND ?
    UNION SELECT row FROM merged_change WHERE event = ? ORDER BY row`;
  return db.prepare(select).pluck().all(firstBatch, lastBatch, id) as number[];
}

/** When a change came into this file: batches are numbered as they come, and late changes of early ones are noted. */
function phasesOf({ db }: OpenFile, event: MergeEvent): (change: ChangeRow) => Phase {
  const late = new Map(
    db.prepare("SELECT row || ':' || field || ':' || batch, event FROM merged_change").raw().all() as [
      string,
      number,
    ][],
  );
  return ({ row, field, batch }) => {
    const cameLate = late.size === 0 ? undefined : late.get(`${row}:${field}:${batch}`);
    if (cameLate !== undefined) return cameLate < event.id ? 'before' : cameLate === event.id ? 'merge' : 'since';
    if (batch > event.lastBatch) return 'since';
    return batch >= event.firstBatch ? 'merge' : 'before';
  };
}

/** A row that came in is deleted again; its other cells may stay for whoever brings it back. */
const deletion = (entity: EntityName, now: ProjectedRow): [string, CellValue][] =>
  entity === 'file' || now.values.get(DELETED) === 1 ? [] : [[DELETED, 1]];

/** Fields that show something else than before, or are in conflict and were not, with their values from before. */
function differences(
  { names }: OpenFile,
  before: ProjectedRow,
  now: ProjectedRow,
  defaults: Defaults,
): [string, CellValue][] {
  const isNewConflict = (field: number) => now.conflicts.includes(field) && !before.conflicts.includes(field);
  const { entity } = names.rowName(now.row) as { entity: EntityName };
  return [...now.values.keys()].flatMap((field): [string, CellValue][] => {
    const value = before.values.has(field) ? (before.values.get(field) ?? null) : defaults.of(entity, field);
    const isDifferent = value !== now.values.get(field) || isNewConflict(names.knownField(entity, field) ?? 0);
    return isDifferent ? [[field, value]] : [];
  });
}

/** What a cell shows that nobody has written. */
class Defaults {
  readonly #file: OpenFile;
  readonly #byEntity = new Map<EntityName, Map<string, CellValue>>();

  constructor(file: OpenFile) {
    this.#file = file;
  }

  of(entity: EntityName, field: string): CellValue {
    let defaults = this.#byEntity.get(entity);
    if (!defaults) {
      const columns = this.#file.db.pragma(`table_info(${entity})`) as { name: string; dflt_value: string | null }[];
      defaults = new Map(columns.map(({ name, dflt_value }) => [name, valueOfSql(dflt_value)]));
      this.#byEntity.set(entity, defaults);
    }
    return defaults.get(field) ?? null;
  }
}

/** Our columns' defaults are numbers and texts in quotes. */
const valueOfSql = (sql: string | null): CellValue =>
  sql === null ? null : sql.startsWith("'") ? sql.slice(1, -1) : Number(sql);
