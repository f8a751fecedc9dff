import { describe, expect, test } from 'vitest';
import { fileHandlers, hostHandlers } from '../../db/handlers.ts';
import { closeFile } from '../../db/open.ts';
import type { OpenFile } from '../../db/openFile.ts';
import { Session } from '../../db/session.ts';
import { FIRST_BLOCK_ROWS, fileApi, type fileEvents, hostApi, type InstrumentBlock } from '../../shared/api.ts';
import { connect } from '../../shared/rpc/client.ts';
import type { Channel, Request, Response } from '../../shared/rpc/messages.ts';
import { serve } from '../../shared/rpc/server.ts';
import { createTranslator } from '../../shared/text/translator.ts';
import { AUTHOR, memoryRecords, newFile, refusalOf, unwrap } from '../helpers/tempFile.ts';

/** Two ends of one line; messages are copied, as between processes. */
function line(): [Channel<Request, Response>, Channel<Response, Request>] {
  const listeners: { client?: (message: Response) => void; server?: (message: Request) => void } = {};
  return [
    {
      post: (message) => queueMicrotask(() => listeners.server?.(structuredClone(message))),
      listen: (onMessage) => {
        listeners.client = onMessage;
      },
    },
    {
      post: (message) => queueMicrotask(() => listeners.client?.(structuredClone(message))),
      listen: (onMessage) => {
        listeners.server = onMessage;
      },
    },
  ];
}

function served(file: OpenFile | null) {
  const [clientEnd, serverEnd] = line();
  const bugs: unknown[] = [];
  const logBug = (_: string, error: unknown) => {
    bugs.push(error);
    return 'log-1';
  };
  const post = serve<typeof fileApi, typeof fileEvents>(
    fileApi,
    fileHandlers(() => file),
    serverEnd,
    { logBug, checkOutputs: true },
  );
  return { ...connect<typeof fileApi, typeof fileEvents>(clientEnd), post, bugs };
}

