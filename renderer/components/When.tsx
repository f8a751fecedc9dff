/** A moment as people say it ("10:42", "yesterday", "3 Mar 2026"), the exact one on hover. */
import { useTranslation } from 'react-i18next';
import { type CivilDate, civilDateOf, daysBetween } from '../../shared/civilDate.ts';
import { formatDate, formatDateTime, formatDay } from '../../shared/text/formatDate.ts';
import { useToday } from '../hooks/useToday.ts';

export function When({ atMs }: { atMs: number }) {
  const { t } = useTranslation();
  const today = useToday();
  const locale = t('locale');
  const daysAgo = daysBetween(civilDateOf(atMs), today);
  const text =
    daysAgo === 0
      ? timeOfDay(atMs, locale)
      : daysAgo === 1
        ? t('window.yesterdayAt', { time: timeOfDay(atMs, locale) })
        : formatDay(atMs, locale);
  return (
    <time dateTime={new Date(atMs).toISOString()} title={formatDateTime(atMs, locale)}>
      {text}
    </time>
  );
}

/** A civil date as people write it: "30 Jun 2027". */
export function DateText({ date }: { date: CivilDate }) {
  const { t } = useTranslation();
  return <time dateTime={date}>{formatDate(date, t('locale'))}</time>;
}

/** "10:42" by this computer's clock. */
export const timeOfDay = (atMs: number, locale: string): string =>
  new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(atMs);
