/** What the processes of the merge bench print, each about the one merge that it has carried out. */
import { readFileSync } from 'node:fs';

export interface MergeRun {
  /** From opening our copy until it was closed, or its new file had its name. */
  ms: number;
  /** Peak of the resident memory; null where the system does not tell. */
  peakMb: number | null;
  /** Of ours: the merge alone, and what it says of itself. */
  mergeMs?: number;
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
