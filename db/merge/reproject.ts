/** After changes of others have come into the log: the touched rows are folded anew, and the tables follow. */
import { ENTITY_NAMES, type EntityName } from '../../shared/entities/index.ts';
import { SEED_KIND } from '../log/batchKinds.ts';
import { Causality } from '../log/causality.ts';
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

/** Above this share of all rows the search index is built anew: cheaper than so many single documents. */
const REBUILD_SHARE = 0.2;

/** Folds the given rows of the log. Inside the caller's transaction. */
export function reprojectRows(file: OpenFile, rows: ReadonlySet<number>): Touched {
  const { db, names, search } = file;
  const causality = Causality.load(db);
  const touched: Touched = { instrumentIds: new Set(), entities: new Set() };
  const inserter = new RowInserter(db);
  const select = db.prepare(`SELECT ${CHANGE_COLUMNS} WHERE c.row = ? ORDER BY c.field`);
  const clearConflicts = db.prepare('DELETE FROM conflict WHERE row = ?');
  const insertConflict = db.prepare('INSERT INTO conflict (row, field) VALUES (?, ?)');
  const remove = Object.fromEntries(
    ENTITY_NAMES.map((entity) => [entity, db.prepare(`DELETE FROM ${entity} WHERE row = ?`)]),
  ) as Record<EntityName, ReturnType<typeof db.prepare>>;
  const total = db.prepare('SELECT count(*) FROM entity_row').pluck().get() as number;
  const isRebuild = rows.size > total * REBUILD_SHARE;

  for (const row of rows) {
    const name = names.rowName(row);
    if (!name || !hasTable(name.entity)) continue;
    const folded = foldRow(name.entity, name.key, select.all(row) as ChangeRow[], names, causality);
    remove[name.entity].run(row);
    inserter.run(name.entity, folded);
    clearConflicts.run(row);
    for (const field of folded.conflicts) insertConflict.run(row, field);
    if (!isRebuild) search.update(name.entity, row, new Map([...folded.values, ['deleted', 0]]));
    touched.entities.add(name.entity);
    const instrumentId = instrumentOf(name.entity, folded);
    if (instrumentId !== null) touched.instrumentIds.add(instrumentId);
  }
  if (isRebuild) search.rebuild();
  retouch(file, touched.instrumentIds);
  return touched;
}

function instrumentOf(entity: EntityName, { id, values }: ProjectedRow): string | null {
  if (entity === 'instrument') return id;
  const instrumentId = TOUCHING_ENTITIES.includes(entity) ? values.get('instrumentId') : null;
  return typeof instrumentId === 'string' ? instrumentId : null;
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
