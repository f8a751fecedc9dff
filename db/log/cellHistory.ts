/** The cells that a batch wrote, each with what its author saw there before and whether the change still stands. */
import type { CellValue } from '../../shared/entities/index.ts';
import type { OpenFile } from '../openFile.ts';
import { Causality } from './causality.ts';
import { type CellChange, headsOf, winnerOf } from './heads.ts';
import { changesOfCell } from './project.ts';

export interface CellHistory {
  row: number;
  entity: string;
  /** The row's identity that files share. */
  key: string;
  field: string;
  own: CellChange;
  /** What showed in the cell for the batch's author; null when nobody had written there. */
  before: { value: CellValue } | null;
  /** No other change has been written to this cell since, here or elsewhere. */
  isStanding: boolean;
}

/** At most `limit` cells of a batch, in the order of the log. */
export function cellHistories(file: OpenFile, batchId: number, limit = Number.MAX_SAFE_INTEGER): CellHistory[] {
  const causality = Causality.load(file.db);
  const cells = file.db
    .prepare('SELECT row, field FROM change WHERE batch = ? ORDER BY row, field LIMIT ?')
    .all(batchId, limit) as { row: number; field: number }[];
  return cells.flatMap(({ row, field }) => {
    const name = file.names.rowName(row);
    if (!name) return [];
    const changes = changesOfCell(file.db, { row, field });
    const own = changes.find((change) => change.batch === batchId) as CellChange;
    const seen = changes.filter((change) => causality.hasSeen(own, change));
    const heads = headsOf(changes, causality);
    return {
      row,
      entity: name.entity,
      key: name.key,
      field: file.names.fieldById(field).name,
      own,
      before: seen.length === 0 ? null : { value: winnerOf(headsOf(seen, causality)).value },
      isStanding: heads.length === 1 && heads[0] === own,
    };
  });
}
