/** Before the file or the window is left: what stands half-typed in an editor is kept, as if the person had clicked away. */
import { isTextField } from '../components/textField.ts';
import { whenWritten } from '../stores/write.ts';

/** A disk that takes longer than this must not hold the window open. */
const LONGEST_MS = 3_000;

const drawn = () => new Promise((resolve) => setTimeout(resolve, 20));

/** Whether somebody is typing where leaving the field means keeping it. */
export const isEditing = (): boolean => isTextField(document.activeElement);

/** Something that was refused is still in sight, with its reason. */
export const isRefused = (): boolean =>
  document.querySelector('#page [aria-invalid="true"], [data-keeps] [aria-invalid="true"]') !== null;

/** False when something was refused: it stands on the screen with its reason. */
export async function settle(): Promise<boolean> {
  const active = document.activeElement;
  if (active instanceof HTMLElement) active.blur();
  await drawn();
  document.querySelector<HTMLFormElement>('[data-keeps] form')?.requestSubmit();
  await Promise.race([whenWritten(), new Promise((resolve) => setTimeout(resolve, LONGEST_MS))]);
  await drawn();
  return !isRefused();
}
