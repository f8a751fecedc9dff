/**
 * Which batches of another copy this file lacks, and under which names they belong here.
 *
 * A replica's history is one chain of batches. Where a file was copied together with its writer's name, two copies may
 * have continued one chain differently: same (replica, seq), different tokens. Both branches are kept. At every fork the
 * branch whose first batch has the smaller token keeps the name; the other is called `root~token` and starts again at
 * seq 1, having seen its root up to the fork. The rule looks at the batches alone, so every copy arrives at the same names
 * in any order of merging.
 */
import type { Database } from '../sqlite.ts';

/** A stretch of another copy's replica and what it is called here. */
export interface Segment {
  /** The replica's number in the other file. */
  otherReplica: number;
  /** First and last seq in the other file's numbering; `to` may be open. */
  from: number;
  to: number;
  /** The replica's name here. */
  key: string;
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
  forks: Fork[];
}

interface OwnNames {
  replica: (key: string) => number;
}

/** Aligns all replicas of `other` with those of `own`; renames branches of `own` where they have to give way. */
export function alignReplicas(own: Database, other: Database, names: OwnNames): Alignment {
  const replicas = other.prepare('SELECT id, key FROM replica ORDER BY id').all() as { id: number; key: string }[];
  // Roots before branches: aligning a root may bring a branch's name into this file.
  replicas.sort((one, two) => Number(one.key.includes('~')) - Number(two.key.includes('~')) || one.id - two.id);
  const segments: Segment[] = [];
  const forks: Fork[] = [];
  for (const { id, key } of replicas) align({ otherReplica: id, from: 1, key, offset: 0 });
  return { segments, forks };

  function align({ otherReplica, from, key, offset }: Pick<Segment, 'otherReplica' | 'from' | 'key' | 'offset'>): void {
    const replica = names.replica(key);
    const fork = findFork(own, other, { otherReplica, replica, from, offset });
    const segment = { otherReplica, from, key, replica, offset };
    if (fork === null) {
      segments.push({ ...segment, to: Number.MAX_SAFE_INTEGER });
      return;
    }
    const isOursGivingWay = fork.otherToken < fork.ownToken;
    const branchKey = branchName(key, isOursGivingWay ? fork.ownToken : fork.otherToken);
    forks.push({ key, seq: fork.seq, branchKey });
    if (isOursGivingWay) {
      renameBranch(own, replica, fork.seq, names.replica(branchKey));
      align({ otherReplica, from, key, offset });
      return;
    }
    const forkThere = fork.seq + offset;
    if (forkThere > from) segments.push({ ...segment, to: forkThere - 1 });
    align({ otherReplica, from: forkThere, key: branchKey, offset: forkThere - 1 });
  }
}

const branchName = (key: string, token: number): string => `${key.split('~')[0]}~${token.toString(36)}`;

interface ForkPoint {
  /** In this file's numbering. */
  seq: number;
  ownToken: number;
  otherToken: number;
}

/** The first batch that both hold with different tokens. Chains that agree somewhere agree everywhere before. */
function findFork(
  own: Database,
  other: Database,
  { otherReplica, replica, from, offset }: { otherReplica: number; replica: number; from: number; offset: number },
): ForkPoint | null {
  const ownTokens = own.prepare('SELECT token FROM batch WHERE replica = ? AND seq = ?').pluck();
  const lastCommon = other
    .prepare('SELECT seq, token FROM batch WHERE replica = ? AND seq >= ? ORDER BY seq DESC')
    .raw()
    .iterate(otherReplica, from) as IterableIterator<[number, number]>;
  let fork: ForkPoint | null = null;
  for (const [seqThere, otherToken] of lastCommon) {
    const seq = seqThere - offset;
    const ownToken = ownTokens.get(replica, seq) as number | undefined;
    if (ownToken === undefined) continue;
    if (ownToken === otherToken) break;
    fork = { seq, ownToken, otherToken };
  }
  return fork;
}

/** Gives the batches of `replica` from `seq` on the name of a branch, wherever this file refers to them. */
function renameBranch(db: Database, replica: number, seq: number, branch: number): void {
  const shift = seq - 1;
  db.prepare('UPDATE batch SET replica = ?, seq = seq - ? WHERE replica = ? AND seq >= ?').run(
    branch,
    shift,
    replica,
    seq,
  );
  db.prepare(
    'UPDATE batch SET revertsReplica = ?, revertsSeq = revertsSeq - ? WHERE revertsReplica = ? AND revertsSeq >= ?',
  ).run(branch, shift, replica, seq);
  // What the branch itself has seen: its own steps, and first of all its root.
  db.prepare('UPDATE seen SET replica = ?, seq = seq - ? WHERE replica = ? AND seq >= ?').run(
    branch,
    shift,
    replica,
    seq,
  );
  const before = db
    .prepare('SELECT other, max(upTo) AS upTo FROM seen WHERE replica = ? AND seq < ? GROUP BY other')
    .all(replica, seq) as { other: number; upTo: number }[];
  const learn = db.prepare('INSERT OR IGNORE INTO seen (replica, seq, other, upTo) VALUES (?, 1, ?, ?)');
  for (const { other, upTo } of before) learn.run(branch, other, upTo);
  if (shift > 0) learn.run(branch, replica, shift);
  // What others have seen of it, they have seen under its old name.
  db.prepare(
    'INSERT OR IGNORE INTO seen (replica, seq, other, upTo) SELECT replica, seq, ?, upTo - ? FROM seen WHERE other = ? AND upTo >= ?',
  ).run(branch, shift, replica, seq);
  db.prepare('UPDATE seen SET upTo = ? WHERE other = ? AND upTo >= ? AND replica <> ?').run(
    shift,
    replica,
    seq,
    branch,
  );
  db.prepare('DELETE FROM seen WHERE upTo = 0').run();
  db.prepare(
    'UPDATE OR REPLACE supersedes SET other = ?, otherSeq = otherSeq - ? WHERE other = ? AND otherSeq >= ?',
  ).run(branch, shift, replica, seq);
}
