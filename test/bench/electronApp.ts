/**
 * Starts Electron as the operating system would, by its executable, and asks the window afterwards: over DevTools' port,
 * and only when the moments to be measured are past, so that nothing but an idle port tells the run from an ordinary one.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { electronEnv, findElectron } from '../../scripts/electronRuntime.mjs';
import { isLinuxRoot } from '../../scripts/run.mjs';

const PATIENCE_MS = 20_000;

export interface ElectronApp {
  /** By the wall clock, ms since the epoch: what a window's performance.timeOrigin is compared with. */
  spawnedAtMs: number;
  pid: number;
  /** The window's page, once somebody wants to talk to it. */
  page: () => Promise<Page>;
  /** Closes the window as a person would and waits for the end. */
  close: () => Promise<void>;
}

export interface Page {
  /** The value of an expression in the page, awaited there. */
  evaluate: <T>(expression: string) => Promise<T>;
}

/** @param folder of the application (its package.json), `profile` its own user data. */
export function launch(folder: string, profile: string, args: readonly string[]): ElectronApp {
  const runtime = findElectron();
  const portFile = join(profile, 'DevToolsActivePort');
  rmSync(portFile, { force: true });
  const switches = [`--user-data-dir=${profile}`, '--remote-debugging-port=0'];
  const all = [folder, ...(isLinuxRoot() ? ['--no-sandbox'] : []), ...switches, ...args];
  const spawnedAtMs = performance.timeOrigin + performance.now();
  const child = spawn(runtime.path, all, { cwd: folder, env: electronEnv(runtime), stdio: 'ignore' });
  let connection: Promise<Connection> | null = null;
  const connect = () => {
    connection ??= connectToPage(portFile);
    return connection;
  };
  return {
    spawnedAtMs,
    pid: child.pid ?? 0,
    page: connect,
    close: async () => {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      if (child.exitCode !== null) return;
      const { send } = await connect();
      void send('Page.close', {}).catch(() => undefined);
      await Promise.race([ended, sleep(PATIENCE_MS, undefined, { ref: false })]);
      endByForce(child);
    },
  };
}

function endByForce(child: ChildProcess): void {
  if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
}

interface Connection extends Page {
  send: (method: string, params: unknown) => Promise<unknown>;
}

async function connectToPage(portFile: string): Promise<Connection> {
  const port = await untilFound(() => (existsSync(portFile) ? readFileSync(portFile, 'utf8').split('\n')[0] : null));
  const address = await untilFound(async () => {
    const targets = (await (await fetch(`http://127.0.0.1:${port}/json/list`)).json()) as {
      type: string;
      webSocketDebuggerUrl: string;
    }[];
    return targets.find(({ type }) => type === 'page')?.webSocketDebuggerUrl ?? null;
  });
  const socket = new WebSocket(address);
  await new Promise((resolve, reject) => {
    socket.onopen = resolve;
    socket.onerror = reject;
  });
  let lastId = 0;
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  socket.onmessage = ({ data }) => {
    const { id, result, error } = JSON.parse(String(data));
    const call = waiting.get(id);
    waiting.delete(id);
    if (error) call?.reject(new Error(error.message));
    else call?.resolve(result);
  };
  socket.onclose = () => {
    for (const { reject } of waiting.values()) reject(new Error('the window has gone'));
    waiting.clear();
  };
  const send = (method: string, params: unknown) =>
    new Promise<unknown>((resolve, reject) => {
      lastId += 1;
      waiting.set(lastId, { resolve, reject });
      socket.send(JSON.stringify({ id: lastId, method, params }));
    });
  return {
    send,
    evaluate: async <T>(expression: string): Promise<T> => {
      const answer = (await send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true })) as {
        result: { value: T };
        exceptionDetails?: { text: string; exception?: { description?: string } };
      };
      const problem = answer.exceptionDetails;
      if (problem) throw new Error(problem.exception?.description ?? problem.text);
      return answer.result.value;
    },
  };
}

async function untilFound<T>(look: () => T | null | undefined | Promise<T | null | undefined>): Promise<T> {
  const giveUpAt = performance.now() + PATIENCE_MS;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (performance.now() > giveUpAt) throw new Error('Electron did not open its window in time');
    await sleep(50);
  }
}

/** Memory of a process and all that descend from it, MB: shared pages counted in parts, so that the sum is true. Linux only. */
export function proportionalMemory(pid: number): number {
  const pids = [pid];
  const children = childrenByParent();
  for (const parent of pids) pids.push(...(children.get(parent) ?? []));
  const kilobytes = pids.map((one) => {
    try {
      return Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${one}/smaps_rollup`, 'utf8'))?.[1] ?? 0);
    } catch {
      return 0; // it has ended meanwhile
    }
  });
  return kilobytes.reduce((sum, value) => sum + value, 0) / 1024;
}

function childrenByParent(): Map<number, number[]> {
  const children = new Map<number, number[]>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      // The name in brackets may hold anything; state and parent follow the last bracket.
      const parent = Number(readFileSync(`/proc/${name}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[1]);
      children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
    } catch {
      // it has ended meanwhile
    }
  }
  return children;
}
