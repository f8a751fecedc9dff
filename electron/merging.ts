/**
 * Merges for the window: it is shown names and what would come, and says "go on" by a token. Which files are meant is
 * known here alone. Looking and merging can be stopped at any time until the merge is done. Copies that lie encrypted are
 * asked for their passphrases first (lockedCopies.ts).
 */
import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import type { MergeOffer, MergeStep, Output, PlacedCopy, SavedFile, shellApi } from '../shared/api.ts';
import type { AppError } from '../shared/errors.ts';
import { err, ok } from '../shared/result.ts';
import type { Reply } from '../shared/rpc/messages.ts';
import type { Choices, Conflict, IncomingStep, MergeBlock, MergeSummary } from '../shared/sharing.ts';
import { database, interruptDatabase } from './dbProcess.ts';
import { askMergeFiles, askMergeReport } from './dialogs.ts';
import { type Chosen, chosen, nextLocked, skipped, unlocked, wipe } from './lockedCopies.ts';
import { currentFile, currentPath, onOpenFile } from './openFile.ts';
import { currentAuthor } from './profile.ts';
import { rememberSaved } from './savedFiles.ts';
import { runTask } from './tasks.ts';
import { tellWindow } from './windows.ts';
import { writeError, writeWhole } from './writeWhole.ts';

/** The last offer; an older one is void once another was made. */
let offered: { merge: KeptMerge; copies: PlacedCopy[] } | null = null;
/** Copies some of which still need their passphrase. */
let locked: Chosen | null = null;
/** What the last merge did, for whoever wants it on paper. */
let lastMerge: (MergeRecord & { merge: KeptMerge }) | null = null;

/** A merge that the window can ask about: it holds the numbers, and here is the rest. */
export interface KeptMerge {
  token: string;
  summary: MergeSummary;
  /** Newest first. */
  steps: readonly IncomingStep[];
  /** By row. */
  conflicts: readonly Conflict[];
}

export interface MergeRecord {
  merge: Omit<KeptMerge, 'token'>;
  choices: Choices;
  /** Title of the file that was merged into. */
  title: string;
  at: number;
  author: { name: string; post: string | null } | null;
}

// An offer is one for the file that was open when it was made: with another one its keys go.
let openPathOfOffer = currentPath();
onOpenFile(() => {
  if (currentPath() !== openPathOfOffer) forgetMerges();
  openPathOfOffer = currentPath();
});

export async function chooseMerge(): Promise<Reply<MergeStep>> {
  const paths = await askMergeFiles();
  return paths.length === 0 ? ok(NOTHING_CHOSEN) : begin(paths);
}

/** Copies dropped on the window to be merged. */
export async function offerDropped(paths: string[]): Promise<void> {
  const step = await begin(paths);
  if (!step.ok) tellWindow('problem', step.error);
  else if (step.value.merge) tellWindow('mergeOffered', step.value.merge);
  else if (step.value.locked) tellWindow('mergeLocked', step.value.locked);
}

/** Tries a passphrase on the copy that waits for one. */
export async function unlockNext(token: string, passphrase: string): Promise<Reply<MergeStep>> {
  const [path] = locked?.token === token ? locked.locked : [];
  if (path === undefined) return noSuchOffer('merge.unlock');
  const key = await stoppable(() => database()['merge.unlock']({ path, passphrase }));
  if (locked?.token === token && (key.ok || key.error.code !== 'cancelled'))
    return key.ok ? goOn(unlocked(locked, key.value.key)) : ok({ merge: null, locked: nextLocked(locked, key.error) });
  // Left, stopped, or begun anew meanwhile.
  if (key.ok) key.value.key.fill(0);
  return cancelled;
}

/** Leaves out the copy that waits for a passphrase. */
export async function skipNext(token: string): Promise<Reply<MergeStep>> {
  return locked?.token === token ? goOn(skipped(locked)) : noSuchOffer('merge.skip');
}

/** Nothing is on offer any more, and what could open an encrypted copy is wiped. */
export function forgetOffers(): void {
  wipe([...(offered?.copies ?? []), ...(locked?.copies ?? [])]);
  offered = null;
  locked = null;
}

/** Nor does anybody look at the report of the last merge any more. */
export function forgetMerges(): void {
  forgetOffers();
  lastMerge = null;
}

const NOTHING_CHOSEN: MergeStep = { merge: null, locked: null };

