/** Finds what copies made together that neither would have made alone (rule M10): one number twice, references to what was deleted. */
import type { DeletedReference, Inconsistency, ReferenceField } from '../../shared/inconsistency.ts';
import { Causality } from '../log/causality.ts';
import { headsOf } from '../log/heads.ts';
import { CHANGE_COLUMNS, type ChangeRow, changesOfCell, DELETED, isKeptDespite } from '../log/project.ts';
import type { OpenFile } from '../openFile.ts';
import { type Database, prepared } from '../sqlite.ts';
import { instrumentOf } from './conflictsRepository.ts';
import { entityLabeller, type Labeller } from './labels.ts';

type Log = Pick<OpenFile, 'db' | 'names'>;

interface Reference extends ReferenceField {
  target: DeletedReference['target']['entity'];
  /** The row is there for what it refers to: whoever writes in it writes about that. */
  isAbout: boolean;
}

const REFERENCES: readonly Reference[] = [
  { entity: 'instrument', field: 'pkOwnerId', target: 'person', isAbout: false },
  { entity: 'instrument', field: 'kzOwnerId', target: 'person', isAbout: false },
  { entity: 'instrument', field: 'pkLeadBodyId', target: 'body', isAbout: false },
  { entity: 'instrument', field: 'kzLeadBodyId', target: 'body', isAbout: false },
  { entity: 'person', field: 'bodyId', target: 'body', isAbout: false },
  { entity: 'support', field: 'bodyId', target: 'body', isAbout: false },
  { entity: 'support', field: 'instrumentId', target: 'instrument', isAbout: true },
  { entity: 'note', field: 'instrumentId', target: 'instrument', isAbout: true },
];

/** Everything of the kind in the file, numbers first. */
export function listInconsistencies(file: Log): Inconsistency[] {
  return [...sameNumbers(file.db), ...deletedReferences(file, REFERENCES)];
}

/** Those among them that changes of these fields (numbers of the log) can have made, and perhaps others. */
export function inconsistenciesThrough(file: Log, fields: ReadonlySet<number>): Inconsistency[] {
  const { db, names } = file;
  const isAmong = (entity: string, field: string) => {
    const number = names.knownField(entity, field);
    return number !== undefined && fields.has(number);
  };
  const entities = new Set([...fields].map((field) => names.fieldById(field).entity));
  const references = REFERENCES.filter(
    ({ entity, field, target, isAbout }) =>
      isAmong(target, DELETED) || (isAbout ? entities.has(entity) : isAmong(entity, field) || isAmong(entity, DELETED)),
  );
  const areNumbersMeant = isAmong('instrument', 'number') || isAmong('instrument', DELETED);
  return [...(areNumbersMeant ? sameNumbers(db) : []), ...deletedReferences(file, references)];
}

/** The numbers come from their index alone, deleted instruments included: the table of a large file is ten times its size. */
function sameNumbers(db: Database): Inconsistency[] {
  const select = `
    SELECT number, id, title FROM instrument WHERE number IN (
      SELECT number FROM instrument WHERE number IS NOT NULL GROUP BY number HAVING count(*) > 1)
    AND deleted = 0 ORDER BY number, id`;
  const rows = prepared(db, select).all() as { number: number; id: string; title: string }[];
  return [...Map.groupBy(rows, ({ number }) => number)]
    .filter(([, instruments]) => instruments.length > 1)
    .map(([number, instruments]) => ({
      kind: 'same-number',
      number,
      instruments: instruments.map(({ id, title }) => ({ id, label: title })),
    }));
}

interface Found {
  reference: Reference;
  row: number;
  id: string;
  targetRow: number;
  targetId: string;
}

function deletedReferences(file: Log, references: readonly Reference[]): Inconsistency[] {
  const found = references.flatMap((reference) => referencesToDeleted(file.db, reference));
  if (found.length === 0) return [];
  const causality = Causality.load(file.db);
  const label = entityLabeller(file.db);
  return found.filter((one) => isUnknowing(file, one, causality)).map((one) => toInconsistency(file, one, label));
}

/** From what was deleted, which is little, to what refers to it: the join is crossed so that SQLite goes that way. */
function referencesToDeleted(db: Database, reference: Reference): Found[] {
  const { entity, field, target } = reference;
  const select = `
    SELECT e.row AS row, e.id AS id, t.row AS targetRow, t.id AS targetId
    FROM ${target} t CROSS JOIN ${entity} e ON e.${field} = t.id WHERE t.deleted = 1 AND e.deleted = 0 ORDER BY e.id`;
  return (prepared(db, select).all() as Omit<Found, 'reference'>[]).map((row) => ({ ...row, reference }));
}

/** Neither had the deleter seen what refers to the row, nor whoever wrote that the deletion. */
function isUnknowing({ db, names }: Log, { reference, row, targetRow }: Found, causality: Causality): boolean {
  const { entity, field, target, isAbout } = reference;
  const deleted = names.knownField(target, DELETED) ?? 0;
  const deletions = headsOf(changesOfCell(db, { row: targetRow, field: deleted }), causality);
  const changes = isAbout
    ? (prepared(db, `SELECT ${CHANGE_COLUMNS} WHERE c.row = ?`).all(row) as ChangeRow[])
    : headsOf(changesOfCell(db, { row, field: names.knownField(entity, field) ?? 0 }), causality);
  return isKeptDespite(deletions, changes, causality);
}

function toInconsistency(file: Log, { reference, id, targetId }: Found, label: Labeller): DeletedReference {
  const { entity, field, target } = reference;
  return {
    kind: 'deleted-reference',
    entity,
    id,
    label: label(entity, id) ?? '',
    instrumentId: instrumentOf(file, { entity, id }),
    field,
    target: { entity: target, id: targetId, label: label(target, targetId) ?? '' },
  };
}
