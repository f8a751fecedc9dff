/**
 * One merge of two Yjs documents that lie on the disk, in a process of its own. Arguments: our file and theirs. Prints a
 * MergeRun as JSON.
 */
import { readFileSync } from 'node:fs';
import * as Y from 'yjs';
import { replaceFile, report } from './process.ts';

const [path = '', theirs = ''] = process.argv.slice(2);

const startedAt = performance.now();
const doc = new Y.Doc();
Y.applyUpdate(doc, readFileSync(path));
Y.applyUpdate(doc, readFileSync(theirs));
replaceFile(path, Y.encodeStateAsUpdate(doc));
report({ ms: performance.now() - startedAt });