async function begin(paths: string[]): Promise<Reply<MergeStep>> {
  forgetOffers();
  const encrypted = await database()['merge.encrypted']({ paths });
  return encrypted.ok ? goOn(chosen(paths, encrypted.value.paths)) : encrypted;
}

async function goOn(next: Chosen): Promise<Reply<MergeStep>> {
  locked = next;
  const copy = nextLocked(next);
  if (copy) return ok({ merge: null, locked: copy });
  if (next.copies.length === 0) {
    forgetOffers();
    return ok(NOTHING_CHOSEN);
  }
  const offer = await lookInto(next.copies);
  // Left, or begun anew, meanwhile: nobody waits for it.
  if (locked !== next) return cancelled;
  if (!offer.ok) {
    forgetOffers();
    return offer;
  }
  locked = null;
  return ok({ merge: keep(next.copies, offer.value), locked: null });
}

/** Carries it out. The report is kept under a token of its own, for the window to ask about and to be printed. */
export async function runOffered(token: string, choices: Choices): Promise<Reply<MergeOffer>> {
  if (offered?.merge.token !== token) return noSuchOffer('merge.run');
  const { copies } = offered;
  const merged = await gather((onBlock) => database()['merge.run']({ copies, choices }, onBlock));
  if (!merged.ok) return merged;
  forgetOffers();
  const merge = merged.value;
  lastMerge = { merge, choices, title: currentFile()?.info.title ?? '', at: Date.now(), author: currentAuthor() };
  return ok({ token: merge.token, summary: merge.summary });
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

/** Looks into plain copies and keeps them on offer under the token. */
export async function offerMerge(paths: string[]): Promise<Reply<MergeOffer>> {
  const copies = paths.map((path) => ({ path, key: null }));
  const merge = await lookInto(copies);
  if (!merge.ok) return merge;
  forgetOffers();
  return ok(keep(copies, merge.value));
}

/** The merge on offer, or the one that was carried out last. */
export function mergeOfToken(token: string, method: string): Reply<KeptMerge> {
  const found = [offered?.merge, lastMerge?.merge].find((merge) => merge?.token === token);
  return found ? ok(found) : noSuchOffer(method);
}

const lookInto = (copies: PlacedCopy[]): Promise<Reply<KeptMerge>> =>
  gather((onBlock) => database()['merge.preview']({ copies }, onBlock));

function keep(copies: PlacedCopy[], merge: KeptMerge): MergeOffer {
  offered = { merge, copies };
  return { token: merge.token, summary: merge.summary };
}

/** Keeps what comes in blocks. Nobody else could: the database process may be ended to stop it. */
async function gather(
  call: (onBlock: (block: MergeBlock) => void) => Promise<Reply<MergeSummary>>,
): Promise<Reply<KeptMerge>> {
  const steps: IncomingStep[] = [];
  const conflicts: Conflict[] = [];
  const reply = await stoppable(() =>
    call((block) => {
      for (const step of block.steps) steps.push(step);
      for (const conflict of block.conflicts) conflicts.push(conflict);
    }),
  );
  return reply.ok ? ok({ token: randomUUID(), summary: withoutFolders(reply.value), steps, conflicts }) : reply;
}

const cancelled = err<AppError>({ code: 'cancelled', details: {} });

const noSuchOffer = (method: string) =>
  err<AppError>({ code: 'invalid-call', details: { method, problem: 'no such offer' } });

/** Decides conflicts that are in the file; of thousands it takes seconds. */
export const decideOpen = (choices: Choices): Promise<Reply<Output<typeof shellApi, 'conflict.decide'>>> =>
  stoppable(() => database()['conflict.decide']({ choices }));

/** The database process answers nobody while it merges; what stops it is its end, see interruptDatabase. */
const stoppable = <T>(call: () => Promise<Reply<T>>): Promise<Reply<T>> =>
  runTask('merge', async ({ signal }) => {
    signal.addEventListener('abort', interruptDatabase);
    const reply = await call();
    signal.removeEventListener('abort', interruptDatabase);
    // Done before it could be stopped: it is done, and must not be called otherwise.
    return reply.ok || !signal.aborted ? reply : cancelled;
  });

const withoutFolders = (summary: MergeSummary): MergeSummary => ({
  ...summary,
  sources: summary.sources.map((path) => basename(path)),
});
