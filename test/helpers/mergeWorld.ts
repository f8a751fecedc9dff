/**
 * Several people with copies of one file, and beside each copy the plain truth: the set of changes that it holds, each
 * with the set of changes its author knew. From these sets alone, without vectors, sequence numbers or clocks, follows
 * what a merge has to bring and where it has to find a conflict.
 */
import { expect } from 'vitest';
import { checkFile } from '../../db/check.ts';
import { redoLast, undoLast } from '../../db/commands/undo.ts';
import { restrictedDatabase } from '../../db/copy/saveCopy.ts';
import { Causality } from '../../db/log/causality.ts';
import { Names } from '../../db/log/names.ts';
import type { WriterRecord, WriterRecords } from '../../db/log/replica.ts';
import { writeBatch } from '../../db/log/writeBatch.ts';
import { mergeOpenFiles } from '../../db/merge/merge.ts';
import { createSearch } from '../../db/migrations/0030-create-search.ts';
import { migrate, SCHEMA_VERSION } from '../../db/migrations/index.ts';
import { assemble } from '../../db/open.ts';
import type { OpenFile } from '../../db/openFile.ts';
import { listInconsistencies } from '../../db/repositories/inconsistenciesRepository.ts';
import { documentText } from '../../db/search/searchIndex.ts';
import { connectSqlite, type Database, prepared } from '../../db/sqlite.ts';
import { type CellValue, ENTITY_NAMES, type EntityName } from '../../shared/entities/index.ts';
import { ok } from '../../shared/result.ts';
import type { Conflict, MergeReport } from '../../shared/sharing.ts';
import { unwrap } from './tempFile.ts';

/** One cell written by one batch. */
interface Change {
  batch: string;
  row: string;
  field: string;
  value: CellValue;
  at: number;
  /** Everything that the author's copy held. */
  seen: ReadonlySet<Change>;
}

/** Records of one installation, by path. */
class Installation implements WriterRecords {
  readonly #records: Map<string, WriterRecord>;

  constructor(records: Iterable<[string, WriterRecord]> = []) {
    this.#records = new Map(records);
  }

  find(path: string): WriterRecord | null {
    return this.#records.get(path) ?? null;
  }

  put(path: string, record: WriterRecord): void {
    this.#records.set(path, record);
  }

  remove(path: string): void {
    this.#records.delete(path);
  }

  /** As when a whole computer is cloned, or a profile copied. */
  clone(): Installation {
    return new Installation(this.#records);
  }
}

interface Site {
  path: string;
  installation: Installation;
  file: OpenFile;
  knows: Set<Change>;
}

interface Snapshot {
  bytes: Buffer;
  knows: ReadonlySet<Change>;
}

export interface Write {
  entity: EntityName;
  id: string;
  fields: Record<string, CellValue>;
}

export class MergeWorld {
  readonly sites: Site[] = [];
  readonly #snapshots: Snapshot[] = [];
  /** What came up, so that a test can tell that its histories were worth living. */
  readonly happened = { merges: 0, conflicts: 0, keptRows: 0, forks: 0, parts: 0, completions: 0, mergesTakenBack: 0 };
  #writes = 0;
  #paths = 0;
  #now = 0;

  constructor(bytes: Buffer) {
    const path = this.#newPath();
    this.sites.push(this.#openSite(path, new Installation(), bytes, new Set()));
    const site = this.sites[0] as Site;
    this.#learnOwn(site, 0, 'template');
  }

  close(): void {
    for (const { file } of this.sites) file.db.close();
  }

  site(index: number): Site {
    return this.sites[index % this.sites.length] as Site;
  }

  #newPath(): string {
    this.#paths += 1;
    return `/files/${this.#paths}.mou`;
  }

  #openSite(path: string, installation: Installation, bytes: Buffer, knows: ReadonlySet<Change>): Site {
    const db = connectSqlite(bytes);
    return { path, installation, file: this.#assemble(db, path, installation), knows: new Set(knows) };
  }

