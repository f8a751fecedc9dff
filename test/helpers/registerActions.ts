/** Random things that people do to a file, and a world in which they happen to the file and to the model alike. */
import fc from 'fast-check';
import { expect } from 'vitest';
import { checkFile } from '../../db/check.ts';
import { fileHandlers } from '../../db/handlers.ts';
import { supportId } from '../../db/ids.ts';
import type { WriterRecords } from '../../db/log/replica.ts';
import { closeFile, openFile } from '../../db/open.ts';
import type { OpenFile } from '../../db/openFile.ts';
import { type BatchRef, fileApi } from '../../shared/api.ts';
import type { CivilDate } from '../../shared/civilDate.ts';
import { type CellValue, ENTITY_NAMES, type EntityName, fieldNames } from '../../shared/entities/index.ts';
import { KINDS, LEGAL_STATUSES, PRIORITIES, STAGES, TITLE_BASES } from '../../shared/entities/values.ts';
import type { Reply } from '../../shared/rpc/messages.ts';
import { serveCall } from '../../shared/rpc/server.ts';
import { type ModelBatch, RegisterModel } from './registerModel.ts';
import { AUTHOR, crash, optionsOf, unwrap } from './tempFile.ts';

/** Texts as they come from keyboards of three countries, from clipboards, and from trouble. */
const SAMPLES = [
  'Railway sector',
  'é',
  'ریلوے تعاون',
  'كراچی',
  'Көлік және логистика',
  '👩‍👩‍👧 x',
  "O'Brien; DROP TABLE instrument",
  '=1+1',
  'two\nlines',
  '%_"',
];
const plainText = fc
  .oneof(fc.constantFrom(...SAMPLES), fc.string({ unit: 'grapheme', maxLength: 12 }), fc.string({ maxLength: 5 }))
  .map((text) =>
    text
      .normalize('NFC')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: what the fields refuse
      .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\ufffe\uffff]/g, '')
      .trim(),
  );
const requiredText = plainText.map((text) => text || 'x');
const optionalText = plainText.map((text) => text || null);
const date = fc.option(
  fc.constantFrom(
    ...['2026-02-04', '2026-12-31', '2027-06-30', '2028-02-29', '1999-01-01'].map((day) => day as CivilDate),
  ),
);
/** Mostly the same few rows, so that edits meet. */
const pick = fc.oneof({ weight: 6, arbitrary: fc.nat(1) }, fc.nat(200));
const picks = fc.uniqueArray(pick, { minLength: 1, maxLength: 4 });
const side = fc.constantFrom('pk' as const, 'kz' as const);

const instrumentFields = fc.record(
  {
    number: fc.option(fc.integer({ min: 1, max: 99_999 })),
    title: requiredText,
    titleBasis: fc.constantFrom(...TITLE_BASES),
    kind: fc.constantFrom(...KINDS),
    sector: optionalText,
    summary: optionalText,
    stage: fc.constantFrom(...STAGES),
    legalStatus: fc.constantFrom(...LEGAL_STATUSES),
    priority: fc.constantFrom(...PRIORITIES),
    startOn: date,
    deadline: date,
    signedOn: date,
    expiresOn: date,
    progress: fc.option(fc.integer({ min: 0, max: 100 })),
    nextStep: optionalText,
  },
  { requiredKeys: [] },
);
const figure = fc.option(fc.double({ noNaN: true, noDefaultInfinity: true }));

