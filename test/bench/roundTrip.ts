/** One durable edit from the window and back, in the running application. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { connectSqlite } from '../../db/sqlite.ts';
import { electronEnv, findElectron } from '../../scripts/electronRuntime.mjs';
import { PORT_MESSAGE } from '../../shared/bridge.ts';
import { STAGES } from '../../shared/entities/values.ts';
import { bareTable } from './bareTable.ts';
import { builtApp, newProfile } from './builtApp.ts';
import { dataFile } from './data/files.ts';
import { mulberry32, pick, whole } from './data/random.ts';
import { launch } from './electronApp.ts';
import { type BenchRow, line, midMean, quantile } from './measure.ts';

const ROUNDS = 9;
const EDITS = 60;
/** Before every edit, on both sides: people do not save twice in a row, and what the last edit set off has ended. */
const PAUSE_MS = 25;
const SETTLED_MS = 2_500;

/**
 * Run in the page: takes the application's own port to the database process (a new one, which the application takes into
 * use as well) and defines `benchEdit`. Calls are told apart from the application's by ids that it never reaches.
 */
const PREPARE = `new Promise((resolve, reject) => {
  addEventListener('message', ({ data, ports: [port] }) => {
    if (data !== ${JSON.stringify(PORT_MESSAGE)} || !port) return;
    let lastId = 1e9;
    const call = (method, input) => new Promise((done) => {
      const id = ++lastId;
      const listen = ({ data }) => {
        if (data.kind !== 'reply' || data.id !== id) return;
        port.removeEventListener('message', listen);
        done(data.reply);
      };
      port.addEventListener('message', listen);
      port.postMessage({ kind: 'call', id, method, input });
    });
    window.benchEdit = async (input) => {
      await new Promise((done) => setTimeout(done, ${PAUSE_MS}));
      const startedAt = performance.now();
      const reply = await call('instrument.edit', input);
      const ms = performance.now() - startedAt;
      if (!reply.ok) throw new Error(JSON.stringify(reply.error));
      return ms;
    };
    // The application has read the file again on its new port by then.
    setTimeout(resolve, 1000);
  });
  shell.invoke('app.reload', {});
  setTimeout(reject, 10000, new Error('no port came'));
})`;

export async function benchRoundTrip(): Promise<BenchRow> {
  const work = mkdtempSync(join(tmpdir(), 'mou-tracker-bench-round-'));
  try {
    const path = join(work, 'edited.mou');
    copyFileSync(dataFile('instruments10k'), path);
    const source = connectSqlite(path, { readonly: true });
    const ids = source.prepare('SELECT id FROM instrument').pluck().all() as string[];
    const barePath = join(work, 'bare.db');
    const table = bareTable(barePath, source);
    table.close();
    source.close();

    const folder = await builtApp(work);
    const bare = await bareProcess([barePath, ...table.pragmas]);
    const app = launch(folder, newProfile(work, 'edit'), [path]);
    const ours: number[][] = [];
    const floor: number[][] = [];
    try {
      // Not before: what is evaluated in a page that is still loading goes with it.
      await sleep(SETTLED_MS);
      const page = await app.page();
      await page.evaluate(USABLE);
      await page.evaluate(PREPARE);
      const random = mulberry32(11);
      for (let round = -1; round < ROUNDS; round += 1) {
        const times = { ours: [] as number[], floor: [] as number[] };
        for (let count = 0; count < EDITS; count += 1) {
          const id = pick(random, ids);
          const fields = { stage: pick(random, STAGES), progress: whole(random, 0, 100) };
          const input = JSON.stringify({ ids: [id], fields });
          times.ours.push(await page.evaluate<number>(`benchEdit(${input})`));
          times.floor.push(await bare.update(id, fields));
        }
        if (round < 0) continue;
        ours.push(times.ours);
        floor.push(times.floor);
      }
    } finally {
      bare.close();
      await app.close();
    }

    const p95 = (values: number[]) => quantile(values, 0.95);
    const about = { floor: 'bare UPDATE in Electron', unit: 'ms' };
    const what = 'stage and progress of one of 10,000 instruments';
    return {
      title: 'One durable edit, from the window and back',
      lines: [
        line(
          { ...about, what: `${what}, mean of the middle half`, goals: [{ kind: 'ratio', atMost: 2 }] },
          ours.map(midMean),
          floor.map(midMean),
        ),
        line({ ...about, what: `${what}, p95`, goals: [] }, ours.map(p95), floor.map(p95)),
      ],
      how: [
        `In the running application with the register of 10,000 open: the page posts \`instrument.edit\` on the application's own port to the database process and waits for the answer; the window follows the \`changed\` event as always (reads the row, draws). ${ROUNDS} rounds of ${EDITS} after one to warm up, one edit of ours and one of the floor in turns, ${PAUSE_MS} ms before each.`,
        "Floor: the UPDATE of the row above, in the same Electron's Node (ELECTRON_RUN_AS_NODE) with the same better-sqlite3, in a process of its own. The middle half's mean, for a window's clock goes in steps of 0.1 ms.",
      ],
    };
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** Resolves when the register can be used. */
const USABLE = `new Promise((resolve, reject) => {
  const look = setInterval(() => {
    if (performance.getEntriesByName('register-usable').length === 0) return;
    clearInterval(look);
    resolve();
  }, 50);
  setTimeout(reject, 15000, new Error('the register did not come'));
})`;

interface BareProcess {
  update: (id: string, fields: unknown) => Promise<number>;
  close: () => void;
}

async function bareProcess(args: readonly string[]): Promise<BareProcess> {
  const runtime = findElectron();
  const child = spawn(runtime.path, [join(import.meta.dirname, 'bareUpdate.mjs'), ...args], {
    env: { ...electronEnv(runtime), ELECTRON_RUN_AS_NODE: '1' },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const ended = once(child, 'exit').then(() => Promise.reject(new Error('the bare UPDATE has ended')));
  ended.catch(() => undefined); // expected in the end; until then whoever waits is told
  let settle: (ms: number) => void = () => undefined;
  child.on('message', (ms: number) => settle(ms));
  const answer = () =>
    Promise.race([
      ended,
      new Promise<number>((resolve) => {
        settle = resolve;
      }),
    ]);
  await answer();
  return {
    update: (id, fields) => {
      const ms = answer();
      child.send({ id, fields, pauseMs: PAUSE_MS });
      return ms;
    },
    close: () => child.disconnect(),
  };
}
