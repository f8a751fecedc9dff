/**
 * The status report for a spreadsheet: the same model as the PDF, one row an instrument under one header, so that it
 * sorts and filters there. The numbers of the first page follow from the rows.
 */
import type { ReportRow, StatusReport } from '../report/statusReport.ts';
import type { Translate } from '../text/translator.ts';
import { type CsvCell, type CsvOptions, csvChunks } from './csv.ts';

const COLUMNS: readonly [name: string, cell: (row: ReportRow, t: Translate, report: StatusReport) => CsvCell][] = [
  ['asOf', (_, __, { asOf }) => asOf],
  ['number', ({ number }) => number],
  ['title', ({ title }) => title],
  ['titleBasis', ({ titleBasis }, t) => t(`titleBasis.${titleBasis}`)],
  ['sector', ({ sector }) => sector],
  ['health', ({ health }, t) => t(`health.${health}`)],
  ['stage', ({ stage }, t) => t(`stage.${stage}`)],
  ['legalStatus', ({ legalStatus }, t) => t(`legalStatus.${legalStatus}`)],
  ['pkOwner', ({ owners }) => owners.pk],
  ['kzOwner', ({ owners }) => owners.kz],
  ['deadline', ({ deadline }) => deadline],
  ['originalDeadline', ({ originalDeadline }) => originalDeadline],
  ['daysLate', ({ daysLate }) => daysLate],
  ['daysLeft', ({ daysLeft }) => daysLeft],
  ['progress', ({ progress }) => progress],
  ['nextStep', ({ nextStep }) => nextStep],
  ['lastNote', ({ lastNote }) => lastNote?.text ?? null],
];

export function statusCsvChunks(
  report: StatusReport,
  { t, ...options }: CsvOptions & { t: Translate },
): Generator<string> {
  function* rows(): Generator<CsvCell[]> {
    yield COLUMNS.map(([name]) => name);
    for (const row of report.register) yield COLUMNS.map(([, cell]) => cell(row, t, report));
  }
  return csvChunks(rows(), options);
}
