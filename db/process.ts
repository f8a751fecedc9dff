/**
 * The database process (Electron's utility process): the only one with SQL. Main posts it one port for itself and one
 * for each window; both speak the contract of shared/api.ts.
 */
import { randomBytes } from 'node:crypto';
import { fileApi, type fileEvents, hostApi, type UndoState } from '../shared/api.ts';
import type { DatabaseMessage } from '../shared/bridge.ts';
import type { Channel, Request, Response } from '../shared/rpc/messages.ts';
import { serve } from '../shared/rpc/server.ts';
import { createTranslator } from '../shared/text/translator.ts';
import { Backups } from './backup/backups.ts';
import { ExchangeService } from './exchange/exchangeService.ts';
import { exchangeRecords } from './exchange/records.ts';
import { fileHandlers, hostHandlers } from './handlers.ts';
import { writerRecords } from './installation.ts';
import type { Touched } from './openFile.ts';
import { Session } from './session.ts';

/** The part of Electron's MessagePortMain that is used here; db/ itself knows no Electron. */
interface Port {
  postMessage: (message: unknown) => void;
  on: (event: 'message' | 'close', listener: (event: { data: unknown }) => void) => void;
  start: () => void;
}
interface ParentPort {
  on: (event: 'message', listener: (event: { data: unknown; ports: Port[] }) => void) => void;
}
const { parentPort } = process as unknown as { parentPort: ParentPort };

type PostEvent = ReturnType<typeof serve<typeof fileApi, typeof fileEvents>>;

/** More rows than this are read again as a whole rather than one by one. */
const BULK_ROWS = 500;

const windows = new Map<Port, PostEvent>();
let session: Session | null = null;
let exchange: ExchangeService | null = null;
let checkOutputs = false;

parentPort.on('message', ({ data, ports: [port] }) => {
  const message = data as DatabaseMessage;
  if (!port) return;
  if (message.kind === 'host') serveHost(message, port);
  else serveWindow(port);
});

function serveHost(message: Extract<DatabaseMessage, { kind: 'host' }>, port: Port): void {
  checkOutputs = message.checkOutputs;
  const tellWindows = (touched: Touched, undo: UndoState) => {
    for (const post of windows.values()) post('changed', changedEvent(touched, undo));
  };
  const backups = new Backups(message.installationDir);
  session = new Session(writerRecords(message.installationDir), message.author, tellWindows, backups);
  exchange = new ExchangeService({
    currentFile: () => session?.file ?? null,
    records: exchangeRecords(message.installationDir),
    onStatus: (status) => {
      for (const post of windows.values()) post('exchanged', status);
    },
    logBug: (error) => void logBug('exchange', error),
  });
  exchange.start();
  const { t } = createTranslator();
  serve(hostApi, hostHandlers(session, t, exchange), channelOf(port), { logBug, checkOutputs });
}

function serveWindow(port: Port): void {
  const handlers = fileHandlers(
    () => session?.file ?? null,
    () => exchange,
  );
  windows.set(port, serve(fileApi, handlers, channelOf(port), { logBug, checkOutputs }));
  port.on('close', () => windows.delete(port));
}

function changedEvent({ instrumentIds, entities }: Touched, undo: { undo: string | null; redo: string | null }) {
  const isBulk = instrumentIds.size > BULK_ROWS;
  return { instrumentIds: isBulk ? [] : [...instrumentIds], entities: [...entities], isBulk, undo, at: Date.now() };
}

const channelOf = (port: Port): Channel<Response, Request> => ({
  post: (message) => port.postMessage(message),
  listen: (onMessage) => {
    port.on('message', ({ data }) => onMessage(data as Request));
    port.start();
  },
});

/** Main collects what is written here in its log. */
function logBug(method: string, error: unknown): string {
  const logId = randomBytes(4).toString('hex');
  console.error(`[${logId}] ${method}: ${error instanceof Error ? error.stack : String(error)}`);
  return logId;
}
