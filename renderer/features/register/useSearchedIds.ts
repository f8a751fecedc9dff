/** Ids that the register's search found, or null while nothing is typed. Asks as one types; late answers are dropped. */
import { useEffect, useState } from 'react';
import { fileClient } from '../../api/client.ts';
import { useUiStore } from '../../stores/uiStore.ts';

const WAIT_MS = 80;

export function useSearchedIds(): ReadonlySet<string> | null {
  const text = useUiStore((s) => s.registerSearch);
  const [ids, setIds] = useState<ReadonlySet<string> | null>(null);
  useEffect(() => {
    if (text.trim() === '') {
      setIds(null);
      return;
    }
    let isCurrent = true;
    const timer = setTimeout(async () => {
      const reply = await fileClient['search.instruments']({ text });
      if (isCurrent && reply.ok) setIds(new Set(reply.value.ids));
    }, WAIT_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [text]);
  return ids;
}
