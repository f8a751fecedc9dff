/** Placeholder: the page follows. */
export function TodayPage() {
  return null;
}