  #assemble(db: Database, path: string, records: WriterRecords): OpenFile {
    return assemble(db, path, null, { records, author: null, isExclusive: true, now: () => this.#now });
  }

  // What people do.

  write(index: number, atMs: number, writes: readonly Write[]): void {
    this.#act(index, atMs, ({ file }) =>
      writeBatch(file, { label: 'edit' }, (batch) => {
        const has = (table: string, key: unknown) =>
          file.db.prepare(`SELECT 1 FROM ${table} WHERE id = ?`).get(key) !== undefined;
        for (const { entity, id, fields } of writes) {
          // In a part of a file nobody can choose what it does not hold.
          const { pkOwnerId = null, instrumentId = null } = fields;
          if (pkOwnerId !== null && !has('person', pkOwnerId)) continue;
          if (instrumentId !== null && !has('instrument', instrumentId)) continue;
          if (has(entity, id)) batch.set(entity, id, fields);
          else batch.create(entity, id, { ...REQUIRED[entity], ...fields });
        }
        return ok(undefined);
      }),
    );
  }

  undo = (index: number, atMs: number): void => this.#act(index, atMs, ({ file }) => undoLast(file));
  redo = (index: number, atMs: number): void => this.#act(index, atMs, ({ file }) => redoLast(file));

  /** Decides one of the conflicts of a copy with one of the values that stand. */
  decide(index: number, atMs: number, pick: number): void {
    this.#act(index, atMs, ({ file }) => {
      const cells = file.db
        .prepare(
          `SELECT e.name AS entity, r.key AS id, f.name AS field FROM conflict c JOIN entity_row r ON r.id = c.row
           JOIN entity e ON e.id = r.entity JOIN field f ON f.id = c.field ORDER BY r.key, f.name`,
        )
        .all() as { entity: EntityName; id: string; field: string }[];
      const cell = cells[pick % Math.max(1, cells.length)];
      if (!cell) return;
      const { entity, id, field } = cell;
      writeBatch(file, { label: 'decide' }, (batch) => {
        const shown = file.db.prepare(`SELECT ${field} FROM ${entity} WHERE id = ?`).pluck().get(id);
        batch.set(entity, id, { [field]: shown });
        return ok(undefined);
      });
    });
  }

  #act(index: number, atMs: number, act: (site: Site) => unknown): void {
    const site = this.site(index);
    this.#now = atMs;
    this.#writes += 1;
    const name = `w${this.#writes}`;
    site.file.author = { name, post: null };
    const before = lastBatch(site.file.db);
    act(site);
    this.#learnOwn(site, before, name);
  }

  /** The batches that a copy has written itself: their author knew all that the copy held. */
  #learnOwn(site: Site, after: number, name: string): void {
    const seen = new Set(site.knows);
    for (const { row, field, value, at } of changesOf(site.file.db, after))
      site.knows.add({ batch: name, row, field, value, at, seen });
  }

  /** Closes in order and opens again. */
  reopen(index: number): void {
    const site = this.site(index);
    site.file.replica.close();
    site.file = this.#assemble(site.file.db, site.path, site.installation);
  }

  /** The file as the version before left it; this one brings it up to date. */
  update(index: number): void {
    const { db } = this.site(index).file;
    db.exec('DROP TABLE search_pending; DROP TABLE search');
    createSearch.up(db);
    db.pragma('user_version = 40');
    migrate(db);
    expect(db.pragma('user_version', { simple: true })).toBe(SCHEMA_VERSION);
    this.reopen(index);
  }

  /** Killed: nothing is remembered. */
  crash(index: number): void {
    const site = this.site(index);
    site.file = this.#assemble(site.file.db, site.path, site.installation);
  }

  /** `cp`, by somebody else; with `isCloned` the writer's own memory is copied along, so that one name has two writers. */
  copy(index: number, { isCloned }: { isCloned: boolean }, most: number): void {
    this.reopen(index);
    const { path, installation, file, knows } = this.site(index);
    const place = isCloned ? { path, installation: installation.clone() } : this.#otherPlace();
    this.#settle(this.#openSite(place.path, place.installation, file.db.serialize(), knows), most);
  }

  #otherPlace(): { path: string; installation: Installation } {
    return { path: this.#newPath(), installation: new Installation() };
  }

  /** At most so many copies are kept: a new one takes the place of the second, never of the first. */
  #settle(site: Site, most: number): void {
    if (this.sites.length >= most) this.sites.splice(1, 1)[0]?.file.db.close();
    this.sites.push(site);
  }

  keepSnapshot(index: number): void {
    const { file, knows } = this.site(index);
    this.#snapshots.push({ bytes: file.db.serialize(), knows: new Set(knows) });
  }

  /** An old copy at the place of a newer one: a backup, or yesterday's stick. */
  restore(index: number, pick: number): void {
    const snapshot = this.#snapshots[pick % Math.max(1, this.#snapshots.length)];
    if (!snapshot || this.sites.length < 2) return;
    const at = 1 + (index % (this.sites.length - 1));
    const { path, installation, file } = this.sites[at] as Site;
    file.replica.close();
    file.db.close();
    this.sites[at] = this.#openSite(path, installation, snapshot.bytes, snapshot.knows);
  }

  /** A part of a copy: the chosen instruments with what hangs on them. */
  restrict(index: number, instruments: readonly string[], most: number): void {
    const { file, knows } = this.site(index);
    const part = restrictedDatabase(file, { by: 'instrument', ids: [...instruments] });
    if (!part.ok) return;
    const bytes = part.value.serialize();
    const rows = new Set(
      part.value
        .prepare("SELECT e.name || '|' || r.key FROM entity_row r JOIN entity e ON e.id = r.entity")
        .pluck()
        .all() as string[],
    );
    part.value.close();
    this.happened.parts += 1;
    const kept = [...knows].filter(({ row }) => rows.has(row));
    const { path, installation } = this.#otherPlace();
    this.#settle(this.#openSite(path, installation, bytes, new Set(kept)), most);
  }

  /** Merges other copies into one; the report has to say what the sets say. */
  merge(into: number, from: readonly number[], { rehearseFirst = false } = {}): void {
    const site = this.site(into);
    const others = [...new Set(from.map((index) => this.site(index)))].filter((one) => one !== site);
    const union = new Set([...site.knows, ...others.flatMap(({ knows }) => [...knows])]);
    const news = [...union].filter((change) => !site.knows.has(change));
    const sources = others.map(({ path, file }) => ({ path, db: file.db }));
    const before = site.file.db.serialize();
    // Of batches that nobody here has, it may still be news in which session they were written.
    const known = new Set(sessionTokens(site.file.db));
    const isLearning = others.some(({ file }) => sessionTokens(file.db).some((token) => !known.has(token)));

    if (rehearseFirst) {
      const announced = unwrap(mergeOpenFiles(site.file, sources, { isDryRun: true }));
      expect(site.file.db.serialize().equals(before), 'a rehearsal changes nothing').toBe(true);
      expect(announced.changes).toBe(news.length);
      expect(cellsOf(announced.conflicts)).toEqual(conflictsWith(union, news));
    }
    const report = unwrap(mergeOpenFiles(site.file, sources, { isDryRun: false }));
    expect(report.changes).toBe(news.length);
    expect(report.batches.length).toBe(new Set(news.map(({ batch }) => batch)).size);
    const named = site.file.db.prepare(
      'SELECT b.at FROM batch b JOIN replica r ON r.id = b.replica WHERE r.key = ? AND b.seq = ?',
    );
    for (const { replica, seq, at } of report.batches) expect(named.pluck().get(replica, seq)).toBe(at);
    expect(cellsOf(report.conflicts)).toEqual(conflictsWith(union, news));
    if (news.length === 0 && report.forks.length === 0 && !isLearning)
      expect(site.file.db.serialize().equals(before), 'a merge that brings nothing changes nothing').toBe(true);
    this.#count(site, report);
    site.knows = union;
  }

  #count({ file }: Site, { changes, conflicts, forks }: MergeReport): void {
    this.happened.merges += changes > 0 ? 1 : 0;
    this.happened.conflicts += conflicts.length;
    this.happened.keptRows += conflicts.filter(({ field }) => field === 'deleted').length;
    this.happened.forks += forks.length;
    const late = 'SELECT 1 FROM merged_change WHERE event = (SELECT max(id) FROM merge_event)';
    this.happened.completions += changes > 0 && file.db.prepare(late).get() ? 1 : 0;
  }

  /** Merges and takes the merge back at once: everything shows what it showed before. */
  mergeAndUndo(into: number, from: readonly number[], atMs: number): void {
    const site = this.site(into);
    const before = stateOf(site.file.db);
    this.merge(into, from);
    const merged = stateOf(site.file.db);
    this.#act(into, atMs, ({ file }) => {
      if (JSON.stringify(merged) === JSON.stringify(before)) return;
      const undone = undoLast(file);
      this.happened.mergesTakenBack += undone.ok ? 1 : 0;
      const state = stateOf(file.db);
      expect(state.rows, JSON.stringify(undone)).toEqual(before.rows);
      for (const conflict of state.conflicts) expect(before.conflicts).toContain(conflict);
    });
  }

  // What must hold.

  /** The copy's log is the union of what it knows, its tables and conflicts follow from the sets. */
  expectTruth(site: Site): void {
    const { db } = site.file;
    const held = changesOf(db, 0).map(({ batch, row, field, value, at }) =>
      [batch, row, field, value, at].join('\u0001'),
    );
    const known = [...site.knows].map(({ batch, row, field, value, at }) =>
      [batch, row, field, value, at].join('\u0001'),
    );
    expect(held.sort()).toEqual(known.sort());
    expect(conflictCells(db)).toEqual(conflictsIn(site.knows));
    const rows = new Map(
      ENTITY_NAMES.flatMap((entity) =>
        (prepared(db, `SELECT * FROM ${entity}`).all() as Record<string, CellValue>[]).map((row) => [
          `${entity}|${row.id}`,
          row,
        ]),
      ),
    );
    for (const [cell, values] of shownValues(site.knows)) {
      const [entity, id, field] = cell.split('|') as [string, string, string];
      const shown = rows.get(`${entity}|${id}`)?.[field] ?? null;
      if (!values.includes(shown)) expect(values, cell).toContain(shown);
    }
  }

  expectSound(site: Site): void {
    expect(checkFile(site.file)).toEqual([]);
    const wasteful = "SELECT count(*) FROM change WHERE typeof(value) = 'real' AND value = cast(value AS INTEGER)";
    expect(site.file.db.prepare(wasteful).pluck().get(), 'whole numbers take a few bytes').toBe(0);
  }

  /** Everybody merges everything, one way or another. */
  exchange(way: number): void {
    const all = this.sites.map((_, index) => index);
    const [first = 0, ...others] = way % 2 === 0 ? all : all.toReversed();
    if (way % 3 === 0) this.merge(first, others);
    else for (const other of others) this.merge(first, [other]);
    if (way % 5 === 0) for (const other of others) this.merge(other, all);
    else for (const other of others) this.merge(other, [first]);
  }

  /** Merging on changes nothing more, not a byte. */
  expectNothingNew(): void {
    const last = this.sites.length - 1;
    this.merge(0, [last]);
    this.merge(last, [0]);
  }

  expectAllIdentical(): void {
    const [first, ...others] = this.sites.map(({ file }) => identityOf(file.db));
    for (const other of others) expect(other).toEqual(first);
  }
}

