/** Main, played by a test: it answers what it likes, and what it leaves open is answered as usual. */
import type { Reply } from '../../shared/rpc/messages.ts';
import { createFakeShell } from './fakeClient.ts';

export function answerShell(answer: (method: string, input: unknown) => Reply<unknown> | undefined): void {
  const shell = createFakeShell();
  window.shell = {
    ...shell,
    invoke: async (method, input) => answer(method, input) ?? shell.invoke(method, input),
  };
}
