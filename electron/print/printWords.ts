/** What every part of a printed report needs to speak: words, days and figures of one language. */
import type { CivilDate } from '../../shared/civilDate.ts';
import { formatDate, formatDay, formatNumber } from '../../shared/text/formatDate.ts';
import { createTranslator, type Translate } from '../../shared/text/translator.ts';

export interface PrintWords {
  t: Translate;
  /** Language of the words that are really there: a missing translation falls back to English, and says so. */
  locale: string;
  day(date: CivilDate): string;
  dayOf(atMs: number): string;
  figure(value: number): string;
}

export function printWords(language: string): PrintWords {
  const { t } = createTranslator(language);
  const locale = t('locale');
  return {
    t,
    locale,
    day: (date) => formatDate(date, locale),
    dayOf: (atMs) => formatDay(atMs, locale),
    figure: (value) => formatNumber(value, locale),
  };
}

const RIGHT_TO_LEFT = new Set(['ar', 'fa', 'ur']);

export const directionOf = (locale: string): 'ltr' | 'rtl' =>
  RIGHT_TO_LEFT.has(locale.split('-', 1)[0] ?? '') ? 'rtl' : 'ltr';