const REQUIRED: Partial<Record<EntityName, Record<string, CellValue>>> = {
  instrument: { title: 'x', stage: 'not-started' },
  person: { name: 'x' },
  note: { text: 'x' },
};

const lastBatch = (db: Database): number =>
  (prepared(db, 'SELECT coalesce(max(id), 0) AS last FROM batch').get() as { last: number }).last;

interface HeldChange {
  batch: string;
  row: string;
  field: string;
  value: CellValue;
  at: number;
}

const changesOf = (db: Database, after: number): HeldChange[] =>
  prepared(
    db,
    `SELECT coalesce(a.name, 'template') AS batch, e.name || '|' || r.key AS row, f.name AS field, c.value AS value, b.at AS at
     FROM change c JOIN batch b ON b.id = c.batch LEFT JOIN author a ON a.id = b.author JOIN field f ON f.id = c.field
     JOIN entity_row r ON r.id = c.row JOIN entity e ON e.id = r.entity WHERE b.id > ?`,
  ).all(after) as HeldChange[];

// The oracle.

function byCell(changes: Iterable<Change>): Map<string, Change[]> {
  const cells = new Map<string, Change[]>();
  for (const change of changes) {
    const cell = `${change.row}|${change.field}`;
    cells.set(cell, [...(cells.get(cell) ?? []), change]);
  }
  return cells;
}

