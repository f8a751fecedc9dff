/** Prints and exports under way: each can report its steps, and all of them can be stopped. */
import type { EventPayload, shellEvents } from '../shared/api.ts';
import { err } from '../shared/result.ts';
import type { Reply } from '../shared/rpc/messages.ts';
import { tellWindow } from './windows.ts';

export interface Task {
  signal: AbortSignal;
  progress: (done: number, total: number) => void;
}
type Kind = EventPayload<typeof shellEvents, 'progress'>['task'];

const running = new Set<AbortController>();

/** Runs `work`; whatever it throws after it was stopped means that it was stopped. */
export async function runTask<T>(kind: Kind, work: (task: Task) => Promise<Reply<T>>): Promise<Reply<T>> {
  const controller = new AbortController();
  running.add(controller);
  try {
    return await work({
      signal: controller.signal,
      progress: (done, total) => tellWindow('progress', { task: kind, done, total }),
    });
  } catch (error) {
    if (controller.signal.aborted) return err({ code: 'cancelled', details: {} });
    throw error;
  } finally {
    running.delete(controller);
  }
}

export function cancelTasks(): void {
  for (const controller of running) controller.abort();
}
