/** The language a text must be set in, where its script tells: Arabic script is Urdu here and needs taller lines. */
export const langOf = (text: string): string | undefined =>
  /[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]/.test(text) ? 'ur' : undefined;
