/** Placeholder: the page follows. */
export function PeoplePage() {
  return null;
}
