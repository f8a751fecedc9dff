/** Reads conflicts for people: the cells in which several values stand, each with who wrote it and what was there before. */
import type { Conflict, ConflictVersion } from '../../shared/sharing.ts';
import { Causality } from '../log/causality.ts';
import { type CellChange, headsOf, isConflict, winnerOf } from '../log/heads.ts';
import { hasTable } from '../log/names.ts';
import { CHANGE_COLUMNS, DELETED, isKeptDespite } from '../log/project.ts';
import type { OpenFile } from '../openFile.ts';
import { entityLabeller, referenceName } from './labels.ts';

/** A cell with all changes of its row: whether a row is deleted can be put in question by a change of any of its cells. */
export interface CellOfRow {
  row: number;
  field: number;
  changes: readonly CellChange[];
}

/** Everything in this file that waits for a decision: nothing in rows that are deleted. Ours is what shows. */
export function listConflicts(file: OpenFile): Conflict[] {
  const cells = file.db.prepare('SELECT row, field FROM conflict ORDER BY row, field').raw().all() as number[][];
  if (cells.length === 0) return [];
  const describe = conflictDescriber(file, Causality.load(file.db));
  const changesOfRow = file.db.prepare(`SELECT ${CHANGE_COLUMNS} WHERE c.row = ?`);
  return cells.flatMap(([row = 0, field = 0]) => {
    if (isDeleted(file, row)) return [];
    const changes = changesOfRow.all(row) as CellChange[];
    return describe({ row, field, changes }, () => true) ?? [];
  });
}

function isDeleted({ db, names }: OpenFile, row: number): boolean {
  const entity = names.rowName(row)?.entity ?? '';
  if (!hasTable(entity) || entity === 'file') return false;
  return db.prepare(`SELECT deleted FROM ${entity} WHERE row = ?`).pluck().get(row) === 1;
}

/**
 * Describes cells of the present state of the log. `isOurs` tells the changes that this file held before a merge; ours is
 * then the latest of what stands, if any of it is from here, and theirs are the others that stand.
 */
export function conflictDescriber(
  file: OpenFile,
  causality: Causality,
  authorOf: (batch: number) => string | null = authorFinder(file),
): (cell: CellOfRow, isOurs: (change: CellChange) => boolean) => Conflict | null {
  const { db, names } = file;
  const label = entityLabeller(db);

  const version = (field: string, change: CellChange): ConflictVersion => ({
    value: change.value,
    name: referenceName(label, field, change.value),
    at: change.at,
    author: authorOf(change.batch),
    replica: change.replicaKey,
    seq: change.seq,
  });

  return (cell, isOurs) => {
    const row = names.rowName(cell.row);
    if (!row) return null;
    const field = names.fieldById(cell.field).name;
    const ofCell = cell.changes.filter((change) => change.field === cell.field);
    const heads = headsOf(ofCell, causality);
    const standing = isConflict(heads) || field !== DELETED ? heads : [...heads, ...keepers(heads, cell, causality)];
    if (!isConflict(standing)) return null;
    const ownOnes = standing.filter(isOurs);
    const ours = ownOnes.length === 0 ? null : winnerOf(ownOnes);
    const base = commonBase(ofCell, heads, causality);
    return {
      entity: row.entity,
      id: row.key,
      label: label(row.entity, row.key) ?? '',
      instrumentId: instrumentOf(file, row),
      field,
      base: base && version(field, base),
      ours: ours && version(field, ours),
      theirs: standing.filter((one) => one !== ours && one.value !== ours?.value).map((one) => version(field, one)),
    };
  };
}

function authorFinder({ db }: OpenFile): (batch: number) => string | null {
  const select = db.prepare('SELECT a.name FROM batch b JOIN author a ON a.id = b.author WHERE b.id = ?').pluck();
  return (batch) => (select.get(batch) as string | undefined) ?? null;
}

/** The latest of the edits that keep a row from being deleted, as what it amounts to: "not deleted". */
function keepers(deletions: readonly CellChange[], { changes, field }: CellOfRow, causality: Causality): CellChange[] {
  const unaware = changes.filter((change) => isKeptDespite(deletions, [change], causality));
  return unaware.length === 0 ? [] : [{ ...winnerOf(unaware), field, value: 0 }];
}

/** The newest change that every head has seen, when what they have all seen comes to one value. */
function commonBase(
  changes: readonly CellChange[],
  heads: readonly CellChange[],
  causality: Causality,
): CellChange | null {
  const seenByAll = changes.filter((change) => heads.every((head) => causality.hasSeen(head, change)));
  if (seenByAll.length === 0) return null;
  const baseHeads = headsOf(seenByAll, causality);
  return isConflict(baseHeads) ? null : winnerOf(baseHeads);
}

const OWNED_BY_INSTRUMENT = ['note', 'support'];

function instrumentOf({ db }: OpenFile, { entity, key }: { entity: string; key: string }): string | null {
  if (entity === 'instrument') return key;
  if (!OWNED_BY_INSTRUMENT.includes(entity)) return null;
  return (db.prepare(`SELECT instrumentId FROM ${entity} WHERE id = ?`).pluck().get(key) as string | undefined) ?? null;
}
