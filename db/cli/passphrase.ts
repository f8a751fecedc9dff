/** `--passphrase-file P`: how a command is told a passphrase. */
import { readFileSync } from 'node:fs';
import { fsError } from '../sqliteErrors.ts';
import type { ParsedArgs } from './context.ts';
import { AppRefusal } from './errors.ts';

export const PASSPHRASE_FILE = { 'passphrase-file': { type: 'string' } } as const;

/**
 * The first line of the file that the option names; null without the option. On a command line itself a passphrase would
 * be seen by everybody on the computer.
 */
export function passphraseOf({ options }: ParsedArgs): string | null {
  const path = options['passphrase-file'];
  if (typeof path !== 'string') return null;
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new AppRefusal(fsError(path, error));
  }
  const passphrase = text.replace(/^\uFEFF/, '').split(/\r?\n/)[0] ?? '';
  if (passphrase === '') throw new AppRefusal({ code: 'passphrase-required', details: {} });
  return passphrase;
}
