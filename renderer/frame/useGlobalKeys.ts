/** Keys that work on every page. A text field keeps its own: Ctrl+Z there takes back typing. */
import { useEffect } from 'react';
import { type Command, runCommand } from '../api/commands.ts';
import { isTextField } from '../components/textField.ts';

function commandOf(event: KeyboardEvent): Command | null {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return null;
  // By the place of the key, so that it also works while a Cyrillic or Urdu layout is on.
  switch (event.code) {
    case 'KeyK':
      return 'find';
    case 'KeyZ':
      return isTextField(event.target) ? null : event.shiftKey ? 'redo' : 'undo';
    case 'KeyY':
      return isTextField(event.target) ? null : 'redo';
    default:
      return null;
  }
}

export function useGlobalKeys(): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return;
      const step = event.altKey && !event.ctrlKey ? { ArrowLeft: -1, ArrowRight: 1 }[event.key] : undefined;
      const command = commandOf(event);
      if (step === undefined && command === null) return;
      event.preventDefault();
      if (step !== undefined) window.history.go(document.documentElement.dir === 'rtl' ? -step : step);
      else if (command !== null) runCommand(command);
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}
