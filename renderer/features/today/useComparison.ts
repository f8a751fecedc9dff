/** The counts at the end of last month, to compare with. Read after the page stands, for it goes through the whole log. */
import { useEffect, useState } from 'react';
import type { CivilDate } from '../../../shared/civilDate.ts';
import type { StatusReport } from '../../../shared/report/statusReport.ts';
import { fileClient } from '../../api/client.ts';
import { useSessionStore } from '../../stores/sessionStore.ts';
import { endOfLastMonth } from './todayLists.ts';

type Comparison = StatusReport['since'];

/** Long enough for the page to be drawn and the rows to arrive first. */
const WAIT_MS = 400;

/** The past of one file on one day does not change while it is open, but for a merge, which opens it anew. */
let known: { file: object; on: CivilDate; comparison: Comparison } | null = null;

export function useComparison(today: CivilDate): Comparison {
  const file = useSessionStore((s) => s.file);
  const on = endOfLastMonth(today);
  const isKnown = known !== null && known.file === file && known.on === on;
  const [found, setFound] = useState<Comparison>(isKnown && known ? known.comparison : null);
  useEffect(() => {
    if (isKnown || file === null) return;
    let isHere = true;
    const timer = setTimeout(async () => {
      const reply = await fileClient['report.status']({ asOf: on, since: null });
      if (!reply.ok) return;
      const { counts } = reply.value;
      // Before the file's first instruments there is nothing to compare with.
      const comparison = counts.total === 0 ? null : { on, counts };
      known = { file, on, comparison };
      if (isHere) setFound(comparison);
    }, WAIT_MS);
    return () => {
      isHere = false;
      clearTimeout(timer);
    };
  }, [file, on, isKnown]);
  return found;
}
