/**
 * Pulls the plug a hundred times in the middle of edits: the database process and the whole application, kill -9.
 * Whatever was acknowledged as saved is in the file afterwards, and the file passes its own check every time.
 */
import { mou } from './commandLine.ts';
import { expect, type TrackerWindow, test } from './trackerApp.ts';

/** Each launch survives three deaths of the database process (more in a minute are not restarted), then dies itself. */
const LAUNCHES = 25;
const DATABASE_KILLS = 3;

/** Writes notes as fast as the file takes them, over the window's own port, and reports each that was saved. */
async function writeNotes(tracker: TrackerWindow, instrumentId: string, launch: number): Promise<void> {
  await tracker.page.evaluate(
    ({ instrumentId, launch }) => {
      const report = (window as unknown as { noteSaved: (text: string) => void }).noteSaved;
      let count = 0;
      const writeOn = (port: MessagePort) => {
        const next = () => {
          count += 1;
          port.postMessage({
            kind: 'call',
            id: 1e9 + count,
            method: 'note.add',
            input: { instrumentId, text: `${launch}-${count}` },
          });
        };
        port.addEventListener('message', ({ data }) => {
          if (data.kind !== 'reply' || data.id < 1e9) return;
          if (data.reply.ok) report(`${launch}-${data.id - 1e9}`);
          next();
        });
        port.start();
        next();
      };
      window.addEventListener('message', (event) => {
        const [port] = event.ports;
        if (event.data === 'mou-tracker:port' && port) writeOn(port);
      });
      // Hands the window a fresh port, as after a crash.
      void window.shell.invoke('app.reload', {});
    },
    { instrumentId, launch },
  );
}

/** Waits until a database process is at work that is not the one killed before, and has saved something. */
async function databaseAtWork(tracker: TrackerWindow, saved: readonly string[], killed: number): Promise<number> {
  await expect.poll(async () => ![0, killed].includes(await tracker.databasePid()), { timeout: 20_000 }).toBe(true);
  const before = saved.length;
  await expect.poll(() => saved.length, { timeout: 20_000 }).toBeGreaterThan(before + 2);
  await pause(Math.random() * 40);
  return tracker.databasePid();
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

test('a hundred sudden deaths lose nothing that was saved', async ({ desk }) => {
  test.setTimeout(600_000);
  desk.writeProfile();
  const path = desk.path('Committee.mou');
  mou('new', path);
  const [instrument] = JSON.parse(mou('list', path, '--json')) as { id: string }[];
  const saved: string[] = [];
  let deaths = 0;
  for (let launch = 1; launch <= LAUNCHES; launch += 1) {
    const tracker = await desk.start(path);
    await expect(tracker.grid).toBeVisible();
    await tracker.page.exposeFunction('noteSaved', (text: string) => saved.push(text));
    await writeNotes(tracker, instrument?.id ?? '', launch);
    let killed = 0;
    for (let kill = 0; kill < DATABASE_KILLS; kill += 1) {
      killed = await databaseAtWork(tracker, saved, killed);
      process.kill(killed, 'SIGKILL');
      deaths += 1;
    }
    const last = await databaseAtWork(tracker, saved, killed);
    const gone = new Promise((resolve) => tracker.app.process().once('exit', resolve));
    // The database process first, so that it cannot finish what the application had begun.
    process.kill(last, 'SIGKILL');
    tracker.app.process().kill('SIGKILL');
    await gone;
    deaths += 1;
    desk.forget();
    expect(JSON.parse(mou('check', path, '--json'))).toMatchObject({ ok: true });
  }
  const notes = JSON.parse(mou('export', path, '--what', 'notes', '--format', 'json')) as { text: string }[];
  const inFile = new Set(notes.map(({ text }) => text));
  expect(deaths).toBe(100);
  expect(saved.length).toBeGreaterThan(200);
  expect(saved.filter((text) => !inFile.has(text))).toEqual([]);
});
