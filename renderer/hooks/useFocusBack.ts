/** Gives the focus back when a dialog goes: to where it was, or to the page when that is gone, so that keys go on working. */
import { useLayoutEffect } from 'react';

export function useFocusBack(): void {
  useLayoutEffect(() => {
    const before = document.activeElement;
    return () => {
      // After the dialog has gone; somebody else may have taken the focus by then.
      setTimeout(() => {
        const now = document.activeElement;
        if (now !== null && now !== document.body) return;
        const page = document.getElementById('page');
        const isThere = before instanceof HTMLElement && before.isConnected && before !== document.body;
        const target = isThere ? before : (page?.querySelector<HTMLElement>('[role="grid"]') ?? page);
        target?.focus({ preventScroll: true });
      });
    };
  }, []);
}