const act = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('edit' as const), picks, fields: instrumentFields }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('deadline' as const),
      picks,
      deadline: date,
      reason: fc.option(plainText, { nil: undefined }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('owner' as const),
      picks,
      side,
      person: fc.option(pick),
      newName: fc.option(requiredText),
    }),
  },
  fc.record({
    do: fc.constant('health' as const),
    pick,
    health: fc.option(fc.constantFrom('on-track' as const, 'at-risk' as const)),
    reason: requiredText,
  }),
  fc.record({ do: fc.constant('bodies' as const), pick, picks: fc.uniqueArray(pick, { maxLength: 3 }) }),
  fc.record({
    do: fc.constant('create' as const),
    title: requiredText,
    number: fc.option(fc.integer({ min: 1, max: 50 }), { nil: undefined }),
  }),
  fc.record({ do: fc.constant('delete' as const), picks }),
  fc.record({ do: fc.constant('note' as const), pick, text: requiredText }),
  fc.record({ do: fc.constant('note-edit' as const), pick, text: requiredText }),
  fc.record({ do: fc.constant('note-pin' as const), pick, isPinned: fc.boolean() }),
  fc.record({ do: fc.constant('note-delete' as const), pick }),
  fc.record({ do: fc.constant('person' as const), name: requiredText, side: fc.option(side), body: fc.option(pick) }),
  fc.record({
    do: fc.constant('person-edit' as const),
    pick,
    fields: fc.record({ name: requiredText, post: optionalText, phone: optionalText }, { requiredKeys: [] }),
  }),
  fc.record({ do: fc.constant('person-delete' as const), pick }),
  fc.record({ do: fc.constant('body' as const), name: requiredText, shortName: optionalText }),
  fc.record({
    do: fc.constant('body-edit' as const),
    pick,
    fields: fc.record({ name: requiredText, side: fc.option(side) }, { requiredKeys: [] }),
  }),
  fc.record({ do: fc.constant('body-delete' as const), pick }),
  fc.record({
    do: fc.constant('target' as const),
    pick,
    fields: fc.record(
      { latest: figure, latestOn: date, unit: optionalText, isHeadline: fc.constantFrom(0 as const, 1 as const) },
      { requiredKeys: [] },
    ),
  }),
  fc.record({ do: fc.constant('rename' as const), title: requiredText }),
  { weight: 6, arbitrary: fc.record({ do: fc.constant('undo' as const) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('redo' as const) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('take-back' as const), pick }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('reopen' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('crash' as const) }) },
);

/** Clocks of offline PCs: right, standing still, set back, years ahead, before 1970. */
const clock = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: Date.UTC(2026, 2, 1), max: Date.UTC(2027, 0, 1) }) },
  fc.constantFrom(0, Date.UTC(2026, 5, 1), Date.UTC(2099, 0, 1), -86_400_000),
);

type Act = typeof act extends fc.Arbitrary<infer A> ? A : never;
export interface Action {
  clock: number;
  act: Act;
}
const at = (acts: fc.Arbitrary<Act>): fc.Arbitrary<Action> =>
  fc.tuple(clock, acts).map(([clock, act]) => ({ clock, act }));

export const action = at(act);

const few = fc.nat(1);
const fewFields = fc.record(
  {
    nextStep: fc.constantFrom('a', 'b', null),
    stage: fc.constantFrom(...STAGES.slice(0, 2)),
    deadline: fc.constantFrom('2026-12-31' as CivilDate, '2027-06-30' as CivilDate, null),
  },
  { requiredKeys: [] },
);

/** Two rows, few cells, few values, and much taking back: everything meets everything. */
const crowdedAct: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('edit' as const),
      picks: fc.uniqueArray(few, { minLength: 1 }),
      fields: fewFields,
    }),
  },
  fc.record({ do: fc.constant('create' as const), title: fc.constant('x'), number: fc.constant(undefined) }),
  fc.record({ do: fc.constant('delete' as const), picks: fc.tuple(few) }),
  fc.record({
    do: fc.constant('owner' as const),
    picks: fc.tuple(few),
    side,
    person: fc.option(few),
    newName: fc.constant('B. Khan'),
  }),
  fc.record({ do: fc.constant('bodies' as const), pick: few, picks: fc.uniqueArray(few) }),
  fc.record({ do: fc.constant('note' as const), pick: few, text: fc.constant('x') }),
  fc.record({ do: fc.constant('note-pin' as const), pick: few, isPinned: fc.boolean() }),
  { weight: 6, arbitrary: fc.record({ do: fc.constant('undo' as const) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('redo' as const) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('take-back' as const), pick: fc.nat(30) }) },
  fc.record({ do: fc.constant('reopen' as const) }),
);
export const crowdedAction = at(crowdedAct);

type Method = keyof typeof fileApi;
/** What any of the writing methods may answer with. */
interface Answer {
  id: string;
  batch: BatchRef | null;
  reverted: number;
}
type Writes = [EntityName, string, Record<string, CellValue>][];

export class World {
  file: OpenFile;
  readonly model = new RegisterModel();
  /** Batches of the model by their names in the file. */
  readonly #refs = new Map<ModelBatch, BatchRef>();
  readonly #records: WriterRecords;
  #now = 0;

