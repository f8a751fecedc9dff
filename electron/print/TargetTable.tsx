/** Headline targets: where each started, where it stands, where it shall be, and how much time is left. */
import type { CivilDate } from '../../shared/civilDate.ts';
import type { TargetLine } from '../../shared/report/statusReport.ts';
import { UserText } from './parts.tsx';
import type { PrintWords } from './printWords.ts';

export function TargetTable({ targets, words }: { targets: readonly TargetLine[]; words: PrintWords }) {
  const { t } = words;
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{t('statusReport.column.target')}</th>
          {(['baseline', 'latest', 'goal', 'timeLeft'] as const).map((column) => (
            <th scope="col" key={column} className="figure">
              {t(`statusReport.column.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {targets.map((line) => (
          <tr key={line.name}>
            <th scope="row">
              <UserText text={line.name} />
              {line.unit !== null && (
                <div className="note">
                  <UserText text={line.unit} />
                </div>
              )}
            </th>
            <Figure value={line.baseline} on={line.baselineOn} words={words} />
            <Figure value={line.latest} on={line.latestOn} words={words} />
            <Figure value={line.target} on={line.targetOn} words={words} />
            <td className="figure">
              <TimeLeft daysLeft={line.daysLeft} words={words} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Figure({
  value,
  on,
  words: { t, day, figure },
}: {
  value: number | null;
  on: CivilDate | null;
  words: PrintWords;
}) {
  return (
    <td className="figure">
      {value === null ? <span className="quiet">{t('statusReport.notSet')}</span> : figure(value)}
      {on !== null && <div className="note">{day(on)}</div>}
    </td>
  );
}

function TimeLeft({ daysLeft, words: { t } }: { daysLeft: number | null; words: PrintWords }) {
  if (daysLeft === null) return <span className="quiet">{t('statusReport.noDeadline')}</span>;
  if (daysLeft === 0) return t('statusReport.endsToday');
  return daysLeft > 0
    ? t('statusReport.daysLeft', { count: daysLeft })
    : t('statusReport.daysPast', { count: -daysLeft });
}
