/** Placeholder: the page follows. */
export function RegisterPage() {
  return null;
}
