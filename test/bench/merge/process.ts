/** What the processes of the merge bench have in common: each carries out one merge and prints what it took. */
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';

export interface MergeRun {
  /** From opening our copy until it was closed, or its new file had its name. */
  ms: number;
  /** Peak of the resident memory; null where the system does not tell. */
  peakMb: number | null;
  /** Of ours: the part in which the search index was brought up to date, and what the merge says of itself. */
  indexMs?: number;
  changes?: number;
  conflicts?: number;
}

/** Prints the one line of a process. */
export function report(run: Omit<MergeRun, 'peakMb'>): void {
  console.log(JSON.stringify({ ...run, peakMb: peakMb() }));
}

/** Not from getrusage: a child's begins with what its parent had when it was forked. */
function peakMb(): number | null {
  try {
    const kilobytes = /^VmHWM:\s+(\d+)/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
    return kilobytes === undefined ? null : Number(kilobytes) / 1024;
  } catch {
    return null;
  }
}

/** As a program writes a file anew without ever leaving half of one: written beside it, on the disk, renamed. */
export function replaceFile(path: string, bytes: Uint8Array): void {
  const draft = `${path}.new`;
  const file = openSync(draft, 'w');
  for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written);
  fsyncSync(file);
  closeSync(file);
  renameSync(draft, path);
}
