/** The open instrument as the file has it now, for the page and its parts. */
import { useEffect } from 'react';
import type { Instrument } from '../../../shared/entities/instrument.ts';
import { onChanged } from '../../api/client.ts';
import { useInstrumentDetailStore } from '../../stores/instrumentDetailStore.ts';
import { useInstrumentsStore } from '../../stores/instrumentsStore.ts';
import { useSessionStore } from '../../stores/sessionStore.ts';

export const useIsReadOnly = (): boolean => useSessionStore((s) => s.file?.info.isReadOnly ?? true);

/**
 * The register's row, which shows an edit at once, with the long texts that only the detail has. Undefined while it is
 * being read, null when the file has no such instrument.
 */
export function useInstrument(id: string): Instrument | null | undefined {
  const row = useInstrumentsStore((s) => s.byId[id]);
  const isComplete = useInstrumentsStore((s) => s.loaded === 'complete');
  const detail = useInstrumentDetailStore((s) => (s.id === id ? s.detail : null));
  const problem = useInstrumentDetailStore((s) => (s.id === id ? s.problem : null));
  useEffect(() => {
    const { open } = useInstrumentDetailStore.getState();
    void open(id);
    return onChanged(({ instrumentIds, isBulk, entities }) => {
      if (isBulk || instrumentIds.includes(id) || entities.some((entity) => entity === 'note' || entity === 'support'))
        void useInstrumentDetailStore.getState().refresh();
    });
  }, [id]);
  if (problem?.code === 'not-found' || (isComplete && !row)) return null;
  if (!row && !detail) return undefined;
  return { ...(detail?.instrument as Instrument), ...row, summary: detail?.instrument.summary ?? null };
}
