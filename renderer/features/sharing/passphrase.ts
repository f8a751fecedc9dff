/** How hard a passphrase is to find by trying: a hint for people, not a proof. Pure. */
export type Strength = 'weak' | 'fair' | 'good';

/** Bits from which nobody tries any more, at age's cost of one trial. */
const FAIR_BITS = 45;
const GOOD_BITS = 65;

export function strengthOf(passphrase: string): Strength {
  const bits = bitsOf(passphrase);
  return bits >= GOOD_BITS ? 'good' : bits >= FAIR_BITS ? 'fair' : 'weak';
}

/** Letters of a word tell much of each other, and what is repeated tells nothing new. */
function bitsOf(passphrase: string): number {
  const letters = [...passphrase.normalize('NFC').toLowerCase()];
  let bits = 0;
  const seen = new Map<string, number>();
  for (const [index, letter] of letters.entries()) {
    const before = letters[index - 1];
    const pair = `${before ?? ''}${letter}`;
    const count = seen.get(pair) ?? 0;
    seen.set(pair, count + 1);
    const isStep = before !== undefined && Math.abs((letter.codePointAt(0) ?? 0) - (before.codePointAt(0) ?? 0)) <= 1;
    bits += isStep || count > 0 ? 0.5 : /\p{L}/u.test(letter) ? 2.8 : 3.3;
  }
  return bits;
}
