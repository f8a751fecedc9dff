/** Two copies of the register that were edited apart. */
import { join } from 'node:path';
import { closeFile } from '../../db/open.ts';
import type { OpenFile } from '../../db/openFile.ts';
import { copyTo, newFile, openAgain, tempFolder } from './tempFile.ts';

type Write = (file: OpenFile) => void;

/** After `before`, the file is copied; each side writes what it is given, as somebody else, and is closed again. */
export function twoCopies(ours: Write, theirs: Write, before: Write = () => undefined) {
  const folder = tempFolder();
  const path = join(folder, 'ours.mou');
  const first = newFile({ path });
  before(first);
  closeFile(first);
  const other = copyTo(path, join(folder, 'theirs.mou'));
  for (const [at, write, name] of [
    [path, ours, 'Ayesha'],
    [other, theirs, 'Bolat'],
  ] as const) {
    const file = openAgain(at, { author: { name, post: null } });
    write(file);
    closeFile(file);
  }
  return { path, other, folder };
}
