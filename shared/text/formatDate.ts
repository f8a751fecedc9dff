/**
 * Dates and numbers as people write them. `locale` is the catalogue's own (`t('locale')`), so that a text that falls
 * back to English carries English dates. Never digits alone: 3/4 is another day in every second country.
 */
import type { CivilDate } from '../civilDate.ts';

const cached = <T>(make: (locale: string) => T): ((locale: string) => T) => {
  const byLocale = new Map<string, T>();
  return (locale) => {
    const known = byLocale.get(locale) ?? make(locale);
    byLocale.set(locale, known);
    return known;
  };
};

// British order with American month names: "30 Sep 2027", not "30 Sept 2027", so that columns of dates line up.
const isEnglish = (locale: string): boolean => /^en\b/.test(locale);
const dayOf = cached(
  (locale) =>
    new Intl.DateTimeFormat(isEnglish(locale) ? 'en-US' : locale, {
      day: 'numeric',
      month: 'short',
      year: 'numeric',
      timeZone: 'UTC',
    }),
);
const timeOf = cached(
  (locale) => new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
);
const numberOf = cached((locale) => new Intl.NumberFormat(locale, { maximumFractionDigits: 6 }));

/** A day of UTC in words; callers shift what they mean to it. */
function dayText(utcMs: number, locale: string): string {
  const format = dayOf(locale);
  if (!isEnglish(locale)) return format.format(utcMs);
  const parts = Object.fromEntries(format.formatToParts(utcMs).map(({ type, value }) => [type, value]));
  return `${parts.day} ${parts.month} ${parts.year}`;
}

/** "30 Jun 2027". */
export const formatDate = (date: CivilDate, locale = 'en'): string => dayText(Date.parse(`${date}T00:00:00Z`), locale);

/** The day of an instant on this computer's calendar: "30 Jun 2027". */
export function formatDay(atMs: number, locale = 'en'): string {
  const at = new Date(atMs);
  return dayText(Date.UTC(at.getFullYear(), at.getMonth(), at.getDate()), locale);
}

/** The exact moment by this computer's clock: "30 Jun 2027, 14:05". */
export const formatDateTime = (atMs: number, locale = 'en'): string =>
  `${formatDay(atMs, locale)}, ${timeOf(locale).format(atMs)}`;

/** "1,234.5" in English; up to six decimals, which is more than any target has. */
export const formatNumber = (value: number, locale = 'en'): string => numberOf(locale).format(value);
