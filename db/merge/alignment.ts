/**
 * Under which names the batches of another copy belong here (rules M6 and M7).
 *
 * A replica's history is one chain of sessions. Where a file was copied together with its writer's name, two copies may
 * have continued one chain differently: at one place, sessions with different tokens. Both branches are kept. At every
 * fork the branch whose first session has the smaller token keeps the name; the other is called `root~token` and starts
 * again at seq 1, having seen its root up to the fork. The rule looks at the sessions alone, which every copy keeps
 * whole, so every copy arrives at the same names in any order of merging.
 */
import { type Database, prepared } from '../sqlite.ts';
import { OtherFileError } from './otherFile.ts';

/** A stretch of another copy's replica and what it is called here. */
export interface Segment {
  /** The replica's number in the other file. */
  otherReplica: number;
  /** First and last seq in the other file's numbering; `to` may be open. */
  from: number;
  to: number;
  /** The replica's number here. */
  replica: number;
  /** Seq here = seq there - offset. */
  offset: number;
}

export interface Fork {
  /** The replica's name that was written under twice. */
  key: string;
  /** First batch that differs. */
  seq: number;
  /** Under which name the branch that gave way goes on. */
  branchKey: string;
}

export interface Alignment {
  segments: Segment[];
  /** Forks that this file had not known of. */
  forks: Fork[];
  /** Names here whose histories were cut, their ends going by other names now. */
  cutReplicas: Set<string>;
}

interface OwnNames {
  replica: (key: string) => number;
}

interface Session {
  seq: number;
  token: number;
}

/** Aligns all replicas of `other` with those of `own`; renames branches of `own` where they have to give way. */
export function alignReplicas(own: Database, other: Database, names: OwnNames): Alignment {
  const replicas = other.prepare('SELECT id, key FROM replica ORDER BY id').all() as { id: number; key: string }[];
  for (const { key } of replicas) if (!isReplicaKey(key)) throw new OtherFileError('a replica has no proper name');
  // Roots before branches: what a root's alignment renames here is what the other's branches are to be held against.
  replicas.sort((one, two) => Number(isBranch(one.key)) - Number(isBranch(two.key)) || one.id - two.id);
  const alignment: Alignment = { segments: [], forks: [], cutReplicas: new Set() };
  let cuts: number;
  do {
    cuts = 0;
    alignment.segments = [];
    for (const { id, key } of replicas) align({ otherReplica: id, from: 1, key, offset: 0 });
    // What was cut off may have become a branch that had been aligned already.
  } while (cuts > 0);
  return alignment;

  function align({
    otherReplica,
    from,
    key,
    offset,
  }: {
    otherReplica: number;
    from: number;
    key: string;
    offset: number;
  }) {
    const replica = names.replica(key);
    const theirs = sessionsOf(other, otherReplica, from).map(({ seq, token }) => ({ seq: seq - offset, token }));
    const ours = sessionsOf(own, replica, 1);
    const fork = findFork(ours, theirs);
    const segment = { otherReplica, from, replica, offset };
    if (fork === null) {
      const isImpossible =
        isOverlapping(ours, theirs, lastBatch(own, replica)) ||
        isOverlapping(theirs, ours, lastBatch(other, otherReplica) - offset);
      if (isImpossible) throw new OtherFileError('a session went on after its end');
      alignment.segments.push({ ...segment, to: Number.MAX_SAFE_INTEGER });
      return;
    }
    const isOursGivingWay = fork.otherToken < fork.ownToken;
    const branchKey = branchName(key, isOursGivingWay ? fork.ownToken : fork.otherToken);
    const isKnown = own.prepare('SELECT 1 FROM replica WHERE key = ?').get(branchKey) !== undefined;
    if (!isKnown) alignment.forks.push({ key, seq: fork.seq, branchKey });
    if (isOursGivingWay) {
      renameBranch(own, replica, fork.seq, names.replica(branchKey));
      alignment.cutReplicas.add(key);
      cuts += 1;
      align({ otherReplica, from, key, offset });
      return;
    }
    const forkThere = fork.seq + offset;
    if (forkThere > from) alignment.segments.push({ ...segment, to: forkThere - 1 });
    align({ otherReplica, from: forkThere, key: branchKey, offset: forkThere - 1 });
  }
}

