/**
 * One merge of two Loro documents that lie on the disk, in a process of its own. Arguments: our file and theirs. Prints a
 * MergeRun as JSON.
 */
import { readFileSync } from 'node:fs';
import { LoroDoc } from 'loro-crdt';
import { replaceFile, report } from './process.ts';

const [path = '', theirs = ''] = process.argv.slice(2);

const startedAt = performance.now();
const doc = new LoroDoc();
doc.import(readFileSync(path));
doc.import(readFileSync(theirs));
replaceFile(path, doc.export({ mode: 'snapshot' }));
report({ ms: performance.now() - startedAt });
