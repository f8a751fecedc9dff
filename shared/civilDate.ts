/**
 * Civil dates: a day in the calendar, `YYYY-MM-DD`, with no time and no time zone. A deadline of 30 June is 30 June in
 * Islamabad and in Astana. Arithmetic counts calendar days in UTC, so no daylight-saving rule can add or lose one.
 */

export type CivilDate = string & { readonly __civilDate: unique symbol };

const MS_PER_DAY = 86_400_000;
const PATTERN = /^\d{4}-\d{2}-\d{2}$/;

const DAYS_IN_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const isLeapYear = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

/** Days since 1970-01-01, or null when the text is no existing day between 1900 and 2200. */
function toDayNumber(text: string): number | null {
  if (!PATTERN.test(text)) return null;
  const [year, month, day] = [Number(text.slice(0, 4)), Number(text.slice(5, 7)), Number(text.slice(8, 10))];
  if (year < 1900 || year > 2200 || month < 1 || month > 12 || day < 1) return null;
  const isLeapDay = month === 2 && day === 29 && isLeapYear(year);
  if (day > (DAYS_IN_MONTH[month - 1] ?? 0) && !isLeapDay) return null;
  return Date.UTC(year, month - 1, day) / MS_PER_DAY;
}

function dayNumberOf(date: CivilDate): number {
  const days = toDayNumber(date);
  if (days === null) throw new RangeError(`not a civil date: ${date}`);
  return days;
}

/** True for an existing day written `YYYY-MM-DD`, years 1900 to 2200: outside them a typing mistake is likelier. */
export const isCivilDate = (text: string): text is CivilDate => toDayNumber(text) !== null;

/** Parses a date that is known to be good; throws RangeError for anything else. */
export function civilDate(text: string): CivilDate {
  if (!isCivilDate(text)) throw new RangeError(`not a civil date: ${text}`);
  return text;
}

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export const daysBetween = (from: CivilDate, to: CivilDate): number => dayNumberOf(to) - dayNumberOf(from);

export const addDays = (date: CivilDate, days: number): CivilDate =>
  civilDate(new Date((dayNumberOf(date) + days) * MS_PER_DAY).toISOString().slice(0, 10));

/** The day of an instant on the wall calendar of this computer. */
export function civilDateOf(atMs: number): CivilDate {
  const date = new Date(atMs);
  const pad = (value: number, width: number) => String(value).padStart(width, '0');
  return `${pad(date.getFullYear(), 4)}-${pad(date.getMonth() + 1, 2)}-${pad(date.getDate(), 2)}` as CivilDate;
}

/** The user's today. Rules take it as a parameter; only the edges call this. */
export const todayCivil = (): CivilDate => civilDateOf(Date.now());

/** The last millisecond of a day on this computer's wall clock: "as of a day" includes all of it. */
export function endOfDayMs(date: CivilDate): number {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number];
  return new Date(year, month - 1, day + 1).getTime() - 1;
}
