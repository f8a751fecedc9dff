/** Esc leads back to the register, Alt with the arrows to the neighbours, unless something that is open wants the key. */
import { useEffect } from 'react';
import { useUiStore } from '../../stores/uiStore.ts';
import type { Neighbours } from './neighbours.ts';

const isOverlayOpen = () => document.querySelector('[role="dialog"], [role="listbox"], [role="menu"]') !== null;

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement && target.matches('textarea, input:not([type="range"]), select');

export function useInstrumentKeys({ previous, next }: Neighbours): void {
  useEffect(() => {
    const { go } = useUiStore.getState();
    const onKeyDown = (event: KeyboardEvent) => {
      if (isOverlayOpen()) return;
      if (event.key === 'Escape') {
        // In a field the first Esc leaves the field, the next one the page.
        if (isTyping(event.target)) (event.target as HTMLElement).blur();
        else go({ page: 'register' });
        return;
      }
      if (!event.altKey || isTyping(event.target)) return;
      const wanted = event.key === 'ArrowUp' ? previous : event.key === 'ArrowDown' ? next : null;
      if (wanted === null) return;
      event.preventDefault();
      go({ page: 'instrument', id: wanted });
    };
    // While the key goes down to its target: an overlay that this key closes is still there to be seen.
    let wasOverlayOpen = false;
    const look = () => {
      wasOverlayOpen = isOverlayOpen();
    };
    const answer = (event: KeyboardEvent) => {
      if (!wasOverlayOpen && !event.defaultPrevented) onKeyDown(event);
    };
    window.addEventListener('keydown', look, true);
    window.addEventListener('keydown', answer);
    return () => {
      window.removeEventListener('keydown', look, true);
      window.removeEventListener('keydown', answer);
    };
  }, [previous, next]);
}
