/** The cells that a batch wrote, each with what its author saw there before and whether the change still stands. */
import type { CellValue } from '../../shared/entities/index.ts';
import type { OpenFile } from '../openFile.ts';
import { type BatchKey, Causality } from './causality.ts';
import { type CellChange, headsOf, winnerOf } from './heads.ts';
import { CHANGE_COLUMNS, changesOfCell, DELETED, isKeptDespite } from './project.ts';

export interface CellHistory {
  row: number;
  entity: string;
  /** The row's identity that files share. */
  key: string;
  field: string;
  own: CellChange;
  /** What showed in the cell for the batch's author; null when nobody had written there. */
  before: { value: CellValue } | null;
  /** The cell is as this change left it: nothing was written since, here or elsewhere, or all of it was taken back. */
  isStanding: boolean;
}

/** The batch that a change's own batch takes back or brings back. */
type RevertedBy = (change: CellChange) => BatchKey | null;

/** Which cells of a batch are asked about: those of some rows, and at most so many. */
export interface CellScope {
  rows?: ReadonlySet<number> | null;
  limit?: number;
  /** The file's order of changes, for who asks about many batches: reading it is most of a small batch's cost. */
  causality?: Causality;
}

/** The cells of a batch, in the order of the log. */
export function cellHistories(
  file: OpenFile,
  batchId: number,
  { rows, limit, causality = Causality.load(file.db) }: CellScope = {},
): CellHistory[] {
  const inRows = rows ? 'AND row IN (SELECT value FROM json_each(?))' : '';
  const cells = file.db
    .prepare(`SELECT row, field FROM change WHERE batch = ? ${inRows} ORDER BY row, field LIMIT ?`)
    .all(batchId, ...(rows ? [JSON.stringify([...rows])] : []), limit ?? Number.MAX_SAFE_INTEGER) as {
    row: number;
    field: number;
  }[];
  const reverts = file.db.prepare('SELECT revertsReplica AS replica, revertsSeq AS seq FROM batch WHERE id = ?');
  const revertedBy: RevertedBy = ({ batch }) => {
    const { replica, seq } = reverts.get(batch) as { replica: number | null; seq: number | null };
    return replica === null || seq === null ? null : { replica, seq };
  };
  return cells.flatMap(({ row, field }) => {
    const name = file.names.rowName(row);
    if (!name) return [];
    const changes = changesOfCell(file.db, { row, field });
    const own = changes.find((change) => change.batch === batchId) as CellChange;
    const fieldName = file.names.fieldById(field).name;
    const heads = headsOf(changes, causality);
    const stateAfter = (change: CellChange) => stateOf(change, changes, causality, revertedBy);
    return {
      row,
      entity: name.entity,
      key: name.key,
      field: fieldName,
      own,
      before: shownBefore(file, own, { changes, isDeleted: fieldName === DELETED }, causality),
      isStanding: heads.length === 1 && stateAfter(heads[0] as CellChange) === stateAfter(own),
    };
  });
}

/** What the cell showed to whoever wrote `own`; a row that was kept despite its deletion showed as not deleted. */
function shownBefore(
  { db }: OpenFile,
  own: CellChange,
  { changes, isDeleted }: { changes: readonly CellChange[]; isDeleted: boolean },
  causality: Causality,
): CellHistory['before'] {
  const seen = changes.filter((change) => causality.hasSeen(own, change));
  if (seen.length === 0) return null;
  const heads = headsOf(seen, causality);
  const { value } = winnerOf(heads);
  if (!isDeleted || value !== 1) return { value };
  const ofRow = db.prepare(`SELECT ${CHANGE_COLUMNS} WHERE c.row = ?`).all(own.row) as CellChange[];
  const known = ofRow.filter((change) => causality.hasSeen(own, change));
  const deletions = heads.filter((head) => head.value === 1);
  return { value: isKeptDespite(deletions, known, causality) ? 0 : value };
}

/**
 * The change that made the state which `change` leaves behind. Taking a batch back brings an older state of the cell
 * back, not a new one: without this, the second Ctrl+Z in one field would find that "somebody" has written since.
 * Null: the state before anybody wrote.
 */
function stateOf(
  change: CellChange,
  changes: readonly CellChange[],
  causality: Causality,
  revertedBy: RevertedBy,
): CellChange | null {
  let state = change;
  for (;;) {
    const key = revertedBy(state);
    const reverted = key && changes.find(({ replica, seq }) => replica === key.replica && seq === key.seq);
    if (!reverted) return state;
    const before = changes.filter((other) => causality.hasSeen(reverted, other));
    if (before.length === 0) return null;
    state = winnerOf(headsOf(before, causality));
  }
}
