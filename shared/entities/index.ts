/** Every entity of the file with its writable fields: what the change log may hold and how each value is checked. */
import type { z } from 'zod';
import { AppErrorException, isValueRule } from '../errors.ts';
import { fileFields } from './file.ts';
import { instrumentFields } from './instrument.ts';
import { noteFields } from './note.ts';
import { bodyFields, personFields, supportFields } from './person.ts';
import { riskFields, targetFields } from './target.ts';

export const ENTITY_FIELDS = {
  file: fileFields,
  instrument: instrumentFields,
  person: personFields,
  body: bodyFields,
  support: supportFields,
  note: noteFields,
  target: targetFields,
  risk: riskFields,
} as const;

export type EntityName = keyof typeof ENTITY_FIELDS;
export const ENTITY_NAMES = Object.keys(ENTITY_FIELDS) as EntityName[];

/** What a field of the log may hold: SQLite's own scalars. No lists: membership is a row of its own. */
export type CellValue = string | number | null;

/** Values of an entity's fields as the log and the tables hold them. */
export type FieldsOf<E extends EntityName> = {
  [F in keyof (typeof ENTITY_FIELDS)[E]]: (typeof ENTITY_FIELDS)[E][F] extends z.ZodType<infer T> ? T : never;
};

export const isEntityName = (name: string): name is EntityName => Object.hasOwn(ENTITY_FIELDS, name);

const fieldsByEntity = new Map(
  ENTITY_NAMES.map((entity) => [entity as string, new Map<string, z.ZodType>(Object.entries(ENTITY_FIELDS[entity]))]),
);

/** The schema of a field, or undefined when this version does not know it. */
export const fieldSchema = (entity: string, field: string): z.ZodType | undefined =>
  fieldsByEntity.get(entity)?.get(field);

/** Names of an entity's fields in the order of the schema. */
export const fieldNames = (entity: EntityName): string[] => [...(fieldsByEntity.get(entity)?.keys() ?? [])];

/**
 * Checks and normalises one value by its field's schema (NFC, trimmed, blank as null).
 * Throws AppErrorException `unknown-field` or `invalid-value`.
 */
export function checkValue(entity: EntityName, field: string, value: unknown): CellValue {
  const schema = fieldSchema(entity, field);
  if (!schema) throw new AppErrorException({ code: 'unknown-field', details: { field, known: fieldNames(entity) } });
  const parsed = schema.safeParse(value);
  // Minus zero becomes zero: SQLite keeps the sign in some columns and not in others, and nobody means it.
  if (parsed.success) return parsed.data === 0 ? 0 : (parsed.data as CellValue);
  const message = parsed.error.issues[0]?.message;
  throw new AppErrorException({
    code: 'invalid-value',
    details: {
      field,
      value: String(value ?? ''),
      rule: isValueRule(message) ? message : value === null ? 'required' : 'choice',
    },
  });
}
