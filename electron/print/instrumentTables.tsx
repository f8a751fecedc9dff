/** The report's tables of instruments: what is late, what is due, and all of them. */
import type { ReportRow } from '../../shared/report/statusReport.ts';
import { healthReasonText } from '../../shared/text/healthText.ts';
import { Deadline, HEALTH_COLOURS, HealthBadge, InstrumentTitle, LongText, Owners, UserText } from './parts.tsx';
import type { PrintWords } from './printWords.ts';

interface RowsProps {
  rows: readonly ReportRow[];
  words: PrintWords;
}

/** Late or due: who has to do what by when. */
export function DeadlineTable({ rows, words }: RowsProps) {
  const { t } = words;
  return (
    <table className="deadlines">
      <colgroup>
        <col className="c-number" />
        <col className="c-title" />
        <col className="c-deadline" />
        <col className="c-owners" />
        <col />
      </colgroup>
      <thead>
        <tr>
          <th scope="col" className="figure">
            {t('statusReport.column.number')}
          </th>
          <th scope="col">{t('statusReport.column.title')}</th>
          <th scope="col">{t('statusReport.column.deadline')}</th>
          <th scope="col">{t('statusReport.column.owners')}</th>
          <th scope="col">{t('statusReport.column.nextStep')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <td className="figure quiet">{row.number}</td>
            <th scope="row">
              <InstrumentTitle row={row} words={words} />
            </th>
            <td>
              <Deadline row={row} words={words} />
              <DaysLeft row={row} words={words} />
            </td>
            <td>
              <Owners owners={row.owners} words={words} />
            </td>
            <td>{row.nextStep !== null && <LongText text={row.nextStep} words={words} />}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function DaysLeft({ row: { daysLeft }, words: { t } }: { row: ReportRow; words: PrintWords }) {
  if (daysLeft === null) return null;
  return (
    <div className="note">
      {daysLeft === 0 ? t('statusReport.dueToday') : t('statusReport.daysLeft', { count: daysLeft })}
    </div>
  );
}

export function RegisterTable({ rows, words }: RowsProps) {
  const { t } = words;
  return (
    <table className="register">
      <colgroup>
        <col className="c-number" />
        <col className="c-title" />
        <col className="c-health" />
        <col className="c-stage" />
        <col className="c-owners" />
        <col className="c-deadline" />
        <col className="c-progress" />
        <col className="c-step" />
        <col />
      </colgroup>
      <thead>
        <tr>
          <th scope="col" className="figure">
            {t('statusReport.column.number')}
          </th>
          {(['title', 'health', 'stage', 'owners', 'deadline', 'progress', 'nextStep', 'lastNote'] as const).map(
            (column) => (
              <th scope="col" key={column}>
                {t(`statusReport.column.${column}`)}
              </th>
            ),
          )}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <RegisterRow key={row.id} row={row} words={words} />
        ))}
      </tbody>
    </table>
  );
}

function RegisterRow({ row, words }: { row: ReportRow; words: PrintWords }) {
  const { t } = words;
  return (
    <tr>
      <td className="figure quiet">{row.number}</td>
      <th scope="row">
        <InstrumentTitle row={row} words={words} />
      </th>
      <td>
        <HealthBadge health={row.health} words={words} />
        <HealthReasons row={row} words={words} />
      </td>
      <td>{t(`stage.${row.stage}`)}</td>
      <td>
        <Owners owners={row.owners} words={words} />
      </td>
      <td>
        <Deadline row={row} words={words} />
      </td>
      <td>
        <Progress percent={row.progress} words={words} />
      </td>
      <td>{row.nextStep !== null && <LongText text={row.nextStep} words={words} />}</td>
      <td>
        <LastNote note={row.lastNote} words={words} />
      </td>
    </tr>
  );
}

/** Lateness stands beside the deadline already, and "nothing wrong" needs no words. */
function HealthReasons({ row, words: { t } }: { row: ReportRow; words: PrintWords }) {
  const told = row.healthReasons.filter(
    ({ code }) => !['overdue', 'nothing-wrong', 'done', 'no-deadline'].includes(code),
  );
  const text = told.map((reason) => healthReasonText(t, reason)).join(' ');
  return text === '' ? null : <div className="note">{text}</div>;
}

function Progress({ percent, words: { t } }: { percent: number | null; words: PrintWords }) {
  if (percent === null) return <span className="quiet">{t('statusReport.noReport')}</span>;
  return (
    <>
      {percent}%
      <svg className="progress" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
        <rect width="100" height="10" fill="#dddbd6" />
        <rect width={percent} height="10" fill={HEALTH_COLOURS['not-reported']} />
      </svg>
    </>
  );
}

function LastNote({ note, words }: { note: ReportRow['lastNote']; words: PrintWords }) {
  if (note === null) return null;
  return (
    <>
      <LongText text={note.text} words={words} />
      <div className="note">
        {note.author !== null && (
          <>
            <UserText text={note.author} />,{' '}
          </>
        )}
        <span className="nowrap">{words.dayOf(note.writtenAt)}</span>
      </div>
    </>
  );
}
