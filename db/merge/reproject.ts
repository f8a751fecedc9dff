/** After changes of others have come into the log: the touched rows are folded anew, and the tables follow. */
import type { EntityName } from '../../shared/entities/index.ts';
import { SEED_KIND } from '../log/batchKinds.ts';
import type { Causality } from '../log/causality.ts';
import { hasTable } from '../log/names.ts';
import {
  CHANGE_COLUMNS,
  type ChangeRow,
  foldRow,
  type ProjectedRow,
  RowInserter,
  TOUCHING_ENTITIES,
} from '../log/project.ts';
import type { OpenFile, Touched } from '../openFile.ts';
import { prepared } from '../sqlite.ts';

/** Above this share of all rows the search index is built anew: cheaper than so many single documents. */
const REBUILD_SHARE = 0.2;

/** A row that is in conflict, with all its changes. */
export interface ConflictRow {
  entity: EntityName;
  folded: ProjectedRow;
  changes: readonly ChangeRow[];
}

/** Folds the given rows of the log. Inside the caller's transaction. */
export function reprojectRows(
  file: OpenFile,
  rows: ReadonlySet<number>,
  causality: Causality,
  onConflicts: (row: ConflictRow) => void,
): Touched {
  const { db, names, search } = file;
  const touched: Touched = { instrumentIds: new Set(), entities: new Set() };
  const inserter = new RowInserter(db);
  const select = db.prepare(`SELECT ${CHANGE_COLUMNS} WHERE c.row = ? ORDER BY c.field`);
  const clearConflicts = db.prepare('DELETE FROM conflict WHERE row = ?');
  const insertConflict = db.prepare('INSERT INTO conflict (row, field) VALUES (?, ?)');
  const ownerOf = (entity: EntityName, row: number): unknown =>
    TOUCHING_ENTITIES.includes(entity)
      ? prepared(db, `SELECT instrumentId FROM ${entity} WHERE row = ?`).pluck().get(row)
      : undefined;
  const total = db.prepare('SELECT count(*) FROM entity_row').pluck().get() as number;
  const isRebuild = rows.size > total * REBUILD_SHARE;

  for (const row of rows) {
    const name = names.rowName(row);
    if (!name || !hasTable(name.entity)) continue;
    const { entity } = name;
    const changes = select.all(row) as ChangeRow[];
    const folded = foldRow(entity, name.key, changes, names, causality);
    touched.entities.add(entity);
    if (entity === 'instrument') touched.instrumentIds.add(name.key);
    for (const id of [ownerOf(entity, row), folded.values.get('instrumentId')])
      if (typeof id === 'string') touched.instrumentIds.add(id);
    prepared(db, `DELETE FROM ${entity} WHERE row = ?`).run(row);
    inserter.run(entity, folded);
    clearConflicts.run(row);
    for (const field of folded.conflicts) insertConflict.run(row, field);
    if (folded.conflicts.length > 0) onConflicts({ entity, folded, changes });
    if (!isRebuild) search.update(entity, row, new Map([...folded.values, ['deleted', 0]]));
  }
  if (isRebuild) search.rebuild();
  retouch(file, touched.instrumentIds);
  return touched;
}

/** When each of these instruments was last written about: itself, by a note, or by a supporting body. */
function retouch({ db }: OpenFile, instrumentIds: ReadonlySet<string>): void {
  const update = db.prepare(
    `UPDATE instrument SET touchedAt = (
       SELECT max(b.at) FROM change c JOIN batch b ON b.id = c.batch
       WHERE b.kind <> ${SEED_KIND} AND c.row IN (
         SELECT instrument.row
         UNION ALL SELECT row FROM note WHERE instrumentId = instrument.id
         UNION ALL SELECT row FROM support WHERE instrumentId = instrument.id))
     WHERE id = ?`,
  );
  for (const id of instrumentIds) update.run(id);
}