const headsIn = (changes: readonly Change[]): Change[] =>
  changes.filter((one) => !changes.some((other) => other.seen.has(one)));

/** A deletion against an edit, each made without knowledge of the other. */
function isKept(heads: readonly Change[], ofRow: readonly Change[]): boolean {
  const deletions = heads.filter(({ field, value }) => field === 'deleted' && value === 1);
  return (
    deletions.length > 0 &&
    ofRow.some(
      (change) =>
        deletions.every((deletion) => deletion.batch !== change.batch && !deletion.seen.has(change)) &&
        deletions.some((deletion) => !change.seen.has(deletion)),
    )
  );
}

function* cellStates(
  knows: ReadonlySet<Change>,
): Generator<{ cell: string; heads: Change[]; isConflict: boolean; isKept: boolean }> {
  const rows = new Map<string, Change[]>();
  for (const change of knows) rows.set(change.row, [...(rows.get(change.row) ?? []), change]);
  for (const [cell, changes] of byCell(knows)) {
    const heads = headsIn(changes);
    const kept = isKept(heads, rows.get(changes[0]?.row ?? '') ?? []);
    yield { cell, heads, isKept: kept, isConflict: kept || new Set(heads.map(({ value }) => value)).size > 1 };
  }
}

const conflictsIn = (knows: ReadonlySet<Change>): string[] =>
  [...cellStates(knows)]
    .filter(({ isConflict }) => isConflict)
    .map(({ cell }) => cell)
    .sort();

