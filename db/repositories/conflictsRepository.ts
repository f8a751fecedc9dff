/** Reads conflicts for people: the cells in which several values stand, each with who wrote it and what was there before. */
import type { Conflict, ConflictVersion } from '../../shared/sharing.ts';
import { Causality } from '../log/causality.ts';
import { type CellChange, headsOf, isConflict, winnerOf } from '../log/heads.ts';
import { changesOfCell } from '../log/project.ts';
import type { OpenFile } from '../openFile.ts';
import { entityLabeller, referenceName } from './labels.ts';

interface Cell {
  row: number;
  field: number;
}

/** Everything in this file that waits for a decision. Ours is what shows. */
export function listConflicts(file: OpenFile): Conflict[] {
  const cells = file.db.prepare('SELECT row, field FROM conflict ORDER BY row, field').all() as Cell[];
  const describe = conflictDescriber(file);
  return cells.flatMap((cell) => describe(cell, () => true) ?? []);
}

/**
 * Describes cells of the present state of the log. `isOurs` tells the changes that this file held before a merge; ours is
 * then what showed before it, and theirs are the heads that came in.
 */
export function conflictDescriber(
  file: OpenFile,
): (cell: Cell, isOurs: (change: CellChange) => boolean) => Conflict | null {
  const { db, names } = file;
  const causality = Causality.load(db);
  const label = entityLabeller(db);
  const authorOf = db.prepare('SELECT a.name FROM batch b JOIN author a ON a.id = b.author WHERE b.id = ?').pluck();

  const version = (field: string, change: CellChange): ConflictVersion => ({
    value: change.value,
    name: referenceName(label, field, change.value),
    at: change.at,
    author: (authorOf.get(change.batch) as string | undefined) ?? null,
    replica: change.replicaKey,
    seq: change.seq,
  });

  return (cell, isOurs) => {
    const changes = changesOfCell(db, cell);
    const heads = headsOf(changes, causality);
    const row = names.rowName(cell.row);
    if (!row || !isConflict(heads)) return null;
    const field = names.fieldById(cell.field).name;
    const before = changes.filter(isOurs);
    const ours = before.length === 0 ? null : winnerOf(headsOf(before, causality));
    const base = commonBase(changes, heads, causality);
    return {
      entity: row.entity,
      id: row.key,
      label: label(row.entity, row.key) ?? '',
      instrumentId: instrumentOf(file, row),
      field,
      base: base && version(field, base),
      ours: ours && version(field, ours),
      theirs: heads.filter((head) => head !== ours && head.value !== ours?.value).map((head) => version(field, head)),
    };
  };
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
