/**
 * Merges for the window: it is shown names and what would come, and says "go on" by a token. Which files are meant is
 * known here alone.
 */
import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import type { MergeOffer } from '../shared/api.ts';
import { err, ok } from '../shared/result.ts';
import type { Reply } from '../shared/rpc/messages.ts';
import type { Decision, MergeReport } from '../shared/sharing.ts';
import { database } from './dbProcess.ts';
import { askMergeFiles } from './dialogs.ts';
import { tellWindow } from './windows.ts';

/** The last offer; an older one is void once another was made. */
let offered: { token: string; paths: string[] } | null = null;

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

export async function runOffered(token: string, decisions: Decision[]): Promise<Reply<MergeReport>> {
  if (offered?.token !== token)
    return err({ code: 'invalid-call', details: { method: 'merge.run', problem: 'no such offer' } });
  const { paths } = offered;
  const merged = await database()['merge.run']({ paths, decisions });
  if (merged.ok) offered = null;
  return merged.ok ? ok(withoutFolders(merged.value)) : merged;
}

async function offerMerge(paths: string[]): Promise<Reply<MergeOffer>> {
  const report = await database()['merge.preview']({ paths });
  if (!report.ok) return report;
  offered = { token: randomUUID(), paths };
  return ok({ token: offered.token, report: withoutFolders(report.value) });
}

const withoutFolders = (report: MergeReport): MergeReport => ({
  ...report,
  sources: report.sources.map((path) => basename(path)),
});
