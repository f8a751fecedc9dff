/** Runs the writing of one copy for a dialog: busy meanwhile, its refusal, closed when it is done. */
import { useState } from 'react';
import { saveCopy } from '../../stores/copies.ts';
import { errorText } from '../../text/i18n.ts';

export function useCopy(onDone: () => void) {
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const save = async (copy: Parameters<typeof saveCopy>[0]) => {
    setBusy(true);
    setProblem(null);
    const outcome = await saveCopy(copy);
    setBusy(false);
    if (outcome === true) onDone();
    else if (outcome !== false) setProblem(errorText(outcome));
  };
  return { isBusy, problem, save };
}
