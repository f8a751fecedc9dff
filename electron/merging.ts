/**
 * Merges for the window: it is shown names and what would come, and says "go on" by a token. Which files are meant is
 * known here alone. Looking and merging can be stopped at any time until the merge is done.
 */
import { randomUUID } from 'node:crypto';
import { basename, resolve } from 'node:path';
import type { MergeOffer, OpenFile, SavedFile } from '../shared/api.ts';
import type { AppError } from '../shared/errors.ts';
import { err, ok } from '../shared/result.ts';
import type { Reply } from '../shared/rpc/messages.ts';
import type { Decision, MergeReport } from '../shared/sharing.ts';
import { database, interruptDatabase } from './dbProcess.ts';
import { askMergeFiles, askMergeReport } from './dialogs.ts';
import { currentFile, currentPath, openPath } from './openFile.ts';
import { currentAuthor } from './profile.ts';
import { rememberSaved } from './savedFiles.ts';
import { runTask } from './tasks.ts';
import { tellWindow } from './windows.ts';
import { writeError, writeWhole } from './writeWhole.ts';

/** The last offer; an older one is void once another was made. */
let offered: { token: string; paths: string[] } | null = null;
/** What the last merge did, for whoever wants it on paper. */
let lastMerge: MergeRecord | null = null;

export interface MergeRecord {
  report: MergeReport;
  decisions: Decision[];
  /** Title of the file that was merged into. */
  title: string;
  at: number;
  author: { name: string; post: string | null } | null;
}

export async function chooseMerge(): Promise<Reply<{ merge: MergeOffer | null }>> {
  const paths = await askMergeFiles();
  if (paths.length === 0) return ok({ merge: null });
  const offer = await offerMerge(paths);
  return offer.ok ? ok({ merge: offer.value }) : offer;
}

/** Copies dropped on the window. */
export async function offerDropped(paths: string[]): Promise<void> {
  const offer = await offerMerge(paths);
  if (offer.ok) tellWindow('mergeOffered', offer.value);
  else tellWindow('problem', offer.error);
}

/**
 * Somebody opens a second copy of the open file: that may be meant as a merge, and pressing the wrong button must not cost
 * anybody an update. The window asks. False: it is another file, and is opened as such.
 */
export async function isOfferedAsCopy(path: string): Promise<boolean> {
  const open = currentPath();
  // Into a file that cannot be written nothing can be merged.
  if (open === null || resolve(path) === open || currentFile()?.info.isReadOnly) return false;
  const offer = await offerMerge([path]);
  if (offer.ok) tellWindow('copyOffered', offer.value);
  return offer.ok;
}

/** Opens what was offered, in place of the open file. */
export async function openOffered(token: string): Promise<Reply<{ file: OpenFile | null }>> {
  const path = offered?.token === token ? offered.paths[0] : undefined;
  if (path === undefined)
    return err({ code: 'invalid-call', details: { method: 'copy.openOffered', problem: 'no such offer' } });
  const opened = await openPath(path);
  return opened.ok ? ok({ file: opened.value }) : opened;
}

export async function runOffered(token: string, decisions: Decision[]): Promise<Reply<MergeReport>> {
  if (offered?.token !== token)
    return err({ code: 'invalid-call', details: { method: 'merge.run', problem: 'no such offer' } });
  const { paths } = offered;
  const merged = await stoppable(() => database()['merge.run']({ paths, decisions }));
  if (!merged.ok) return merged;
  offered = null;
  const report = withoutFolders(merged.value);
  lastMerge = { report, decisions, title: currentFile()?.info.title ?? '', at: Date.now(), author: currentAuthor() };
  return ok(report);
}

/** The record of the last merge as a PDF, where the person wants it. */
export async function printMerge(): Promise<Reply<{ saved: SavedFile | null }>> {
  const record = lastMerge;
  const file = currentFile();
  if (!record || !file) return err({ code: 'no-file-open', details: {} });
  const path = await askMergeReport(file.name);
  if (!path) return ok({ saved: null });
  return runTask('print', async ({ signal }) => {
    const { printMergeReport } = await import('./printing.ts');
    const printed = await printMergeReport(record, signal);
    if (!printed.ok) return printed;
    try {
      await writeWhole(path, printed.value, signal);
    } catch (error) {
      if (signal.aborted) throw error;
      return err(writeError(path, error));
    }
    return ok({ saved: rememberSaved(path) });
  });
}

async function offerMerge(paths: string[]): Promise<Reply<MergeOffer>> {
  const report = await stoppable(() => database()['merge.preview']({ paths }));
  if (!report.ok) return report;
  offered = { token: randomUUID(), paths };
  return ok({ token: offered.token, report: withoutFolders(report.value) });
}

/** The database process answers nobody while it merges; what stops it is its end, see interruptDatabase. */
const stoppable = <T>(call: () => Promise<Reply<T>>): Promise<Reply<T>> =>
  runTask('merge', async ({ signal }) => {
    signal.addEventListener('abort', interruptDatabase);
    const reply = await call();
    signal.removeEventListener('abort', interruptDatabase);
    // Done before it could be stopped: it is done, and must not be called otherwise.
    return reply.ok || !signal.aborted ? reply : err<AppError>({ code: 'cancelled', details: {} });
  });

const withoutFolders = (report: MergeReport): MergeReport => ({
  ...report,
  sources: report.sources.map((path) => basename(path)),
});
