/** The recipe of the performance notes as a log alone: single changes of one side (test/bench/data/recipe.ts). */
import { Names } from '../../db/log/names.ts';
import type { Database } from '../../db/sqlite.ts';
import { mulberry32 } from '../bench/data/random.ts';
import { recipeChange, recordIds } from '../bench/data/recipe.ts';

/** Writes `changes` batches of one change each; returns the mean length of their values as JSON, in bytes. */
export function writeRecipe(db: Database, changes: number, seed = 7): number {
  const random = mulberry32(seed);
  const names = new Names(db);
  const ids = recordIds(random);
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
      const { record, field, draw, at } = recipeChange('A', index, random);
      const { lastInsertRowid } = insertBatch.run(replica, index + 1, at, author, label);
      const value = draw(random);
      bytes += Buffer.byteLength(JSON.stringify(value));
      const row = names.row('instrument', ids[record] as string);
      insertChange.run(row, names.field('instrument', field), lastInsertRowid, value);
    }
  })();
  return bytes / changes;
}
