/** Placeholder: the page follows. */
export function WelcomePage() {
  return null;
}
