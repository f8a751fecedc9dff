/** What rows are called, for people: in history, in search, in a merge. */
import type { CellValue } from '../../shared/entities/index.ts';
import { type Database, prepared } from '../sqlite.ts';

export type Labeller = (entity: string, id: string) => string | null;

const LABELS: Record<string, string> = {
  file: 'SELECT title FROM file WHERE id = ?',
  instrument: "SELECT coalesce(number || ' ', '') || title FROM instrument WHERE id = ?",
  person: 'SELECT name FROM person WHERE id = ?',
  body: 'SELECT coalesce(shortName, name) FROM body WHERE id = ?',
  target: 'SELECT name FROM target WHERE id = ?',
  risk: 'SELECT title FROM risk WHERE id = ?',
  note: `SELECT coalesce(i.number || ' ', '') || i.title FROM note n JOIN instrument i ON i.id = n.instrumentId
    WHERE n.id = ?`,
  support: `SELECT coalesce(i.number || ' ', '') || i.title FROM support s JOIN instrument i ON i.id = s.instrumentId
    WHERE s.id = ?`,
};

/** What a row is called today; notes and supporting bodies by their instrument. Remembers its answers. */
export function entityLabeller(db: Database): Labeller {
  const known = new Map<string, string | null>();
  return (entity, id) => {
    const key = `${entity}:${id}`;
    if (!known.has(key)) {
      const sql = LABELS[entity];
      known.set(key, sql ? ((prepared(db, sql).pluck().get(id) as string | undefined) ?? null) : null);
    }
    return known.get(key) ?? null;
  };
}

const REFERENCED: Record<string, string> = {
  pkLeadBodyId: 'body',
  kzLeadBodyId: 'body',
  bodyId: 'body',
  pkOwnerId: 'person',
  kzOwnerId: 'person',
  instrumentId: 'instrument',
};

/** The name behind a value that refers to another row; null for any other field or value. */
export const referenceName = (label: Labeller, field: string, value: CellValue): string | null => {
  const entity = REFERENCED[field];
  return entity !== undefined && typeof value === 'string' ? label(entity, value) : null;
};
