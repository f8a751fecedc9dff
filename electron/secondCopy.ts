/**
 * A second copy of the file that is open: opening it may be meant as a merge, and pressing the wrong button must not cost
 * anybody an update. So the window first says how the two relate, and asks. It knows the copy by a token only.
 */
import type { CopyOffer, OpenFile } from '../shared/api.ts';
import { err, ok } from '../shared/result.ts';
import type { Reply } from '../shared/rpc/messages.ts';
import type { MadeBackup } from '../shared/safekeeping.ts';
import { database } from './dbProcess.ts';
import { offerDropped as offerCopies, offerMerge } from './merging.ts';
import { contentReplaced, currentFile, isOpen, lookAt } from './openFile.ts';
import { tellWindow } from './windows.ts';

/** The copy that was offered last, under the token by which it can be merged, too. */
let offered: { token: string; path: string } | null = null;

/** The window asks what to do with it. False: it is no copy, or there is nothing to decide; it is opened as such. */
export async function isOfferedAsCopy(path: string): Promise<boolean> {
  // A file that cannot be written can neither be merged into nor replaced.
  if (!currentFile() || isOpen(path) || currentFile()?.info.isReadOnly) return false;
  const offer = await offerCopy(path);
  if (offer.ok) tellWindow('copyOffered', offer.value);
  else if (offer.error.code === 'unexpected') tellWindow('problem', offer.error);
  // Stopped or failed says nothing of the file: it is not opened without having been asked about.
  return offer.ok || offer.error.code === 'unexpected' || offer.error.code === 'cancelled';
}

/** One file dropped on the window, beside a file that can be written: what is no copy of it is refused, not opened. */
export async function offerDropped(path: string): Promise<void> {
  if (isOpen(path)) return;
  const offer = await offerCopy(path);
  if (offer.ok) tellWindow('copyOffered', offer.value);
  // Its passphrase is asked for first.
  else if (offer.error.code === 'file-encrypted') await offerCopies([path]);
  else tellWindow('problem', offer.error);
}

async function offerCopy(path: string): Promise<Reply<CopyOffer>> {
  const offer = await offerMerge([path]);
  if (!offer.ok) return offer;
  const comparison = await database()['copy.compare']({ path });
  if (!comparison.ok) return comparison;
  offered = { token: offer.value.token, path };
  return ok({ ...offer.value, comparison: comparison.value });
}

/** Opens what was offered to be looked at, in place of the open file. */
export function lookAtOffered(token: string): Promise<Reply<OpenFile>> {
  const path = pathOffered(token, 'copy.look');
  return path.ok ? lookAt(path.value) : Promise.resolve(path);
}

/** Puts what was offered in the place of the open file. */
export async function replaceByOffered(token: string): Promise<Reply<{ kept: MadeBackup }>> {
  const path = pathOffered(token, 'copy.replace');
  return path.ok ? contentReplaced(await database()['copy.replace']({ path: path.value })) : path;
}

const pathOffered = (token: string, method: string): Reply<string> =>
  offered?.token === token
    ? ok(offered.path)
    : err({ code: 'invalid-call', details: { method, problem: 'no such offer' } });
