/**
 * The register as a CSV file that people read and the program can read back.
 *
 * - The header carries the names of the schema's fields, the same in every language: an import recognises columns by
 *   them. Owners and lead bodies stand by name, so their columns are called `pkOwner`, not `pkOwnerId`.
 * - Choices stand in the words of the user's language ("In implementation"), for they are what a minister reads;
 *   `valueOfWord` maps them back, and takes the schema's own codes as well.
 * - Dates are ISO, which every spreadsheet takes for a date in every country.
 * - `isDerived` columns are answers of the rules on the day of the export; an import passes over them. So it does with
 *   the progress of what is done, which reads 100 whatever was reported.
 */
import { type CivilDate, civilDateOf } from '../civilDate.ts';
import type { Instrument } from '../entities/instrument.ts';
import {
  type Health,
  KINDS,
  type Kind,
  LEGAL_STATUSES,
  type LegalStatus,
  PRIORITIES,
  type Priority,
  STAGES,
  type Stage,
  TITLE_BASES,
  type TitleBasis,
} from '../entities/values.ts';
import { type ReportFacts, reportRowMaker } from '../report/buildStatusReport.ts';
import type { ReportRow } from '../report/statusReport.ts';
import type { HealthReason } from '../rules/health.ts';
import { healthReasonText } from '../text/healthText.ts';
import type { Translate } from '../text/translator.ts';
import { type CsvCell, type CsvOptions, csvChunks } from './csv.ts';

export interface RegisterColumn {
  name: string;
  isDerived: boolean;
  cell(instrument: Instrument, row: ReportRow, words: Words): CsvCell;
}

type CellOf = RegisterColumn['cell'];
const stored = (name: string, cell: CellOf): RegisterColumn => ({ name, isDerived: false, cell });
const derived = (name: string, cell: CellOf): RegisterColumn => ({ name, isDerived: true, cell });

export const REGISTER_COLUMNS: readonly RegisterColumn[] = [
  stored('number', ({ number }) => number),
  stored('title', ({ title }) => title),
  stored('titleBasis', ({ titleBasis }, _, words) => words.word(`titleBasis.${titleBasis}`)),
  stored('kind', ({ kind }, _, words) => words.word(`kind.${kind}`)),
  stored('sector', ({ sector }) => sector),
  stored('legalStatus', ({ legalStatus }, _, words) => words.word(`legalStatus.${legalStatus}`)),
  stored('stage', ({ stage }, _, words) => words.word(`stage.${stage}`)),
  derived('health', (_, { health }, words) => words.word(`health.${health}`)),
  derived('healthReason', (_, { healthReasons }, words) => healthReasons.map(words.reason).join(' ')),
  stored('pkOwner', (_, { owners }) => owners.pk),
  stored('kzOwner', (_, { owners }) => owners.kz),
  stored('pkLeadBody', (_, { leadBodies }) => leadBodies.pk),
  stored('kzLeadBody', (_, { leadBodies }) => leadBodies.kz),
  stored('startOn', ({ startOn }) => startOn),
  stored('deadline', ({ deadline }) => deadline),
  stored('originalDeadline', ({ originalDeadline }) => originalDeadline),
  stored('deadlineReason', ({ deadlineReason }) => deadlineReason),
  derived('daysLate', (_, { daysLate }) => daysLate),
  stored('progress', (_, { progress }) => progress),
  stored('priority', ({ priority }, _, words) => words.word(`priority.${priority}`)),
  stored('nextStep', ({ nextStep }) => nextStep),
  derived('lastNote', (_, { lastNote }) => lastNote?.text ?? null),
  derived('lastNoteBy', (_, { lastNote }) => lastNote?.author ?? null),
  derived('lastNoteOn', (_, { lastNote }) => lastNote && civilDateOf(lastNote.writtenAt)),
  stored('signedOn', ({ signedOn }) => signedOn),
  stored('expiresOn', ({ expiresOn }) => expiresOn),
  stored('summary', ({ summary }) => summary),
  stored('source', ({ source }) => source),
  stored('id', ({ id }) => id),
];

type WordKey =
  | `titleBasis.${TitleBasis}`
  | `kind.${Kind}`
  | `legalStatus.${LegalStatus}`
  | `stage.${Stage}`
  | `health.${Health}`
  | `priority.${Priority}`;

interface Words {
  word(key: WordKey): string;
  reason(reason: HealthReason): string;
}

/** Looks every word up once, not once for each row: translating would be most of the time of an export. */
function rememberingWords(t: Translate): Words {
  const known = new Map<string, string>();
  const remember = (key: string, make: () => string): string => {
    const text = known.get(key) ?? make();
    known.set(key, text);
    return text;
  };
  return {
    word: (key) => remember(key, () => t(key)),
    // What people typed differs from row to row and would only fill the memory.
    reason: (reason) =>
      reason.code === 'override'
        ? healthReasonText(t, reason)
        : remember(Object.values(reason).join(' '), () => healthReasonText(t, reason)),
  };
}

export interface RegisterCsvOptions extends CsvOptions {
  today: CivilDate;
  t: Translate;
}

/** The whole file in pieces; instruments come in the order in which they shall stand and are never held together. */
export function registerCsvChunks(
  instruments: Iterable<Instrument>,
  facts: Pick<ReportFacts, 'persons' | 'bodies' | 'lastNotes'>,
  { today, t, ...options }: RegisterCsvOptions,
): Generator<string> {
  const toRow = reportRowMaker(facts, today);
  const words = rememberingWords(t);
  function* rows(): Generator<CsvCell[]> {
    yield REGISTER_COLUMNS.map(({ name }) => name);
    for (const instrument of instruments) {
      const row = toRow(instrument);
      yield REGISTER_COLUMNS.map(({ cell }) => cell(instrument, row, words));
    }
  }
  return csvChunks(rows(), options);
}

/** Columns whose cells are words of the catalogue. */
const CHOICES = {
  titleBasis: TITLE_BASES,
  kind: KINDS,
  legalStatus: LEGAL_STATUSES,
  stage: STAGES,
  priority: PRIORITIES,
} as const;
type ChoiceColumn = keyof typeof CHOICES;

export const isChoiceColumn = (name: string): name is ChoiceColumn => Object.hasOwn(CHOICES, name);

/** The value that a cell of a choice column means: a word of the catalogue in any case, or the code; null: neither. */
export function valueOfWord<C extends ChoiceColumn>(
  t: Translate,
  column: C,
  cell: string,
): (typeof CHOICES)[C][number] | null {
  const wanted = cell.trim().toLowerCase();
  const values: readonly (typeof CHOICES)[C][number][] = CHOICES[column];
  const wordOf = t as (key: string) => string;
  return values.find((value) => value === wanted || wordOf(`${column}.${value}`).toLowerCase() === wanted) ?? null;
}
