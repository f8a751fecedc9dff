/**
 * The database process: started first of all, hands each window its port, started again after a crash.
 * What it is told here is the whole of its world: db/process.ts is the other end.
 */
import {
  app,
  MessageChannelMain,
  type MessagePortMain,
  type UtilityProcess,
  utilityProcess,
  type WebContents,
} from 'electron';
import type { Author, hostApi } from '../shared/api.ts';
import { CHANNELS, type DatabaseMessage } from '../shared/bridge.ts';
import { type Client, type ClientConnection, connect } from '../shared/rpc/client.ts';
import type { Channel, Request, Response } from '../shared/rpc/messages.ts';
import { log, logBug } from './log.ts';
import { outFolder } from './protocol.ts';

/** Within a minute; a process that dies more often is not going to be cured by another start. */
const MAX_RESTARTS = 3;

interface Listeners {
  /** The process has died, or was ended on purpose; calls that were under way have been answered. */
  onLost: (isOnPurpose: boolean) => void;
  /** A new process is there, with no file open. */
  onBack: () => void;
  /** It died too often and is not started again by itself; `restartDatabase` would. */
  onGivenUp: () => void;
}

let child: UtilityProcess | null = null;
let host: ClientConnection<typeof hostApi, Record<string, never>> | null = null;
let listeners: Listeners | null = null;
let author: () => Author | null = () => null;
let isStopping = false;
/** Ended on purpose, to stop what cannot be stopped otherwise. */
let isInterrupted = false;
const restartsMs: number[] = [];

/** Starts the process. Main needs it before anything else, because it takes longest to be ready. */
export function setupDatabase(currentAuthor: () => Author | null): void {
  author = currentAuthor;
  start();
}

/** Whoever keeps track of the open file listens here. */
export function onDatabase(given: Listeners): void {
  listeners = given;
}

/** Asks the database process. Without one, calls are answered with a refusal, not kept waiting. */
export function database(): Client<typeof hostApi> {
  if (!host) throw new Error('the database process is not running');
  return host.api;
}

/** Gives the window a fresh port to the database process. */
export function connectWindow(contents: WebContents): void {
  if (!child || contents.isDestroyed()) return;
  const { port1, port2 } = new MessageChannelMain();
  send({ kind: 'window' }, port1);
  contents.postMessage(CHANNELS.port, null, [port2]);
}

/** Starts it again by hand, after it was given up. */
export function restartDatabase(): void {
  restartsMs.length = 0;
  if (child) return;
  start();
  listeners?.onBack();
}

/**
 * Stops whatever the process is doing, by ending it: a merge is one transaction, so that a file it has not committed to is
 * as it was. Calls under way are answered with `cancelled`, and a new process opens the file again.
 */
export function interruptDatabase(): void {
  if (!child) return;
  isInterrupted = true;
  child.kill();
}

/** Closes the file, then ends the process. A process that does not answer is ended all the same. */
export async function stopDatabase(): Promise<void> {
  isStopping = true;
  if (!child || !host) return;
  const late = new Promise((resolve) => setTimeout(resolve, 5000));
  await Promise.race([host.api['file.close']({}), late]);
  child.kill();
}

function start(): void {
  const started = utilityProcess.fork(outFolder('main', 'db.js'), [], {
    serviceName: 'MoU Tracker database',
    env: environment(),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child = started;
  for (const stream of [started.stdout, started.stderr]) {
    stream?.on('data', (chunk: Buffer) => log(`database: ${chunk.toString('utf8').trimEnd()}`));
  }
  started.once('exit', (code) => lost(started, code));

  const { port1, port2 } = new MessageChannelMain();
  host = connect(channelOf(port1));
  send(
    { kind: 'host', installationDir: app.getPath('userData'), author: author(), checkOutputs: !app.isPackaged },
    port2,
  );
}

function lost(ended: UtilityProcess, code: number): void {
  if (child !== ended) return;
  child = null;
  const connection = host;
  host = null;
  if (isStopping) return;
  if (isInterrupted) {
    isInterrupted = false;
    connection?.failAll({ code: 'cancelled', details: {} });
    listeners?.onLost(true);
    start();
    listeners?.onBack();
    return;
  }
  const logId = logBug('database process', `ended with status ${code}`);
  connection?.failAll({ code: 'unexpected', details: { logId } });
  listeners?.onLost(false);
  const now = performance.now();
  restartsMs.push(now);
  while (restartsMs[0] !== undefined && now - restartsMs[0] > 60_000) restartsMs.shift();
  if (restartsMs.length > MAX_RESTARTS) {
    listeners?.onGivenUp();
    return;
  }
  start();
  listeners?.onBack();
}

function send(message: DatabaseMessage, port: MessagePortMain): void {
  child?.postMessage(message, [port]);
}

/** A packaged program loads its own SQLite and no other, whatever the environment says. */
function environment(): NodeJS.ProcessEnv {
  const { MOU_TRACKER_SQLITE, ...rest } = process.env;
  return app.isPackaged || !MOU_TRACKER_SQLITE ? rest : { ...rest, MOU_TRACKER_SQLITE };
}

const channelOf = (port: MessagePortMain): Channel<Request, Response> => ({
  post: (message) => port.postMessage(message),
  listen: (onMessage) => {
    port.on('message', (event) => onMessage(event.data));
    port.start();
  },
});