  private constructor(file: OpenFile, records: WriterRecords) {
    this.file = file;
    this.#records = records;
    for (const entity of ENTITY_NAMES)
      this.model.seed(entity, file.db.prepare(`SELECT * FROM ${entity}`).all() as Record<string, unknown>[]);
  }

  static open(path: string, records: WriterRecords): World {
    const world = new World(unwrap(openFile(path, optionsOf({ records }))), records);
    world.file.now = () => world.#now;
    return world;
  }

  #reopen(): void {
    const { path } = this.file;
    this.file = unwrap(openFile(path, optionsOf({ records: this.#records, now: () => this.#now })));
  }

  async call(method: Method, input: unknown): Promise<Reply<Answer>> {
    const options = {
      checkOutputs: true,
      logBug: (_: string, error: unknown) => {
        throw error;
      },
    };
    const handlers = fileHandlers(() => this.file);
    const reply = await serveCall(fileApi, handlers, { method, input }, () => undefined, options);
    return reply as Reply<Answer>;
  }

  /** Calls, and does the same to the model; both have to have written, or not. */
  async #write(method: Method, input: unknown, writes: Writes): Promise<void> {
    const reply = await this.call(method, input);
    const { batch } = unwrap(reply);
    const written = this.model.write(this.#now, writes);
    if (method === 'file.rename') return this.#remember(written, this.#lastRef());
    expect(batch === null).toBe(written === null);
    this.#remember(written, batch ?? null);
  }

  #remember(batch: ModelBatch | null, ref: BatchRef | null): void {
    if (batch && ref) this.#refs.set(batch, ref);
  }

  #lastRef(): BatchRef {
    const select =
      'SELECT r.key AS replica, b.seq AS seq FROM batch b JOIN replica r ON r.id = b.replica ORDER BY b.id DESC LIMIT 1';
    return this.file.db.prepare(select).get() as BatchRef;
  }

  #ids(entity: EntityName, wanted: readonly number[]): string[] {
    const ids = this.model.ids(entity);
    return ids.length === 0 ? [] : [...new Set(wanted.map((index) => ids[index % ids.length] as string))];
  }

  #id(entity: EntityName, wanted: number | null): string | null {
    return wanted === null ? null : (this.#ids(entity, [wanted])[0] ?? null);
  }

