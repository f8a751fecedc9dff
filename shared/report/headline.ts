/** One sentence made from the numbers, bad news first: "9 of 37 are late, 4 more than on 1 May 2026; 12 have no owner." */
import { formatDate } from '../text/formatDate.ts';
import type { Translate } from '../text/translator.ts';
import type { CountName } from './statusCounts.ts';
import type { StatusCounts, StatusReport } from './statusReport.ts';

/** A part of the sentence and the count it tells of, whose filter (COUNT_FILTERS) lists the rows behind it. */
export interface HeadlinePart {
  count: CountName;
  text: string;
}

type PartName = 'overdue' | 'withoutOwner' | 'withoutDeadline' | 'dueIn30' | 'noneOverdue' | 'done';

const COUNT_OF: Record<PartName, CountName> = {
  overdue: 'overdue',
  withoutOwner: 'withoutOwner',
  withoutDeadline: 'withoutDeadline',
  dueIn30: 'dueIn30',
  noneOverdue: 'overdue',
  done: 'done',
};

/** What is wrong, then what is near, then what is well; what counts nothing is left out. */
function partNames(counts: StatusCounts): PartName[] {
  const bad = (['overdue', 'withoutOwner', 'withoutDeadline', 'dueIn30'] as const).filter((name) => counts[name] > 0);
  const good: PartName[] = counts.overdue === 0 ? ['noneOverdue'] : [];
  if (counts.done > 0) good.push('done');
  return [...bad, ...good];
}

export function headlineParts(t: Translate, counts: StatusCounts, since: StatusReport['since']): HeadlinePart[] {
  if (counts.total === 0) return [{ count: 'total', text: t('headline.empty') }];
  return partNames(counts).map((name, index) => {
    const count = COUNT_OF[name];
    const numbers = { count: counts[count], total: counts.total };
    const text = t(`headline.${index === 0 ? 'first' : 'next'}.${name}`, numbers);
    return { count, text: count === 'overdue' ? compared(t, text, counts, since) : text };
  });
}

/** Only lateness is compared: a sentence that compared everything could not be read. */
function compared(t: Translate, part: string, counts: StatusCounts, since: StatusReport['since']): string {
  if (since === null) return part;
  const day = formatDate(since.on, t('locale'));
  const change = counts.overdue - since.counts.overdue;
  if (change > 0) return t('headline.more', { part, count: change, day });
  if (change < 0) return t('headline.fewer', { part, count: -change, day });
  return counts.overdue === 0 ? t('headline.stillNone', { part, day }) : t('headline.same', { part, day });
}

export const headlineText = (t: Translate, counts: StatusCounts, since: StatusReport['since']): string =>
  t('headline.sentence', {
    parts: headlineParts(t, counts, since)
      .map(({ text }) => text)
      .join(t('headline.separator')),
  });
