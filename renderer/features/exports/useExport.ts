/** Runs one export: its progress, the way to stop it, its refusal, and the toast that leads to what was written. */
import { useEffect, useState } from 'react';
import type { SavedFile } from '../../../shared/api.ts';
import type { Reply } from '../../../shared/rpc/messages.ts';
import { onShell, shell } from '../../api/client.ts';
import { useUiStore } from '../../stores/uiStore.ts';
import { errorText, t } from '../../text/i18n.ts';

export interface Progress {
  done: number;
  total: number;
}

export interface RunningExport {
  isRunning: boolean;
  progress: Progress | null;
  error: string | null;
  run: (call: () => Promise<Reply<{ saved: SavedFile | null }>>) => Promise<void>;
  stop: () => void;
}

export function useExport(onDone: () => void): RunningExport {
  const [isRunning, setRunning] = useState(false);
  const [progress, setProgress] = useState<Progress | null>(null);
  const [error, setError] = useState<string | null>(null);

  useEffect(() => onShell({ progress: ({ done, total }) => setProgress({ done, total }) }), []);

  const run: RunningExport['run'] = async (call) => {
    setRunning(true);
    setProgress(null);
    setError(null);
    const reply = await call();
    setRunning(false);
    if (!reply.ok) {
      // Who stopped it knows.
      if (reply.error.code !== 'cancelled') setError(errorText(reply.error));
      return;
    }
    if (reply.value.saved === null) return;
    tellSaved(reply.value.saved);
    onDone();
  };

  return { isRunning, progress, error, run, stop: () => void shell['task.cancel']({}) };
}

function tellSaved({ token, name }: SavedFile): void {
  useUiStore
    .getState()
    .tell(
      t('exports.saved', { name }),
      { label: t('exports.show'), run: () => void shell['saved.showInFolder']({ token }) },
      { label: t('exports.open'), run: () => void shell['saved.open']({ token }) },
    );
}
