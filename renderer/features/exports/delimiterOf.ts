/** Excel separates columns by a semicolon wherever a comma separates the decimals. */
export function delimiterOf(locale: string): ',' | ';' {
  try {
    const parts = new Intl.NumberFormat(locale).formatToParts(1.5);
    return parts.some(({ type, value }) => type === 'decimal' && value === ',') ? ';' : ',';
  } catch {
    return ','; // a locale that Intl does not know
  }
}
