/** A dated note on an instrument. Author and time are fields of their own, for imports bring notes others wrote. */
import { z } from 'zod';
import { EntityId, flag, optionalText, requiredText } from './fields.ts';

export const NoteId = EntityId.brand<'NoteId'>();
export type NoteId = z.infer<typeof NoteId>;

export const noteFields = {
  instrumentId: EntityId,
  text: requiredText(20_000),
  author: optionalText(200),
  /** Milliseconds since the epoch, by the writer's clock. */
  writtenAt: z.int(),
  isPinned: flag,
  deleted: flag,
};
export const Note = z.object({ id: NoteId, ...noteFields });
export type Note = z.infer<typeof Note>;
