/**
 * The other processes, played in memory: a file with rows that can be edited, taken back and searched, and a main
 * process that answers dialogs at once. For component tests and for looking at pages in a plain browser.
 */
import type {
  Contract,
  EventPayload,
  fileApi,
  fileEvents,
  HistoryEntry,
  OpenFile,
  Preferences,
  Profile,
  RecentFile,
  SearchHit,
  shellApi,
} from '../../shared/api.ts';
import type { ShellBridge } from '../../shared/bridge.ts';
import { type CivilDate, todayCivil } from '../../shared/civilDate.ts';
import type { CellValue } from '../../shared/entities/index.ts';
import type { Instrument } from '../../shared/entities/instrument.ts';
import type { Note } from '../../shared/entities/note.ts';
import type { Body, Person } from '../../shared/entities/person.ts';
import type { Target } from '../../shared/entities/target.ts';
import type { AppError } from '../../shared/errors.ts';
import { buildStatusReport } from '../../shared/report/buildStatusReport.ts';
import { err, ok } from '../../shared/result.ts';
import type { Handlers } from '../../shared/rpc/server.ts';
import { checkDeadline } from '../../shared/rules/deadline.ts';
import { findMatches, foldedWords, foldText } from '../../shared/text/searchText.ts';
import {
  fakeBodies,
  fakeId,
  fakeInstrument,
  fakeNotes,
  fakePersons,
  fakeRegister,
  fakeTargets,
} from './fakeRegister.ts';

type FileApi = typeof fileApi;
type Changed = EventPayload<typeof fileEvents, 'changed'>;

/** One table, id to row. Rows are replaced, never changed, so that a copy of the maps is a snapshot. */
interface Rows {
  instrument: Map<string, Instrument>;
  person: Map<string, Person>;
  body: Map<string, Body>;
  note: Map<string, Note>;
  support: Map<string, readonly string[]>;
}
type Table = Exclude<keyof Rows, 'support'>;

export interface FakeFileOptions {
  instruments?: Instrument[];
  persons?: Person[];
  bodies?: Body[];
  notes?: Note[];
  targets?: Target[];
  today?: CivilDate;
}

export interface FakeFile {
  handlers: Handlers<FileApi>;
  onChanged: (listener: (changed: Changed) => void) => void;
  rows: Rows;
  /** Answers the next write with this refusal. */
  refuseNext: (error: AppError) => void;
}

const mapOf = <T extends { id: string }>(rows: readonly T[]): Map<string, T> =>
  new Map(rows.map((row) => [row.id, row]));

const LIST_COLUMNS = Object.keys(fakeInstrument(1)) as (keyof Instrument)[];

