/** What travels between processes, and what a transport has to offer. */
import type { AppError } from '../errors.ts';
import type { Result } from '../result.ts';

export type Reply<T> = Result<T, AppError>;

export type Request = { kind: 'call'; id: number; method: string; input: unknown };
export type Response =
  | { kind: 'reply'; id: number; reply: Reply<unknown> }
  | { kind: 'block'; id: number; block: unknown }
  | { kind: 'event'; name: string; payload: unknown };

/** What a transport has to offer: post a message, and call back for each that arrives. */
export interface Channel<Out, In> {
  post: (message: Out) => void;
  listen: (onMessage: (message: In) => void) => void;
}
