/** Which part of a file a restricted copy holds: how it is chosen, and how the copy says so for ever after. */
import { z } from 'zod';
import { EntityId } from './entities/fields.ts';

const names = z.array(z.string().trim().min(1).max(300)).min(1).max(1_000);

/** How a person chooses. Names are compared folded (case, accents, script variants), as search does. */
export const CopyScope = z.discriminatedUnion('by', [
  z.object({ by: z.literal('number'), numbers: z.array(z.int().min(1).max(99_999)).min(1).max(10_000) }),
  z.object({ by: z.literal('instrument'), ids: z.array(EntityId).min(1).max(100_000) }),
  z.object({ by: z.literal('sector'), sectors: names }),
  /** Lead bodies (name or short name) and owners of either side. */
  z.object({ by: z.literal('body'), names }),
]);
export type CopyScope = z.infer<typeof CopyScope>;

/** What a restricted copy says of itself: "part of ...: instruments 4, 5". */
export const Restriction = z.object({
  by: z.enum(['number', 'instrument', 'sector', 'body']),
  /** Numbers, sectors or names as they were chosen; for chosen instruments their numbers. */
  of: z.array(z.string()),
  instruments: z.int(),
  /** When the copy was made, ms by the maker's clock. */
  at: z.number(),
});
export type Restriction = z.infer<typeof Restriction>;