describe('calls across the border', () => {
  test('an edit and its answer come through, with every output as the contract says', async () => {
    const file = newFile();
    const { api, bugs } = served(file);
    const blocks: InstrumentBlock[] = [];
    const { total } = unwrap(await api['instrument.list']({}, (block) => blocks.push(block)));
    expect(total).toBe(37);
    const [block] = blocks;
    const id = String(block?.rows[0]?.[block.columns.indexOf('id')]);
    unwrap(await api['instrument.edit']({ ids: [id], fields: { title: '  New  ' } }));
    expect(unwrap(await api['instrument.get']({ id })).instrument.title).toBe('New');
    const replies = [
      await api['file.info']({}),
      await api['person.list']({}),
      await api['body.list']({}),
      await api['target.list']({}),
      await api['risk.list']({}),
      await api['undo.state']({}),
    ];
    expect(replies.map(({ ok }) => ok)).not.toContain(false);
    unwrap(await api['history.list']({ limit: 10 }));
    unwrap(await api['search.query']({ text: 'rail', limit: 10 }));
    unwrap(await api['report.status']({ asOf: '2026-06-30' as never, since: '2026-03-01' as never }));
    expect(bugs).toEqual([]);
  });

  test('a method that is not in the contract is refused', async () => {
    const { api } = served(newFile());
    const call = api as unknown as Record<string, (input: unknown) => Promise<never>>;
    for (const method of ['instrument.destroy', 'file.open', '__proto__', 'constructor', 'toString'])
      expect(refusalOf(await (call[method] as (input: unknown) => Promise<never>)({}))).toMatchObject({
        code: 'invalid-call',
      });
  });

  test.each([
    ['instrument.get', {}],
    ['instrument.get', null],
    ['instrument.get', { id: 'x; DROP TABLE' }],
    ['instrument.edit', { ids: [], fields: {} }],
    ['instrument.edit', { ids: 'all', fields: {} }],
    ['history.list', { limit: 0 }],
    ['history.list', { limit: 1e9 }],
    ['search.query', { text: 'x'.repeat(501), limit: 5 }],
    ['undo.batch', { replica: 1, seq: 'x' }],
  ] as const)('a malformed input never reaches a command: %s %j', async (method, input) => {
    const file = newFile();
    const { api, bugs } = served(file);
    const batches = file.db.prepare('SELECT count(*) FROM batch').pluck();
    const before = batches.get();
    const call = api as unknown as Record<string, (input: unknown) => Promise<never>>;
    const error = refusalOf(await (call[method] as (input: unknown) => Promise<never>)(input));
    expect(['invalid-call', 'invalid-value']).toContain(error.code);
    expect({ bugs, batches: batches.get() }).toEqual({ bugs: [], batches: before });
  });

  test.each([
    [{ title: '' }, 'title', 'required'],
    [{ title: 'x'.repeat(501) }, 'title', 'too-long'],
    [{ deadline: '2027-02-30' }, 'deadline', 'date'],
    [{ progress: 101 }, 'progress', 'percent'],
    [{ progress: 1.5 }, 'progress', 'percent'],
    [{ stage: 'finished' }, 'stage', 'choice'],
    [{ number: 0 }, 'number', 'number-range'],
    [{ nextStep: 'a\u0007b' }, 'nextStep', 'control-characters'],
    [{ pkOwnerId: 'nobody' }, 'pkOwnerId', 'reference'],
  ])('a value that its field’s rule refuses is named with the rule: %j', async (fields, field, rule) => {
    const file = newFile();
    const { api } = served(file);
    const id = file.db.prepare('SELECT id FROM instrument LIMIT 1').pluck().get() as string;
    const error = refusalOf(await api['instrument.edit']({ ids: [id], fields: fields as never }));
    expect(error).toMatchObject({ code: 'invalid-value', details: { field, rule } });
  });

  test('fields that may not be set from outside are passed over', async () => {
    const file = newFile();
    const { api } = served(file);
    const id = file.db.prepare('SELECT id FROM instrument LIMIT 1').pluck().get() as string;
    const fields = { deleted: 1, originalDeadline: '2026-01-01', healthOverride: 'on-track', touchedAt: 5 };
    expect(unwrap(await api['instrument.edit']({ ids: [id], fields: fields as never })).batch).toBeNull();
  });

  test('a bug is answered with the log’s id and nothing of the stack', async () => {
    const file = newFile();
    const { api, bugs } = served(file);
    file.db.close();
    const error = refusalOf(await api['file.info']({}));
    expect(error).toEqual({ code: 'unexpected', details: { logId: 'log-1' } });
    expect(bugs).toHaveLength(1);
  });

  test('without an open file every method says so', async () => {
    const { api } = served(null);
    expect(refusalOf(await api['file.info']({})).code).toBe('no-file-open');
    expect(refusalOf(await api['instrument.list']({})).code).toBe('no-file-open');
    expect(refusalOf(await api['undo.last']({})).code).toBe('no-file-open');
  });

  test('the register streams block after block, all before the answer', async () => {
    const file = newFile({ from: 'empty' });
    const insert = file.db.prepare('INSERT INTO instrument (row, id, number, title) VALUES (?, ?, ?, ?)');
    const count = FIRST_BLOCK_ROWS + 50;
    for (let row = 1; row <= count; row++)
      insert.run(row, `01900001-0000-7000-8000-${String(row).padStart(12, '0')}`, row, `t${row}`);
    const { api } = served(file);
    const sizes: number[] = [];
    const reply = await api['instrument.list']({}, ({ rows }) => sizes.push(rows.length));
    expect({ sizes, total: unwrap(reply).total }).toEqual({ sizes: [FIRST_BLOCK_ROWS, 50], total: count });
  });

  test('calls that overlap find their own answers; events reach their listeners until they stop', async () => {
    const { api, post, on } = served(newFile());
    const texts = ['rail', 'trade', 'culture'];
    const replies = await Promise.all(texts.map((text) => api['search.query']({ text, limit: 1 })));
    const single = [];
    for (const text of texts) single.push(await api['search.query']({ text, limit: 1 }));
    expect(replies).toEqual(single);
    const heard: unknown[] = [];
    const stop = on('changed', (event) => heard.push(event));
    const event = { instrumentIds: [], entities: ['note'], isBulk: false, undo: { undo: null, redo: null }, at: 1 };
    post('changed', event);
    await new Promise((resolve) => setImmediate(resolve));
    stop();
    post('changed', event);
    await new Promise((resolve) => setImmediate(resolve));
    expect(heard).toEqual([event]);
  });

  test('when the other side is gone every open call is answered', async () => {
    const [clientEnd] = line();
    const { api, failAll } = connect<typeof fileApi, typeof fileEvents>(clientEnd);
    const waiting = api['file.info']({});
    failAll({ code: 'cancelled', details: {} });
    expect(refusalOf(await waiting).code).toBe('cancelled');
  });
});

describe('main’s calls', () => {
  test('open, refuse, replace and close a file', async () => {
    const [one, two] = [newFile(), newFile({ from: 'empty', title: 'Two' })];
    closeFile(one);
    closeFile(two);
    const session = new Session(memoryRecords(), null, () => undefined);
    const [clientEnd, serverEnd] = line();
    serve(hostApi, hostHandlers(session, createTranslator().t), serverEnd, { logBug: String, checkOutputs: true });
    const { api } = connect<typeof hostApi, Record<string, never>>(clientEnd);
    expect(unwrap(await api['file.open']({ path: one.path })).isReadOnly).toBe(false);
    unwrap(await api['author.set']({ ...AUTHOR }));
    expect(session.file?.author).toEqual(AUTHOR);
    expect(refusalOf(await api['file.open']({ path: `${one.path}.missing` })).code).toBe('file-missing');
    expect(session.file?.path).toBe(one.path);
    expect(unwrap(await api['file.open']({ path: two.path })).title).toBe('Two');
    expect(refusalOf(await api['author.set']({ name: '', post: null })).code).toMatch(/invalid/);
    unwrap(await api['file.close']({}));
    expect(session.file).toBeNull();
  });
});
