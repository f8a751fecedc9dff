/**
 * One merge of ours in a process of its own, as the command line carries it out: the file is opened to write, merged and
 * closed; before that its search index is brought up to date, which else waits for a quiet moment. Arguments: our copy, theirs, and a folder for backups if they are to be made. Prints a MergeRun as JSON.
 */
import { Backups } from '../../../db/backup/backups.ts';
import { mergeFiles } from '../../../db/merge/merge.ts';
import { closeFile, openFile } from '../../../db/open.ts';
import { benchOptions, must } from '../data/files.ts';
import { report } from './process.ts';

const [path = '', theirs = '', backupFolder] = process.argv.slice(2);
const options = {
  ...benchOptions(true),
  ...(backupFolder !== undefined && { backups: new Backups(backupFolder) }),
};

const startedAt = performance.now();
const file = must(openFile(path, options));
const { changes, conflicts } = must(mergeFiles(file, [theirs], { isDryRun: false }));
const mergedAt = performance.now();
file.db.transaction(() => file.search.catchUp(Number.MAX_SAFE_INTEGER)).immediate();
const indexedAt = performance.now();
closeFile(file);
const closedAt = performance.now();

report({ ms: closedAt - startedAt, indexMs: indexedAt - mergedAt, changes, conflicts: conflicts.length });
