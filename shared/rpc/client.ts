/** The asking side of a contract. The transport is passed in: a MessagePort, Electron's invoke, or two functions in a test. */
import type { Block, Contract, EventPayload, EventTable, Input, Output } from '../api.ts';
import type { AppError } from '../errors.ts';
import { err } from '../result.ts';
import type { Channel, Reply, Request, Response } from './messages.ts';

export type Client<C extends Contract> = {
  [M in keyof C]: (input: Input<C, M>, onBlock?: (block: Block<C, M>) => void) => Promise<Reply<Output<C, M>>>;
};

export interface ClientConnection<C extends Contract, E extends EventTable> {
  api: Client<C>;
  on: <N extends keyof E & string>(name: N, listener: (payload: EventPayload<E, N>) => void) => () => void;
  /** Answers every open call with `error`: the other side is gone. */
  failAll: (error: AppError) => void;
}

/**
 * The typed client of a contract on a channel. Calls may overlap; replies find their caller by id. The contract is only
 * a type here: a window needs no schema to ask, which keeps zod out of the bundle of its first screen.
 */
export function connect<C extends Contract, E extends EventTable>(
  channel: Channel<Request, Response>,
): ClientConnection<C, E> {
  let lastId = 0;
  const waiting = new Map<number, { resolve: (reply: Reply<unknown>) => void; onBlock?: (block: unknown) => void }>();
  const listeners = new Map<string, Set<(payload: unknown) => void>>();

  channel.listen((message) => {
    if (message.kind === 'event') {
      for (const listener of listeners.get(message.name) ?? []) listener(message.payload);
    } else if (message.kind === 'block') {
      waiting.get(message.id)?.onBlock?.(message.block);
    } else {
      waiting.get(message.id)?.resolve(message.reply);
      waiting.delete(message.id);
    }
  });

  const call = (method: string, input: unknown, onBlock?: (block: unknown) => void) =>
    new Promise<Reply<unknown>>((resolve) => {
      lastId += 1;
      waiting.set(lastId, onBlock ? { resolve, onBlock } : { resolve });
      channel.post({ kind: 'call', id: lastId, method, input });
    });

  return {
    api: clientOf<C>(call),
    on: (name, listener) => {
      const set = listeners.get(name) ?? new Set();
      listeners.set(name, set);
      set.add(listener as (payload: unknown) => void);
      return () => set.delete(listener as (payload: unknown) => void);
    },
    failAll: (error) => {
      for (const { resolve } of waiting.values()) resolve(err(error));
      waiting.clear();
    },
  };
}

/** A client on anything that can carry one call, such as Electron's invoke. */
export function clientOf<C extends Contract>(
  call: (method: string, input: unknown, onBlock?: (block: unknown) => void) => Promise<Reply<unknown>>,
): Client<C> {
  return new Proxy({} as Client<C>, {
    get: (_, method) => (input: unknown, onBlock?: (block: unknown) => void) => call(String(method), input, onBlock),
  });
}
