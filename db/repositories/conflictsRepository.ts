/** Reads conflicts for people: the cells in which several values stand, each with who wrote it and what was there before. */
import type { ConflictMarks } from '../../shared/api.ts';
import { countUndecided, decisionsOf, keyOf, singleDecisions } from '../../shared/conflictChoices.ts';
import { pageOf, placesOf } from '../../shared/conflictPages.ts';
import type {
  Choices,
  Conflict,
  ConflictCell,
  ConflictPage,
  ConflictPlaces,
  ConflictQuery,
  ConflictVersion,
  Decision,
} from '../../shared/sharing.ts';
import { Causality } from '../log/causality.ts';
import { type CellChange, headsOf, isConflict, winnerOf } from '../log/heads.ts';
import { hasTable } from '../log/names.ts';
import { CHANGE_COLUMNS, DELETED, isKeptDespite } from '../log/project.ts';
import type { OpenFile } from '../openFile.ts';
import { prepared } from '../sqlite.ts';
import { entityLabeller, referenceName } from './labels.ts';

/** A cell with all changes of its row: whether a row is deleted can be put in question by a change of any of its cells. */
export interface CellOfRow {
  row: number;
  field: number;
  changes: readonly CellChange[];
}

/** A cell of the `conflict` table by the names that files share, and by its numbers here. */
interface OpenCell extends ConflictCell {
  row: number;
  fieldNumber: number;
}

/** Everything in this file that waits for a decision. Ours is what shows. */
export const listConflicts = (file: OpenFile): Conflict[] => describeCells(file, openCells(file));

/** A page of them, and how many there are in all. Only the page's are described. */
export function pageOfConflicts(file: OpenFile, query: ConflictQuery): ConflictPage {
  const { shown, total } = pageOf(openCells(file), query);
  return { conflicts: describeCells(file, shown), total };
}

/** What stands in conflict about one instrument, its notes and bodies included. */
export const conflictsOfInstrument = (file: OpenFile, instrumentId: string): Conflict[] =>
  describeCells(
    file,
    openCells(file).filter((cell) => instrumentOf(file, cell) === instrumentId),
  );

/** What the open conflicts can be filtered by. */
export function placesOfConflicts(file: OpenFile, typed: string): ConflictPlaces {
  const label = entityLabeller(file.db);
  return placesOf(openCells(file), ({ entity, id }) => label(entity, id) ?? '', typed);
}

/** How many have not been decided by these choices. */
export const countOpenConflicts = (file: OpenFile, choices: Choices): number =>
  countUndecided(openCells(file), choices);

/** What these choices come to. Of what somebody else has decided meanwhile nothing is written over. */
export function openDecisions(file: OpenFile, choices: Choices): Decision[] {
  if (choices.rules.length > 0) return decisionsOf(listConflicts(file), choices);
  const open = new Set(openCells(file).map(keyOf));
  return singleDecisions(choices).filter((decision) => open.has(keyOf(decision)));
}

/** So many that reading a block takes the window no more than a part of a frame. */
const MARKS_A_BLOCK = 500;

/** Where conflicts are, without what they are: enough to mark every cell of the register. */
export function streamConflictMarks(file: OpenFile, send: (block: ConflictMarks) => void): number {
  const cells = openCells(file);
  for (let at = 0; at < cells.length; at += MARKS_A_BLOCK) {
    const block = cells.slice(at, at + MARKS_A_BLOCK);
    send({ marks: block.map((cell) => [cell.entity, cell.id, cell.field, instrumentOf(file, cell)]) });
  }
  return cells.length;
}

/** Nothing in rows that are deleted. */
function openCells({ db, names }: OpenFile): OpenCell[] {
  const cells = db.prepare('SELECT row, field FROM conflict ORDER BY row, field').raw().all() as [number, number][];
  const deletedOf = new Map<string, ReadonlySet<number>>();
  const isDeleted = (entity: string, row: number): boolean => {
    if (!hasTable(entity) || entity === 'file') return false;
    let rows = deletedOf.get(entity);
    if (!rows) {
      rows = new Set(prepared(db, `SELECT row FROM ${entity} WHERE deleted = 1`).pluck().all() as number[]);
      deletedOf.set(entity, rows);
    }
    return rows.has(row);
  };
  return cells.flatMap(([row, fieldNumber]) => {
    const name = names.rowName(row);
    if (!name || isDeleted(name.entity, row)) return [];
    return { entity: name.entity, id: name.key, field: names.fieldById(fieldNumber).name, row, fieldNumber };
  });
}

function describeCells(file: OpenFile, cells: readonly OpenCell[]): Conflict[] {
  if (cells.length === 0) return [];
  const describe = conflictDescriber(file, Causality.load(file.db));
  const changesOfRow = prepared(file.db, `SELECT ${CHANGE_COLUMNS} WHERE c.row = ?`);
  return cells.flatMap(({ row, fieldNumber }) => {
    const changes = changesOfRow.all(row) as CellChange[];
    return describe({ row, field: fieldNumber, changes }, () => true) ?? [];
  });
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
      instrumentId: instrumentOf(file, { entity: row.entity, id: row.key }),
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

export function instrumentOf(
  { db }: Pick<OpenFile, 'db'>,
  { entity, id }: { entity: string; id: string },
): string | null {
  if (entity === 'instrument') return id;
  if (!OWNED_BY_INSTRUMENT.includes(entity)) return null;
  const select = prepared(db, `SELECT instrumentId FROM ${entity} WHERE id = ?`).pluck();
  return (select.get(id) as string | undefined) ?? null;
}
