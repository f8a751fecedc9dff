/** Leaves the moment at which the register could be used in the window's own timeline, where the bench reads it. */
import { useLayoutEffect } from 'react';

const MARK = 'register-usable';

/** Marks once, when rows have been committed and the frame with them has been drawn. */
export function useUsableMark(hasRows: boolean): void {
  // At the commit, before its frame: the mark follows the first frame that shows rows, not the one after.
  useLayoutEffect(() => {
    if (!hasRows || performance.getEntriesByName(MARK).length > 0) return;
    requestAnimationFrame(() => setTimeout(() => performance.mark(MARK)));
  }, [hasRows]);
}
