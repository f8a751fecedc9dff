/** Copies of files for one run each. */
import { closeSync, copyFileSync, fsyncSync, openSync, rmSync } from 'node:fs';

/** On the disk when it returns, so that nothing of it is written during the measuring. */
export function freshCopy(from: string, to: string): void {
  rmSync(to, { force: true });
  copyFileSync(from, to);
  const file = openSync(to, 'r+');
  fsyncSync(file);
  closeSync(file);
}
