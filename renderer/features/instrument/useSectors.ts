/** Sectors named so far, by name: to choose from before inventing another spelling. */
import { useMemo } from 'react';
import { useInstrumentsStore } from '../../stores/instrumentsStore.ts';

export function useSectors(): string[] {
  const byId = useInstrumentsStore((s) => s.byId);
  return useMemo(() => {
    const named = new Set(Object.values(byId).map(({ sector }) => sector));
    return [...named].filter((sector) => sector !== null).sort((a, b) => a.localeCompare(b));
  }, [byId]);
}