export function createFakeFile(options: FakeFileOptions = {}): FakeFile {
  const today = options.today ?? todayCivil();
  const targets = options.targets ?? fakeTargets();
  const rows: Rows = {
    instrument: mapOf(options.instruments ?? fakeRegister(today)),
    person: mapOf(options.persons ?? fakePersons()),
    body: mapOf(options.bodies ?? fakeBodies()),
    note: mapOf(options.notes ?? fakeNotes(today)),
    support: new Map(),
  };
  const history: HistoryEntry[] = [];
  const done: { label: string; seq: number; before: Rows; after: Rows }[] = [];
  const undone: typeof done = [];
  const listeners = new Set<(changed: Changed) => void>();
  let lastSeq = 0;
  let lastId = 1000;
  let refusal: AppError | null = null;

  const newId = () => {
    lastId += 1;
    return fakeId(9, lastId);
  };
  const snapshot = (): Rows => ({
    instrument: new Map(rows.instrument),
    person: new Map(rows.person),
    body: new Map(rows.body),
    note: new Map(rows.note),
    support: new Map(rows.support),
  });
  const undoState = () => ({ undo: done.at(-1)?.label ?? null, redo: undone.at(-1)?.label ?? null });
  const announce = (before: Rows) => {
    const changedIds = [...new Set([...before.instrument.keys(), ...rows.instrument.keys()])].filter(
      (id) => before.instrument.get(id) !== rows.instrument.get(id),
    );
    const touched = (['person', 'body', 'note'] as const).filter((table) =>
      [...new Set<string>([...before[table].keys(), ...rows[table].keys()])].some(
        (id) => before[table].get(id) !== rows[table].get(id),
      ),
    );
    const noteOwners = [...rows.note.values()].filter((note) => before.note.get(note.id) !== note);
    const instrumentIds = [...new Set([...changedIds, ...noteOwners.map((note) => note.instrumentId)])];
    for (const listener of listeners)
      listener({
        instrumentIds,
        entities: ['instrument', ...touched],
        isBulk: false,
        undo: undoState(),
        at: Date.now(),
      });
  };

  /** One batch: runs the edit, remembers both sides of it, and tells everybody. */
  const write = (label: string, edit: () => void) => {
    if (refusal) {
      const error = refusal;
      refusal = null;
      return err(error);
    }
    const before = snapshot();
    edit();
    lastSeq += 1;
    const batch = { replica: 'fake', seq: lastSeq };
    done.push({ label, seq: lastSeq, before, after: snapshot() });
    undone.length = 0;
    history.unshift(entryOf(batch, 'edit', label, before, rows));
    announce(before);
    return ok({ batch });
  };

  const setFields = <T extends Table>(table: T, ids: readonly string[], fields: object) => {
    const map = rows[table] as Map<string, object>;
    for (const id of ids) {
      const row = map.get(id);
      if (row) map.set(id, { ...row, ...fields, ...(table === 'instrument' ? { touchedAt: Date.now() } : {}) });
    }
  };

  const restore = (to: Rows) => {
    const before = snapshot();
    Object.assign(rows, {
      instrument: new Map(to.instrument),
      person: new Map(to.person),
      body: new Map(to.body),
      note: new Map(to.note),
      support: new Map(to.support),
    });
    return before;
  };

  const revert = (kind: 'undo' | 'redo') => {
    const step = (kind === 'undo' ? done : undone).pop();
    if (!step) return err({ code: 'nothing-to-redo' as const, details: {} });
    (kind === 'undo' ? undone : done).push(step);
    const before = restore(kind === 'undo' ? step.before : step.after);
    lastSeq += 1;
    const batch = { replica: 'fake', seq: lastSeq };
    history.unshift(entryOf(batch, kind, step.label, before, rows));
    announce(before);
    return ok({ batch, label: step.label, reverted: 1, kept: 0 });
  };

  const listed = () => [...rows.instrument.values()].sort((a, b) => (a.number ?? 1e9) - (b.number ?? 1e9));
  const blockOf = (found: readonly Instrument[]) => ({
    columns: [...LIST_COLUMNS] as string[],
    rows: found.map((row) => LIST_COLUMNS.map((column) => row[column])),
  });
  const textOf = (row: Instrument) =>
    foldText(
      [
        row.number,
        row.title,
        row.summary,
        row.nextStep,
        rows.person.get(row.pkOwnerId ?? '')?.name,
        rows.person.get(row.kzOwnerId ?? '')?.name,
      ].join(' '),
    );
  const says = (text: string, words: readonly string[]) => words.every((word) => ` ${text}`.includes(` ${word}`));

  const played: Partial<Handlers<FileApi>> = {
    'file.info': () => ok({ ...fakeOpenFile().info, counts: FAKE_COUNTS }),
    'file.rename': () => ok({}),
    'instrument.list': (_, send) => {
      const all = listed();
      for (let from = 0; from < all.length; ) {
        const to = from + (from === 0 ? 100 : 1000);
        send(blockOf(all.slice(from, to)));
        from = to;
      }
      return ok({ total: all.length });
    },
    'instrument.rows': ({ ids }) =>
      ok(blockOf(ids.map((id) => rows.instrument.get(id)).filter((row) => row !== undefined))),
    'instrument.get': ({ id }) => {
      const instrument = rows.instrument.get(id);
      if (!instrument) return err({ code: 'not-found', details: { entity: 'instrument', id } });
      const notes = [...rows.note.values()]
        .filter((note) => note.instrumentId === id)
        .sort((a, b) => b.isPinned - a.isPinned || b.writtenAt - a.writtenAt);
      return ok({ instrument, supportingBodyIds: [...(rows.support.get(id) ?? [])], notes });
    },
    'instrument.create': ({ title, kind, sector, number }) => {
      const id = newId();
      const next = Math.max(0, ...[...rows.instrument.values()].map((row) => row.number ?? 0)) + 1;
      const row = { ...fakeInstrument(number ?? next), id, title, kind: kind ?? 'unknown', sector: sector ?? null };
      const written = write('create', () => rows.instrument.set(id, row as Instrument));
      return written.ok ? ok({ id, batch: written.value.batch }) : written;
    },
    'instrument.edit': ({ ids, fields }) => write('edit', () => setFields('instrument', ids, fields)),
    'instrument.moveDeadline': ({ ids, deadline, reason }) => {
      for (const id of ids) {
        const checked = checkDeadline(rows.instrument.get(id) ?? { startOn: null }, deadline);
        if (!checked.ok) return checked;
      }
      return write('move-deadline', () => {
        for (const id of ids)
          setFields('instrument', [id], {
            deadline,
            originalDeadline: movedFrom(rows.instrument.get(id), deadline),
            ...(reason ? { deadlineReason: reason } : {}),
          });
      });
    },
    'instrument.assignOwner': ({ ids, side, personId, newName }) =>
      write('assign-owner', () => {
        const id = newName === null ? personId : newId();
        if (newName !== null && id !== null)
          rows.person.set(id, {
            id: id as Person['id'],
            name: newName,
            post: null,
            bodyId: null,
            side,
            email: null,
            phone: null,
            deleted: 0,
          });
        setFields('instrument', ids, side === 'pk' ? { pkOwnerId: id } : { kzOwnerId: id });
      }),
    'instrument.overrideHealth': ({ id, health, reason }) =>
      write('override-health', () =>
        setFields('instrument', [id], {
          healthOverride: health,
          healthOverrideReason: health === null ? null : reason,
        }),
      ),
    'instrument.setSupportingBodies': ({ id, bodyIds }) =>
      write('support-bodies', () => {
        rows.support.set(id, bodyIds);
        setFields('instrument', [id], {});
      }),
    'instrument.delete': ({ ids }) =>
      write('delete', () => {
        for (const id of ids) rows.instrument.delete(id);
      }),
    'note.add': ({ instrumentId, text }) => {
      const id = newId();
      const note = { id, instrumentId, text, author: 'A. Khan', writtenAt: Date.now(), isPinned: 0, deleted: 0 };
      const written = write('note-add', () => {
        rows.note.set(id, note as Note);
        setFields('instrument', [instrumentId], {});
      });
      return written.ok ? ok({ id, batch: written.value.batch }) : written;
    },
    'note.edit': ({ id, text }) => write('note-edit', () => setFields('note', [id], { text })),
    'note.pin': ({ id, isPinned }) => write('note-pin', () => setFields('note', [id], { isPinned: isPinned ? 1 : 0 })),
    'note.delete': ({ id }) => write('note-delete', () => rows.note.delete(id)),
    'person.list': () => ok([...rows.person.values()]),
    'person.create': (fields) => {
      const id = newId();
      const written = write('person-create', () => rows.person.set(id, { ...fields, id, deleted: 0 } as Person));
      return written.ok ? ok({ id, batch: written.value.batch }) : written;
    },
    'person.edit': ({ id, fields }) => write('person-edit', () => setFields('person', [id], fields)),
    'person.delete': ({ id }) => write('person-delete', () => rows.person.delete(id)),
    'body.list': () => ok([...rows.body.values()]),
    'body.create': (fields) => {
      const id = newId();
      const written = write('body-create', () => rows.body.set(id, { ...fields, id, deleted: 0 } as Body));
      return written.ok ? ok({ id, batch: written.value.batch }) : written;
    },
    'body.edit': ({ id, fields }) => write('body-edit', () => setFields('body', [id], fields)),
    'body.delete': ({ id }) => write('body-delete', () => rows.body.delete(id)),
    'target.list': () => ok(targets),
    'target.edit': () => ok({ batch: null }),
    'risk.list': () => ok([]),
    'history.list': ({ instrumentId, field, before, limit }) => {
      const fits = history.filter(
        ({ changes }) =>
          instrumentId === undefined ||
          changes.some((change) => change.entityId === instrumentId && (field === undefined || change.field === field)),
      );
      const from = before === undefined ? 0 : before;
      const entries = fits.slice(from, from + limit);
      return ok({ entries, next: from + limit < fits.length ? from + limit : null });
    },
    'undo.state': () => ok(undoState()),
    'undo.last': () => revert('undo'),
    'undo.redo': () => revert('redo'),
    'undo.batch': () => revert('undo'),
    'search.query': ({ text, limit }) => {
      const words = foldedWords(text);
      if (words.length === 0) return ok({ hits: [], isMore: false });
      const hits: SearchHit[] = [];
      const add = (hit: Omit<SearchHit, 'marks'>) => hits.push({ ...hit, marks: findMatches(hit.excerpt, words) });
      for (const row of listed())
        if (says(textOf(row), words))
          add({
            kind: 'instrument',
            id: row.id,
            instrumentId: row.id,
            title: `${row.number} ${row.title}`,
            excerpt: row.nextStep ?? row.title,
          });
      for (const note of rows.note.values())
        if (says(foldText(note.text), words))
          add({
            kind: 'note',
            id: note.id,
            instrumentId: note.instrumentId,
            title: rows.instrument.get(note.instrumentId)?.title ?? '',
            excerpt: note.text,
          });
      for (const person of rows.person.values())
        if (says(foldText(person.name), words))
          add({
            kind: 'person',
            id: person.id,
            instrumentId: null,
            title: person.name,
            excerpt: [person.name, person.post].filter(Boolean).join(', '),
          });
      return ok({ hits: hits.slice(0, limit), isMore: hits.length > limit });
    },
    'search.instruments': ({ text }) => {
      const words = foldedWords(text);
      return ok({
        ids: listed()
          .filter((row) => says(textOf(row), words))
          .map((row) => row.id as string),
      });
    },
    'report.status': ({ asOf, since }) => {
      const facts = {
        title: 'Working Committee 2026',
        instruments: listed(),
        persons: [...rows.person.values()],
        bodies: [...rows.body.values()],
        targets,
        lastNotes: new Map(),
      };
      return ok(buildStatusReport(facts, { asOf, since: since && { on: since, facts }, preparedBy: null }));
    },
  };

  return {
    handlers: withRest(played),
    rows,
    onChanged: (listener) => listeners.add(listener),
    refuseNext: (error) => {
      refusal = error;
    },
  };
}

