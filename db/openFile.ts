/** An open file: the connection and what belongs to it for as long as it is open. */
import type { Author, FileInfo, UndoState } from '../shared/api.ts';
import type { LockHolder } from '../shared/safekeeping.ts';
import type { Backups } from './backup/backups.ts';
import type { HeldLock } from './lock/lockFile.ts';
import type { Names } from './log/names.ts';
import type { ReplicaIdentity } from './log/replica.ts';
import type { UndoStack } from './log/undoStack.ts';
import type { SearchIndex } from './search/searchIndex.ts';
import type { Database } from './sqlite.ts';

/** What a committed batch may have changed, for whoever shows it. */
export interface Touched {
  instrumentIds: Set<string>;
  entities: Set<string>;
}

export interface OpenFile {
  db: Database;
  path: string;
  /** May turn to `busy` while the file is open: somebody else took over. */
  readonly readOnlyReason: FileInfo['readOnlyReason'];
  /** Held while we are the one who writes. */
  lock: HeldLock | null;
  /** Who was writing when we opened it, if not we. */
  lockedBy: LockHolder | null;
  backups: Backups | null;
  names: Names;
  search: SearchIndex;
  replica: ReplicaIdentity;
  undoStack: UndoStack;
  /** Signs the next batch; null until the person has been asked, then edits are refused by the window. */
  author: Author | null;
  /** Wall clock in ms since the epoch; a parameter, so that tests may set it wrong. */
  now: () => number;
  onCommit: (touched: Touched, undo: UndoState) => void;
}
