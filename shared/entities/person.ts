/** Persons own instruments, bodies lead them; each belongs to one of the two sides, or to neither. */
import { z } from 'zod';
import { EntityId, flag, optionalText, requiredText, side } from './fields.ts';

export const PersonId = EntityId.brand<'PersonId'>();
export type PersonId = z.infer<typeof PersonId>;
export const BodyId = EntityId.brand<'BodyId'>();
export type BodyId = z.infer<typeof BodyId>;

export const personFields = {
  name: requiredText(200),
  post: optionalText(200),
  bodyId: EntityId.nullable(),
  side: side.nullable(),
  email: optionalText(254).refine((text) => text === null || /^[^\s@]+@[^\s@]+$/.test(text), 'email'),
  phone: optionalText(50),
  deleted: flag,
};
export const Person = z.object({ id: PersonId, ...personFields });
export type Person = z.infer<typeof Person>;

export const bodyFields = {
  name: requiredText(300),
  shortName: optionalText(50),
  side: side.nullable(),
  deleted: flag,
};
export const Body = z.object({ id: BodyId, ...bodyFields });
export type Body = z.infer<typeof Body>;

/** A body that supports an instrument. Its id is UUIDv5 of the pair, so that both sides adding it add one row. */
export const supportFields = { instrumentId: EntityId, bodyId: EntityId, deleted: flag };