/** The history entry of a step: every cell that differs between the two. */
function entryOf(
  batch: HistoryEntry['batch'],
  kind: HistoryEntry['kind'],
  label: string,
  before: Rows,
  after: Rows,
): HistoryEntry {
  const changes: HistoryEntry['changes'] = [];
  for (const entity of ['instrument', 'person', 'body', 'note'] as const) {
    const ids = new Set<string>([...before[entity].keys(), ...after[entity].keys()]);
    for (const id of ids) {
      const was = (before[entity].get(id) ?? {}) as Record<string, CellValue>;
      const is = (after[entity].get(id) ?? {}) as Record<string, CellValue>;
      const named = (Object.keys(is).length > 0 ? is : was) as {
        number?: number;
        title?: string;
        name?: string;
        text?: string;
      };
      for (const field of Object.keys({ ...was, ...is }))
        if (was[field] !== is[field] && field !== 'id' && field !== 'touchedAt')
          changes.push({
            entity,
            entityId: id,
            entityLabel: named.title ? `${named.number} ${named.title}` : (named.name ?? named.text ?? ''),
            field,
            before: was[field] ?? null,
            after: is[field] ?? null,
            beforeName: nameOf(before, was[field]),
            afterName: nameOf(after, is[field]),
          });
    }
  }
  return {
    batch,
    kind,
    at: Date.now(),
    author: 'A. Khan',
    authorPost: 'Director',
    label,
    reverts: null,
    isUndone: false,
    changes: changes.slice(0, 50),
    changeCount: changes.length,
  };
}

