/** Closing the window keeps what is being typed first; what is refused keeps the window, once, so that it can be seen. */
import { useEffect } from 'react';
import { isEditing, isRefused, settle } from '../api/settle.ts';
import { isWriting } from '../stores/write.ts';

export function useLeaving(): void {
  useEffect(() => {
    let mayLeave = false;
    const stay = () => {
      mayLeave = false;
    };
    const onBeforeUnload = (event: BeforeUnloadEvent) => {
      if (mayLeave || !(isEditing() || isWriting() || isRefused())) return;
      event.preventDefault();
      mayLeave = true;
      void settle().then((isKept) => {
        if (isKept) window.close();
      });
    };
    window.addEventListener('beforeunload', onBeforeUnload);
    window.addEventListener('input', stay);
    return () => {
      window.removeEventListener('beforeunload', onBeforeUnload);
      window.removeEventListener('input', stay);
    };
  }, []);
}
