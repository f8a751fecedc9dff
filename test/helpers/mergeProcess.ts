/**
 * Merges copies into fresh files over and over until it is ended. Before each round it says `merging N`.
 * Arguments: the file to copy afresh for each round, the folder for those, the copies to merge.
 */
import { copyFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { mergeFiles } from '../../db/merge/merge.ts';
import { closeFile, openFile } from '../../db/open.ts';

const [ours = '', folder = '', ...others] = process.argv.slice(2);
const records = { find: () => null, put: () => undefined, remove: () => undefined };

for (let round = 0; ; round += 1) {
  const path = join(folder, `${round}.mou`);
  copyFileSync(ours, path);
  const opened = openFile(path, { records, author: { name: 'Merger', post: null }, isExclusive: true });
  if (!opened.ok) throw new Error(JSON.stringify(opened.error));
  // Few pages stay in memory, so that the file is written to all the way and not only at the end.
  opened.value.db.pragma('cache_size = 12');
  writeSync(1, `merging ${round}\n`);
  const merged = mergeFiles(opened.value, others, { isDryRun: false });
  if (!merged.ok) throw new Error(JSON.stringify(merged.error));
  closeFile(opened.value);
}