  /** The rules of an instrument's edit: no deadline before the start, the one first moved away from kept, reasons cleared. */
  #edited(id: string, fields: Record<string, CellValue | undefined>): Record<string, CellValue> | null {
    const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Record<
      string,
      CellValue
    >;
    const now = (field: string) => this.model.get('instrument', id, field);
    const deadline = 'deadline' in given ? (given.deadline ?? null) : now('deadline');
    const startOn = 'startOn' in given ? (given.startOn ?? null) : now('startOn');
    const isMoved = 'deadline' in given || 'startOn' in given;
    if (isMoved && deadline !== null && startOn !== null && deadline < startOn) return null;
    if (deadline !== now('deadline') && !('deadlineReason' in given)) given.deadlineReason = null;
    if (deadline !== now('deadline') && now('deadline') !== null && now('originalDeadline') === null)
      given.originalDeadline = now('deadline');
    return given;
  }

  async #edit(method: Method, ids: string[], input: object, fields: Record<string, CellValue | undefined>) {
    const writes = ids.map((id) => ['instrument', id, this.#edited(id, fields)] as const);
    if (writes.some(([, , edited]) => edited === null)) {
      const reply = await this.call(method, { ids, ...input });
      expect(reply).toMatchObject({ ok: false, error: { code: 'deadline-before-start' } });
      return;
    }
    await this.#write(method, { ids, ...input }, writes as Writes);
  }

  async #create(method: Method, input: object, entity: EntityName, fields: Record<string, CellValue>): Promise<void> {
    const { id, batch } = unwrap(await this.call(method, input));
    this.#remember(this.model.write(this.#now, [[entity, id, { ...fields, deleted: 0 }]]), batch);
  }

  async #revert(method: 'undo.last' | 'undo.redo' | 'undo.batch', input: object, batch: ModelBatch | null) {
    const reply = await this.call(method, input);
    expect(reply.ok, `${method}: ${JSON.stringify(reply)}`).toBe(batch !== null);
    if (reply.ok && batch) {
      this.#remember(batch, reply.value.batch);
      expect(reply.value.reverted).toBe(batch.steps.length);
    }
  }

  async run({ clock, act }: Action): Promise<void> {
    this.#now = clock;
    switch (act.do) {
      case 'edit': {
        const ids = this.#ids('instrument', act.picks);
        if (ids.length > 0) await this.#edit('instrument.edit', ids, { fields: act.fields }, act.fields);
        return;
      }
      case 'deadline': {
        const ids = this.#ids('instrument', act.picks);
        const reason = act.reason === undefined ? undefined : act.reason || null;
        if (ids.length > 0)
          await this.#edit(
            'instrument.moveDeadline',
            ids,
            { deadline: act.deadline, reason: act.reason },
            { deadline: act.deadline, deadlineReason: reason },
          );
        return;
      }
      case 'owner':
        return this.#assign(act);
      case 'health': {
        const id = this.#id('instrument', act.pick);
        const healthOverrideReason = act.health === null ? null : act.reason;
        if (id)
          await this.#write('instrument.overrideHealth', { id, health: act.health, reason: act.reason }, [
            ['instrument', id, { healthOverride: act.health, healthOverrideReason }],
          ]);
        return;
      }
      case 'bodies':
        return this.#support(act.pick, act.picks);
      case 'create': {
        const numbers = this.model.ids('instrument').map((id) => this.model.get('instrument', id, 'number') as number);
        const next = Math.max(0, ...numbers) + 1;
        if (act.number === undefined && next > 99_999) return;
        await this.#create('instrument.create', { title: act.title, number: act.number }, 'instrument', {
          title: act.title,
          titleBasis: 'official',
          kind: 'unknown',
          sector: null,
          number: act.number ?? next,
          legalStatus: 'signed',
          stage: 'not-started',
          priority: 'normal',
        });
        return;
      }
      case 'delete': {
        const ids = this.#ids('instrument', act.picks);
        if (ids.length > 0)
          await this.#write(
            'instrument.delete',
            { ids },
            ids.map((id) => ['instrument', id, { deleted: 1 }]),
          );
        return;
      }
      case 'note': {
        const instrumentId = this.#id('instrument', act.pick);
        if (instrumentId)
          await this.#create('note.add', { instrumentId, text: act.text }, 'note', {
            instrumentId,
            text: act.text,
            author: AUTHOR.name,
            writtenAt: clock,
            isPinned: 0,
          });
        return;
      }
      case 'note-edit':
        return this.#one('note', act.pick, 'note.edit', { text: act.text }, { text: act.text });
      case 'note-pin':
        return this.#one('note', act.pick, 'note.pin', { isPinned: act.isPinned }, { isPinned: act.isPinned ? 1 : 0 });
      case 'note-delete':
        return this.#one('note', act.pick, 'note.delete', {}, { deleted: 1 });
      case 'person': {
        const fields = {
          name: act.name,
          post: null,
          bodyId: this.#id('body', act.body),
          side: act.side,
          email: null,
          phone: null,
        };
        return this.#create('person.create', fields, 'person', fields);
      }
      case 'person-edit':
        return this.#one('person', act.pick, 'person.edit', { fields: act.fields }, act.fields);
      case 'person-delete':
        return this.#one('person', act.pick, 'person.delete', {}, { deleted: 1 });
      case 'body': {
        const fields = { name: act.name, shortName: act.shortName, side: null };
        return this.#create('body.create', fields, 'body', fields);
      }
      case 'body-edit':
        return this.#one('body', act.pick, 'body.edit', { fields: act.fields }, act.fields);
      case 'body-delete':
        return this.#one('body', act.pick, 'body.delete', {}, { deleted: 1 });
      case 'target':
        return this.#one('target', act.pick, 'target.edit', { fields: act.fields }, act.fields);
      case 'rename': {
        const id = this.file.db.prepare('SELECT id FROM file').pluck().get() as string;
        return this.#write('file.rename', { title: act.title }, [['file', id, { title: act.title }]]);
      }
      case 'undo':
        return this.#revert('undo.last', {}, this.model.undoLast(clock));
      case 'redo':
        return this.#revert('undo.redo', {}, this.model.redoLast(clock));
      case 'take-back': {
        const batch = this.model.batches[act.pick % Math.max(1, this.model.batches.length)];
        if (batch)
          await this.#revert('undo.batch', this.#refs.get(batch) ?? {}, this.model.revert(batch, clock, 'undo').batch);
        return;
      }
      case 'reopen': {
        const before = { key: this.file.replica.key, state: this.file.undoStack.state() };
        closeFile(this.file);
        this.#reopen();
        expect({ key: this.file.replica.key, state: this.file.undoStack.state() }).toEqual(before);
        return;
      }
      case 'crash':
        crash(this.file);
        this.#reopen();
        if (this.file.replica.key === null) this.model.forgetSteps();
        return;
    }
  }

  async #one(
    entity: EntityName,
    wanted: number,
    method: Method,
    input: object,
    fields: Record<string, CellValue | undefined>,
  ) {
    const id = this.#id(entity, wanted);
    if (id) await this.#write(method, { id, ...input }, [[entity, id, fields as Record<string, CellValue>]]);
  }

  async #assign(act: Extract<Act, { do: 'owner' }>): Promise<void> {
    const ids = this.#ids('instrument', act.picks);
    if (ids.length === 0) return;
    const personId = this.#id('person', act.person);
    const field = act.side === 'pk' ? 'pkOwnerId' : 'kzOwnerId';
    const input = { ids, side: act.side, personId, newName: personId ? null : act.newName };
    if (personId !== null || act.newName === null)
      return this.#write(
        'instrument.assignOwner',
        input,
        ids.map((id) => ['instrument', id, { [field]: personId }]),
      );
    const known = new Set(this.file.db.prepare('SELECT id FROM person').pluck().all());
    const { batch } = unwrap(await this.call('instrument.assignOwner', input));
    const added = this.file.db
      .prepare('SELECT id FROM person')
      .pluck()
      .all()
      .find((id) => !known.has(id)) as string;
    const writes: Writes = [
      ['person', added, { name: act.newName, side: act.side, deleted: 0 }],
      ...ids.map((id): Writes[number] => ['instrument', id, { [field]: added }]),
    ];
    this.#remember(this.model.write(this.#now, writes), batch);
  }

  async #support(wanted: number, wantedBodies: readonly number[]): Promise<void> {
    const id = this.#id('instrument', wanted);
    if (!id) return;
    const bodyIds = this.#ids('body', wantedBodies);
    const before = this.model
      .ids('support')
      .filter((support) => this.model.get('support', support, 'instrumentId') === id);
    const after = new Map(bodyIds.map((bodyId) => [supportId(id, bodyId), bodyId]));
    await this.#write('instrument.setSupportingBodies', { id, bodyIds }, [
      ...[...after]
        .filter(([support]) => !before.includes(support))
        .map(([support, bodyId]): Writes[number] => ['support', support, { instrumentId: id, bodyId, deleted: 0 }]),
      ...before
        .filter((support) => !after.has(support))
        .map((support): Writes[number] => ['support', support, { deleted: 1 }]),
    ]);
  }

  /** What people see, but for when it was last written about. */
  visible(): unknown {
    return ENTITY_NAMES.map((entity) => {
      const fields = fieldNames(entity).map((field) => `"${field}"`);
      const where = entity === 'file' ? '' : 'WHERE deleted = 0';
      return this.file.db.prepare(`SELECT id, ${fields.join()} FROM ${entity} ${where} ORDER BY id`).all();
    });
  }

  /** The tables say what the model says. */
  expectAgreement(): void {
    for (const entity of ENTITY_NAMES) {
      if (entity === 'file') continue;
      const fields = fieldNames(entity).filter((field) => field !== 'deleted');
      const columns = [...fields, ...(entity === 'instrument' ? ['touchedAt'] : [])].map((field) => `"${field}"`);
      const select = `SELECT id, ${columns.join()} FROM ${entity} WHERE deleted = 0 ORDER BY id`;
      expect(this.file.db.prepare(select).all(), entity).toEqual(this.model.visible(entity, fields));
    }
  }

  /** The tables are what the log says, to the last cell. */
  expectSound(): void {
    expect(checkFile(this.file)).toEqual([]);
  }

  close(): void {
    if (this.file.db.open) closeFile(this.file);
  }
}
