/**
 * The data on which merging is measured, as the performance notes describe it: 10,000 records of 12 fields, and single
 * changes of two sides, half of them on cells that the other side changes too. Values have 37.5 bytes as JSON on average.
 */
import type { CellValue } from '../../../shared/entities/index.ts';
import { LEGAL_STATUSES, PRIORITIES, STAGES } from '../../../shared/entities/values.ts';
import { civilDate, mulberry32, pick, type Random, uuid, whole } from './random.ts';
import { drawText, drawWord } from './words.ts';

export const RECORDS = 10_000;
/** When the first change is made; the next ones follow every two seconds or so, on both sides. */
export const STARTED_MS = Date.UTC(2025, 1, 19, 21, 20);
const STEP_MS = 2_000;

const cut = (text: string, length: number): string => text.slice(0, length).trim();
const words = (random: Random, from: number, to: number, length: number): string =>
  cut(drawText(random, from, to), length);

/** Twelve fields as the recipe names them: title, country, 2 dates, status, amount, partner, contact, flag, tags, link, note. */
export const FIELDS: readonly [name: string, draw: (random: Random) => CellValue][] = [
  ['title', (random) => words(random, 4, 9, 60)],
  ['sector', (random) => `Sector ${whole(random, 1, 20)}`],
  ['startOn', (random) => civilDate(random, 1_000)],
  ['deadline', (random) => civilDate(random, 1_000)],
  ['stage', (random) => pick(random, STAGES)],
  ['number', (random) => whole(random, 1, 99_999)],
  ['nextStep', (random) => words(random, 2, 4, 40)],
  ['deadlineReason', (random) => `${drawWord(random)} ${drawWord(random)}`],
  ['priority', (random) => pick(random, PRIORITIES)],
  ['healthOverrideReason', (random) => `${drawWord(random)}, ${drawWord(random)}`],
  ['legalStatus', (random) => pick(random, LEGAL_STATUSES)],
  ['summary', (random) => drawText(random, 60, 60).slice(0, 137).trim()],
];

/** Identities of the records, as their makers would have given them before the first change. */
export const recordIds = (random: Random): string[] =>
  Array.from({ length: RECORDS }, (_, index) => uuid(random, STARTED_MS - 86_400_000 + index * 500));

export type Side = 'A' | 'B';

const CELLS = shuffled(mulberry32(2), RECORDS * FIELDS.length);
/** A third of the cells is changed by both sides, a third by either alone. */
const POOL = CELLS.length / 3;
const OWN_POOL = { A: POOL, B: 2 * POOL } as const;

export interface RecipeChange {
  record: number;
  field: string;
  draw: (random: Random) => CellValue;
  at: number;
}

/** Where and when a side's change of this number is made; `random` tells the moment within its two seconds. */
export function recipeChange(side: Side, index: number, random: Random): RecipeChange {
  const place = Math.floor(index / 2) % POOL;
  const cell = CELLS[index % 2 === 0 ? place : OWN_POOL[side] + place] as number;
  const [field, draw] = FIELDS[cell % FIELDS.length] as (typeof FIELDS)[number];
  const at = STARTED_MS + STEP_MS * index + whole(random, 0, STEP_MS - 1);
  return { record: Math.floor(cell / FIELDS.length), field, draw, at };
}

function shuffled(random: Random, size: number): number[] {
  const items = Array.from({ length: size }, (_, index) => index);
  for (let last = size - 1; last > 0; last -= 1) {
    const other = whole(random, 0, last);
    [items[last], items[other]] = [items[other] as number, items[last] as number];
  }
  return items;
}
