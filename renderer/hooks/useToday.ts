/** The user's today, in one place: everything that counts days reads it here and rolls over at midnight. */
import { useSyncExternalStore } from 'react';
import { type CivilDate, todayCivil } from '../../shared/civilDate.ts';

const CHECK_MS = 20_000;

let today = todayCivil();
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

function check(): void {
  const now = todayCivil();
  if (now === today) return;
  today = now;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  // A short interval rather than one timer for midnight: laptops sleep through timers.
  timer ??= setInterval(check, CHECK_MS);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

const read = (): CivilDate => {
  if (listeners.size === 0) today = todayCivil();
  return today;
};

export const useToday = (): CivilDate => useSyncExternalStore(subscribe, read);