/** Conflicts of the union that something new has part in: in their cell, or for a deletion in their row. */
function conflictsWith(union: ReadonlySet<Change>, news: readonly Change[]): string[] {
  const touched = new Set(news.flatMap(({ row, field }) => [`${row}|${field}`, `${row}|deleted`]));
  return conflictsIn(union).filter((cell) => touched.has(cell));
}

/** What each cell may show: the latest of its heads, by their authors' clocks. */
function shownValues(knows: ReadonlySet<Change>): Map<string, CellValue[]> {
  const shown = new Map<string, CellValue[]>();
  for (const { cell, heads, isKept: kept } of cellStates(knows)) {
    const latest = Math.max(...heads.map(({ at }) => at));
    shown.set(cell, kept ? [0] : heads.filter(({ at }) => at === latest).map(({ value }) => value));
  }
  return shown;
}

// Reading files.

const conflictCells = (db: Database): string[] =>
  (
    prepared(
      db,
      `SELECT e.name || '|' || r.key || '|' || f.name AS cell FROM conflict c JOIN entity_row r ON r.id = c.row
       JOIN entity e ON e.id = r.entity JOIN field f ON f.id = c.field`,
    ).all() as { cell: string }[]
  )
    .map(({ cell }) => cell)
    .sort();

const cellsOf = (conflicts: readonly Conflict[]): string[] =>
  conflicts.map(({ entity, id, field }) => `${entity}|${id}|${field}`).sort();