/** What is not played here answers as a bug would, so that a contract may grow without this file. */
const withRest = <C extends Contract>(played: Partial<Handlers<C>>): Handlers<C> =>
  new Proxy(played as Handlers<C>, {
    get: (target, method) =>
      target[method as keyof C] ??
      (() => err({ code: 'unexpected', details: { logId: `not played: ${String(method)}` } })),
  });

/** The baseline: what was set before, else the deadline that is being left. */
const movedFrom = (row: Instrument | undefined, deadline: CivilDate | null): CivilDate | null =>
  row?.originalDeadline ?? (row && row.deadline !== deadline ? row.deadline : null);

const nameOf = (rows: Rows, value: CellValue | undefined): string | null =>
  typeof value === 'string' ? (rows.person.get(value)?.name ?? rows.body.get(value)?.name ?? null) : null;

const FAKE_COUNTS = {
  instruments: 37,
  persons: 5,
  bodies: 4,
  notes: 3,
  targets: 1,
  risks: 0,
  batches: 1,
  changes: 900,
  replicas: 1,
  conflicts: 0,
};

export const fakeOpenFile = (): OpenFile => ({
  name: 'Working Committee 2026.mou',
  folder: 'Documents',
  cameFrom: null,
  info: {
    fileId: fakeId(8, 1),
    title: 'Working Committee 2026',
    schemaVersion: 10,
    isReadOnly: false,
    readOnlyReason: null,
    lockedBy: null,
    restriction: null,
    sizeBytes: 122_880,
    conflicts: 0,
    lastChange: null,
  },
});