const isReplicaKey = (key: unknown): key is string =>
  typeof key === 'string' && /^[\w-]{1,40}(~[0-9a-z]{1,12})?$/.test(key);

const isBranch = (key: string): boolean => key.includes('~');

const branchName = (key: string, token: number): string => `${key.split('~')[0]}~${token.toString(36)}`;

const sessionsOf = (db: Database, replica: number, from: number): Session[] =>
  prepared(db, 'SELECT seq, token FROM session WHERE replica = ? AND seq >= ? ORDER BY seq').all(
    replica,
    from,
  ) as Session[];

/** The first session in which the two chains differ. A chain that is the beginning of the other does not. */
function findFork(ours: readonly Session[], theirs: readonly Session[]) {
  for (const [index, { seq, token }] of theirs.entries()) {
    const own = ours[index];
    if (!own) return null;
    if (own.seq !== seq) throw new OtherFileError('a session begins where none can');
    if (own.token !== token) return { seq, ownToken: own.token, otherToken: token };
  }
  return null;
}

/**
 * Where one chain has a session that the other does not know of yet, the other's batches end before it. Otherwise a session
 * went on after somebody had taken it for closed, which no program of ours does: better no merge than a wrong one.
 */
function isOverlapping(chain: readonly Session[], longer: readonly Session[], lastOfChain: number): boolean {
  const next = longer[chain.length];
  return next !== undefined && lastOfChain >= next.seq;
}

const lastBatch = (db: Database, replica: number): number =>
  prepared(db, 'SELECT coalesce(max(seq), 0) FROM batch WHERE replica = ?').pluck().get(replica) as number;

/** Gives what `replica` wrote from `seq` on the name of a branch, wherever this file refers to it. */
function renameBranch(db: Database, replica: number, seq: number, branch: number): void {
  const shift = seq - 1;
  const run = (sql: string) => db.prepare(sql).run({ replica, seq, branch, shift });
  run('UPDATE batch SET replica = @branch, seq = seq - @shift WHERE replica = @replica AND seq >= @seq');
  run('UPDATE session SET replica = @branch, seq = seq - @shift WHERE replica = @replica AND seq >= @seq');
  run(`UPDATE batch SET revertsReplica = @branch, revertsSeq = revertsSeq - @shift
       WHERE revertsReplica = @replica AND revertsSeq >= @seq`);
  run(`INSERT INTO supersedes (row, field, batch, other, otherSeq)
       SELECT row, field, batch, @branch, otherSeq - @shift FROM supersedes WHERE other = @replica AND otherSeq >= @seq`);
  run('UPDATE supersedes SET otherSeq = @shift WHERE other = @replica AND otherSeq >= @seq');
  // What the branch itself has seen: its own steps, and first of all its root and what that had seen.
  run('UPDATE seen SET replica = @branch, seq = seq - @shift WHERE replica = @replica AND seq >= @seq');
  if (shift > 0) inheritFromRoot(db, { replica: branch, root: replica, rootSeq: shift });
  // What others have seen of the branch, they have seen under its old name.
  run(`INSERT INTO seen (replica, seq, other, upTo)
       SELECT replica, seq, @branch, upTo - @shift FROM seen WHERE other = @replica AND upTo >= @seq`);
  run('UPDATE seen SET upTo = @shift WHERE other = @replica AND upTo >= @seq');
  run('DELETE FROM seen WHERE other = @replica AND upTo = 0');
  run('DELETE FROM supersedes WHERE other = @replica AND otherSeq = 0');
}

/** The first batch of a branch has seen its root up to the fork, and all that the root had seen by then. */
export function inheritFromRoot(
  db: Database,
  { replica, root, rootSeq }: { replica: number; root: number; rootSeq: number },
): void {
  const learn = db.prepare(
    `INSERT INTO seen (replica, seq, other, upTo) VALUES (?, 1, ?, ?)
     ON CONFLICT DO UPDATE SET upTo = excluded.upTo WHERE excluded.upTo > upTo`,
  );
  learn.run(replica, root, rootSeq);
  const before = db
    .prepare('SELECT other, max(upTo) AS upTo FROM seen WHERE replica = ? AND seq <= ? GROUP BY other')
    .all(root, rootSeq) as { other: number; upTo: number }[];
  for (const { other, upTo } of before) if (other !== replica) learn.run(replica, other, upTo);
}