/** What people see: rows that are not deleted, and what stands in conflict among them. */
export function stateOf(db: Database): { rows: Record<string, unknown[]>; conflicts: string[] } {
  const rows = Object.fromEntries(
    ENTITY_NAMES.map((entity) => {
      const where = entity === 'file' ? '' : 'WHERE deleted = 0';
      const found = db.prepare(`SELECT * FROM ${entity} ${where} ORDER BY id`).all() as Record<string, unknown>[];
      return [entity, found.map(({ row: _row, touchedAt: _touchedAt, ...fields }) => fields)];
    }),
  );
  const isDeleted = (cell: string) => {
    const [entity = '', id] = cell.split('|');
    return entity !== 'file' && db.prepare(`SELECT deleted FROM ${entity} WHERE id = ?`).pluck().get(id) === 1;
  };
  return { rows, conflicts: conflictCells(db).filter((cell) => !isDeleted(cell)) };
}

/** Everything that copies share, in names instead of local numbers; who had seen what as a vector for each batch. */
function identityOf(db: Database) {
  const causality = Causality.load(db);
  const keys = new Map(db.prepare('SELECT id, key FROM replica').raw().all() as [number, string][]);
  const batches = db
    .prepare(
      `SELECT b.id, b.replica, b.seq, b.at, a.name, b.kind, l.code, b.revertsReplica, b.revertsSeq, b.token, b.changes, b.held
       FROM batch b LEFT JOIN author a ON a.id = b.author JOIN label l ON l.id = b.label`,
    )
    .raw()
    .all() as [number, number, number, number, string, number, string, number | null, number | null, ...number[]][];
  const describe = ([
    ,
    replica,
    seq,
    at,
    author,
    kind,
    label,
    revertsReplica,
    revertsSeq,
    ...counts
  ]: (typeof batches)[0]) =>
    [
      keys.get(replica),
      seq,
      at,
      author,
      kind,
      label,
      revertsReplica === null ? null : keys.get(revertsReplica),
      revertsSeq,
      ...counts,
      ...[...causality.vectorAt(replica, seq)].map(([other, upTo]) => `${keys.get(other)}:${upTo}`).sort(),
    ].join(' ');
  return {
    state: stateOf(db),
    conflicts: conflictCells(db),
    deleted: ENTITY_NAMES.filter((entity) => entity !== 'file').map((entity) =>
      db.prepare(`SELECT id FROM ${entity} WHERE deleted = 1 ORDER BY id`).pluck().all(),
    ),
    touchedAt: db.prepare('SELECT id, touchedAt FROM instrument ORDER BY id').raw().all(),
    batches: batches.map(describe).sort(),
    // Of what is held: sessions beyond it are learned when they matter.
    sessions: (
      db
        .prepare(
          'SELECT r.key, s.seq, s.token FROM session s JOIN replica r ON r.id = s.replica WHERE s.seq <= (SELECT max(seq) FROM batch b WHERE b.replica = s.replica)',
        )
        .raw()
        .all() as unknown[][]
    )
      .map((session) => session.join(' '))
      .sort(),
    changes: changesOf(db, 0)
      .map(({ batch, row, field, value }) => [batch, row, field, value].join(' '))
      .sort(),
    documents: documentsOf(db),
    inconsistencies: listInconsistencies({ db, names: new Names(db) }),
  };
}

/** How many rows can be found by their words, by way of the index or read themselves. */
function documentsOf(db: Database): number {
  const pending = db.prepare('SELECT document FROM search_pending').pluck().all() as number[];
  const indexed = db.prepare('SELECT rowid FROM search EXCEPT SELECT document FROM search_pending').all().length;
  return indexed + pending.filter((document) => documentText(db, document) !== null).length;
}

const sessionTokens = (db: Database): number[] => db.prepare('SELECT token FROM session').pluck().all() as number[];
