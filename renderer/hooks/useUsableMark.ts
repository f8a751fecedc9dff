/** Leaves the moment at which the register could be used in the window's own timeline, where the bench reads it. */
import { useEffect } from 'react';

const MARK = 'register-usable';

/** Marks once, when rows have been committed and the frame with them has been drawn. */
export function useUsableMark(hasRows: boolean): void {
  useEffect(() => {
    if (!hasRows || performance.getEntriesByName(MARK).length > 0) return;
    requestAnimationFrame(() => setTimeout(() => performance.mark(MARK)));
  }, [hasRows]);
}
