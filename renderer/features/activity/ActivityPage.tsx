/** Placeholder: the page follows. */
export function ActivityPage() {
  return null;
}