export interface FakeShellOptions {
  profile?: Profile | null;
  preferences?: Preferences;
  file?: OpenFile | null;
  recent?: RecentFile[];
  problem?: AppError | null;
  /** Overrides single methods. */
  methods?: Partial<Handlers<typeof shellApi>>;
}

/** Main's side of the bridge, and a way to speak for it. */
export function createFakeShell(
  options: FakeShellOptions = {},
): ShellBridge & { emit: (name: string, payload: unknown) => void } {
  const listeners = new Set<(name: string, payload: unknown) => void>();
  const emit = (name: string, payload: unknown) => {
    for (const listener of listeners) listener(name, payload);
  };
  const saved = (name: string) => ok({ saved: { token: 'saved-1', name, folder: 'Documents' } });
  const opened = () => ok({ file: fakeOpenFile() });
  const played: Partial<Handlers<typeof shellApi>> = {
    'app.start': () =>
      ok({
        version: '0.1.0',
        platform: 'linux',
        locale: 'en-GB',
        profile: options.profile === undefined ? { name: 'A. Khan', post: 'Director', side: 'pk' } : options.profile,
        preferences: options.preferences ?? { colorScheme: 'auto', density: 'comfortable' },
        file: options.file === undefined ? fakeOpenFile() : options.file,
        problem: options.problem ?? null,
        recent: options.recent ?? [],
      }),
    'profile.save': () => ok({}),
    'preferences.save': () => ok({}),
    'file.new': opened,
    'file.open': opened,
    'file.openRecent': opened,
    'file.forgetRecent': () => ok({}),
    'file.close': () => {
      emit('fileClosed', {});
      return ok({});
    },
    'export.register': () => saved('Register.csv'),
    'export.statusReport': () => saved('Status report.pdf'),
    'saved.showInFolder': () => ok({}),
    'saved.open': () => ok({}),
    'task.cancel': () => ok({}),
    'app.reload': () => ok({}),
    ...options.methods,
  };
  const methods = withRest<typeof shellApi>(played);
  return {
    emit,
    invoke: async (method, input) => {
      const handler = methods[method as keyof typeof shellApi] as unknown as (
        input: unknown,
        send: () => void,
      ) => never;
      return handler(input, () => {});
    },
    on: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
