/** Headline targets (a figure to reach by a day) and the risks and issues named around the whole set. */
import { z } from 'zod';
import { CivilDate, EntityId, flag, optionalText, requiredText } from './fields.ts';

const figure = z.number().nullable();

export const targetFields = {
  name: requiredText(300),
  baseline: figure,
  baselineOn: CivilDate.nullable(),
  target: figure,
  unit: optionalText(60),
  targetOn: CivilDate.nullable(),
  latest: figure,
  latestOn: CivilDate.nullable(),
  basis: optionalText(2_000),
  source: optionalText(1_000),
  /** Shown on the first screen. */
  isHeadline: flag,
  /** Order of the register it came from; new ones follow. */
  rank: z.number(),
  deleted: flag,
};
export const Target = z.object({ id: EntityId, ...targetFields });
export type Target = z.infer<typeof Target>;

export const riskFields = {
  title: requiredText(300),
  description: optionalText(3_000),
  category: optionalText(100),
  source: optionalText(1_000),
  rank: z.number(),
  deleted: flag,
};
export const Risk = z.object({ id: EntityId, ...riskFields });
export type Risk = z.infer<typeof Risk>;
