/** One value of a field in words: dates as people write them, choices by their names, never an id. */
import { type CivilDate, isCivilDate } from '../civilDate.ts';
import type { CellValue } from '../entities/index.ts';
import { formatDate, formatDateTime, formatNumber } from './formatDate.ts';
import type { Translate } from './translator.ts';

/** Fields whose value is a code of the catalogue, and the part of it that holds their words. */
const CHOICES: Readonly<Record<string, string>> = {
  titleBasis: 'titleBasis',
  kind: 'kind',
  legalStatus: 'legalStatus',
  stage: 'stage',
  priority: 'priority',
  side: 'side',
  healthOverride: 'health',
};
const REFERENCES = ['pkLeadBodyId', 'kzLeadBodyId', 'pkOwnerId', 'kzOwnerId', 'bodyId', 'instrumentId'];
const FLAGS = ['isPinned', 'isHeadline'];
/** Long enough to recognise a text by, short enough for a line. */
const SHOWN_CHARACTERS = 160;

/** One value in words. `name` is what a reference is called; null where the row it named is gone. */
export function valueText(t: Translate, field: string, value: CellValue, name: string | null): string {
  const locale = t('locale');
  if (value === null) return t('activity.nothing');
  if (REFERENCES.includes(field)) return name ?? t('activity.removed');
  if (FLAGS.includes(field)) return value === 1 ? t('activity.yes') : t('activity.no');
  if (field === 'progress') return `${value}%`;
  if (field === 'writtenAt') return formatDateTime(Number(value), locale);
  if (field === 'number') return String(value);
  if (typeof value === 'number') return formatNumber(value, locale);
  const words = CHOICES[field];
  if (words) return t(`${words}.${value}` as 'stage.closed', { defaultValue: value });
  if (isCivilDate(value)) return formatDate(value as CivilDate, locale);
  return clipped(value);
}

/** The opening of a long text, cut between words. */
export function clipped(text: string, limit = SHOWN_CHARACTERS): string {
  const line = text.replace(/\s+/g, ' ').trim();
  if (line.length <= limit) return line;
  const cut = line.slice(0, limit);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), limit - 30)).trimEnd()}…`;
}
