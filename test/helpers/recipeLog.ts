/**
 * The log of performance notes, "Merge of two diverged copies": 10,000 records of 12 fields, and `n` single changes of one
 * side, half of them on cells that the other side changes too. Values have 37.5 bytes as JSON on average.
 */
import { Names } from '../../db/log/names.ts';
import type { Database } from '../../db/sqlite.ts';
import type { CellValue } from '../../shared/entities/index.ts';
import { LEGAL_STATUSES, PRIORITIES, STAGES } from '../../shared/entities/values.ts';
import { civilDate, mulberry32, pick, type Random, uuid, whole } from '../bench/data/random.ts';
import { drawText, drawWord } from '../bench/data/words.ts';

const RECORDS = 10_000;
const STARTED_MS = Date.UTC(2025, 1, 19, 21, 20);

const cut = (text: string, length: number): string => text.slice(0, length).trim();
const words = (random: Random, from: number, to: number, length: number): string =>
  cut(drawText(random, from, to), length);

/** Twelve fields as the recipe names them: title, country, 2 dates, status, amount, partner, contact, flag, tags, link, note. */
const FIELDS: readonly [name: string, draw: (random: Random) => CellValue][] = [
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

/** Writes `changes` batches of one change each; returns the mean length of their values as JSON, in bytes. */
export function writeRecipe(db: Database, changes: number, seed = 7): number {
  const random = mulberry32(seed);
  const names = new Names(db);
  const ids = Array.from({ length: RECORDS }, (_, index) => uuid(random, STARTED_MS - 86_400_000 + index * 500));
  const cells = shuffled(mulberry32(2), RECORDS * FIELDS.length);
  const pool = cells.length / 3;
  const replica = names.replica('qT3v0oXbS8mR1yZc');
  const author = names.author('A. Bench', 'Secretary');
  const label = names.label('edit');
  let bytes = 0;
  db.transaction(() => {
    db.prepare('INSERT INTO session (replica, seq, token) VALUES (?, 1, 123456789012)').run(replica);
    const insertBatch = db.prepare(
      `INSERT INTO batch (replica, seq, at, author, kind, label, token, changes, held)
       VALUES (?, ?, ?, ?, 0, ?, 123456789012, 1, 1)`,
    );
    const insertChange = db.prepare('INSERT INTO change (row, field, batch, value) VALUES (?, ?, ?, ?)');
    for (let index = 0; index < changes; index += 1) {
      const isShared = index % 2 === 0;
      const half = Math.floor(index / 2) % pool;
      const cell = cells[isShared ? half : pool + half] as number;
      const [field, draw] = FIELDS[cell % FIELDS.length] as (typeof FIELDS)[number];
      const at = STARTED_MS + 2_000 * index + whole(random, 0, 1_999);
      const { lastInsertRowid } = insertBatch.run(replica, index + 1, at, author, label);
      const value = draw(random);
      bytes += Buffer.byteLength(JSON.stringify(value));
      const row = names.row('instrument', ids[Math.floor(cell / FIELDS.length)] as string);
      insertChange.run(row, names.field('instrument', field), lastInsertRowid, value);
    }
  })();
  return bytes / changes;
}

function shuffled(random: Random, size: number): number[] {
  const items = Array.from({ length: size }, (_, index) => index);
  for (let last = size - 1; last > 0; last -= 1) {
    const other = whole(random, 0, last);
    [items[last], items[other]] = [items[other] as number, items[last] as number];
  }
  return items;
}
