/** Whether an element is typed in: it has an undo of its own, and keys there are text. */
export const isTextField = (target: EventTarget | null): target is HTMLElement =>
  target instanceof HTMLElement &&
  target.matches('input:not([type=checkbox], [type=radio], [type=range]), textarea, [contenteditable]');
