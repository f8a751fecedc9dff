/**
 * The agreements between the processes that are not calls: how each gets its way to ask.
 *
 * What the preload script gives a window: a way to ask main and a way to hear from it. It knows no method by name, so
 * it never changes; renderer/api/client.ts makes the typed client of it. The database's port does not come through the
 * bridge (a port cannot cross it, and copying rows would cost twice): it arrives as a message of the window itself.
 *
 * Order: listen for PORT_MESSAGE first, then call `app.start`, which sends the port before it answers. A new port
 * arrives the same way after the database process was started again (`databaseBack`), and on `app.reload`.
 */
import type { Author } from './api.ts';
import type { Reply } from './rpc/messages.ts';

export interface ShellBridge {
  /** One call of shellApi. */
  invoke: (method: string, input: unknown) => Promise<Reply<unknown>>;
  /** Every event of shellEvents. Returns the function that stops it. */
  on: (listener: (name: string, payload: unknown) => void) => () => void;
}

declare global {
  interface Window {
    shell: ShellBridge;
  }
}

/** `event.data` of the window's message that carries the database's port, from the window's own origin. */
export const PORT_MESSAGE = 'mou-tracker:port';

/** The Electron channels between main and the preload script. */
export const CHANNELS = { call: 'shell', event: 'shell-event', port: 'port', dropped: 'dropped' } as const;

/** From main to the database process (`process.parentPort`); each message brings one port along. */
export type DatabaseMessage =
  /** Comes first, once. The port serves hostApi. `installationDir` is where this installation keeps its own records. */
  | { kind: 'host'; installationDir: string; author: Author | null; checkOutputs: boolean }
  /** The port serves fileApi and carries fileEvents to a window; it closes when the window goes or loads anew. */
  | { kind: 'window' };
