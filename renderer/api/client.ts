/**
 * The one file that touches the bridge to the other processes: Electron's invoke for `shell`, a MessagePort straight to
 * the database process for `fileClient`. Contracts are only types here, so that zod stays out of the window's bundle.
 */
import type { EventPayload, fileApi, fileEvents, shellApi, shellEvents } from '../../shared/api.ts';
import { PORT_MESSAGE } from '../../shared/bridge.ts';
import type { AppError } from '../../shared/errors.ts';
import { err } from '../../shared/result.ts';
import { type Client, type ClientConnection, clientOf, connect } from '../../shared/rpc/client.ts';
import type { Reply, Request, Response } from '../../shared/rpc/messages.ts';

export type FileApi = typeof fileApi;
export type ShellApi = typeof shellApi;
type FileEvents = typeof fileEvents;
type ShellEvents = typeof shellEvents;

const LOST: AppError = { code: 'unexpected', details: { logId: 'database-lost' } };

type Connection = ClientConnection<FileApi, FileEvents>;
let connection: Connection | null = null;
let waiting: ((connection: Connection) => void)[] = [];
const changedListeners = new Set<(payload: EventPayload<FileEvents, 'changed'>) => void>();
const exchangedListeners = new Set<(payload: EventPayload<FileEvents, 'exchanged'>) => void>();
const damagedListeners = new Set<(error: AppError) => void>();
const connectedListeners = new Set<() => void>();

/** Calls made before the port has arrived wait for it. */
const connected = (): Promise<Connection> =>
  connection ? Promise.resolve(connection) : new Promise((resolve) => waiting.push(resolve));

/** Takes a port into use; an earlier one is dead by then, and its open calls fail. */
export function attachPort(port: MessagePort): void {
  connection?.failAll(LOST);
  const next: Connection = connect<FileApi, FileEvents>({
    post: (message: Request) => port.postMessage(message),
    listen: (onMessage) => {
      port.onmessage = (event: MessageEvent<Response>) => onMessage(event.data);
    },
  });
  next.on('changed', (payload) => {
    for (const listener of changedListeners) listener(payload);
  });
  next.on('exchanged', (payload) => {
    for (const listener of exchangedListeners) listener(payload);
  });
  connection = next;
  const calls = waiting;
  waiting = [];
  for (const resolve of calls) resolve(next);
  for (const listener of connectedListeners) listener();
}

/** The database process has died: its open calls fail, later ones wait for the next port. */
export function dropPort(): void {
  connection?.failAll(LOST);
  connection = null;
}

window.addEventListener('message', (event) => {
  const [port] = event.ports;
  if (event.source === window && event.data === PORT_MESSAGE && port) attachPort(port);
});

/** Rows of the open file. */
export const fileClient: Client<FileApi> = clientOf<FileApi>(async (method, input, onBlock) => {
  const { api } = await connected();
  const call = api[method as keyof FileApi] as (input: unknown, onBlock?: unknown) => Promise<Reply<unknown>>;
  const reply = await call(input, onBlock);
  if (!reply.ok && reply.error.code === 'file-damaged') for (const listener of damagedListeners) listener(reply.error);
  return reply;
});

/** Dialogs, printing, the profile: what the main process does for this window. */
export const shell: Client<ShellApi> = clientOf<ShellApi>(async (method, input) => {
  try {
    return await window.shell.invoke(method, input);
  } catch {
    return err({ code: 'unexpected', details: { logId: method } });
  }
});

export function onChanged(listener: (payload: EventPayload<FileEvents, 'changed'>) => void): () => void {
  changedListeners.add(listener);
  return () => changedListeners.delete(listener);
}

export function onExchanged(listener: (payload: EventPayload<FileEvents, 'exchanged'>) => void): () => void {
  exchangedListeners.add(listener);
  return () => exchangedListeners.delete(listener);
}

/** Calls back when the open file, asked for anything, turns out to be damaged. */
export function onDamaged(listener: (error: AppError) => void): () => void {
  damagedListeners.add(listener);
  return () => damagedListeners.delete(listener);
}

/** Calls back each time a port is taken into use, the first one included. */
export function onConnected(listener: () => void): () => void {
  connectedListeners.add(listener);
  return () => connectedListeners.delete(listener);
}

type ShellListener = { [N in keyof ShellEvents]: (payload: EventPayload<ShellEvents, N>) => void };

/** Listens to what main says without being asked. Returns the function that stops it. */
export const onShell = (listeners: Partial<ShellListener>): (() => void) =>
  window.shell.on((name, payload) => {
    (listeners[name as keyof ShellEvents] as ((payload: unknown) => void) | undefined)?.(payload);
  });
