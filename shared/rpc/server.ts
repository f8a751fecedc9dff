/** The serving side of a contract: parse the input, call the handler, answer with a value or a refusal. */
import { z } from 'zod';
import type { Block, Contract, EventPayload, EventTable, Input, Output } from '../api.ts';
import { type AppError, AppErrorException, isValueRule } from '../errors.ts';
import { err } from '../result.ts';
import type { Channel, Reply, Request, Response } from './messages.ts';

/** `send` streams one block to the caller; on methods without blocks there is nothing to send. */
export type Handlers<C extends Contract> = {
  [M in keyof C]: (
    input: Input<C, M>,
    send: (block: Block<C, M>) => void,
  ) => Reply<Output<C, M>> | Promise<Reply<Output<C, M>>>;
};

export interface ServerOptions {
  /** Writes a bug to the log and returns the id under which it can be found there. */
  logBug: (method: string, error: unknown) => string;
  /** Check outputs too: on in tests and development, off in a packaged program where the types have to suffice. */
  checkOutputs?: boolean;
}

/** Serves one call: parses the input, runs the handler, and turns refusals and bugs into a reply. Never throws. */
export async function serveCall<C extends Contract>(
  contract: C,
  handlers: Handlers<C>,
  call: { method: string; input: unknown },
  send: (block: unknown) => void,
  options: ServerOptions,
): Promise<Reply<unknown>> {
  const { method } = call;
  if (!Object.hasOwn(contract, method))
    return err({ code: 'invalid-call', details: { method, problem: 'no such method' } });
  const definition = contract[method] as Contract[string];
  const parsed = definition.input.safeParse(call.input);
  if (!parsed.success) return err(refusalOf(method, parsed.error, call.input));
  try {
    const handler = handlers[method] as (input: unknown, send: (block: unknown) => void) => Promise<Reply<unknown>>;
    const reply = await handler(parsed.data, send);
    if (reply.ok && options.checkOutputs) definition.output.parse(reply.value);
    return reply;
  } catch (error) {
    if (error instanceof AppErrorException) return err(error.appError);
    return err({ code: 'unexpected', details: { logId: options.logBug(method, error) } });
  }
}

/** A value that a field's rule refused is the user's to mend and gets its sentence; anything else is a malformed call. */
function refusalOf(method: string, error: z.ZodError, input: unknown): AppError {
  const issue = error.issues[0];
  if (issue && isValueRule(issue.message)) {
    const field = String(issue.path.at(-1) ?? '');
    const value = issue.path.reduce<unknown>(
      (at, key) => (at as Record<PropertyKey, unknown> | undefined)?.[key],
      input,
    );
    return { code: 'invalid-value', details: { field, value: String(value ?? ''), rule: issue.message } };
  }
  return { code: 'invalid-call', details: { method, problem: z.prettifyError(error) } };
}

/** Answers every request that arrives on the channel; returns a function that posts events. */
export function serve<C extends Contract, E extends EventTable>(
  contract: C,
  handlers: Handlers<C>,
  channel: Channel<Response, Request>,
  options: ServerOptions,
): <N extends keyof E & string>(name: N, payload: EventPayload<E, N>) => void {
  channel.listen((request) => {
    const send = (block: unknown) => channel.post({ kind: 'block', id: request.id, block });
    void serveCall(contract, handlers, request, send, options).then((reply) =>
      channel.post({ kind: 'reply', id: request.id, reply }),
    );
  });
  return (name, payload) => channel.post({ kind: 'event', name, payload });
}
