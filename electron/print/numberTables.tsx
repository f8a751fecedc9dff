/** The report's tables of numbers: each beside the same number of the earlier day, if there is one. */
import { HEALTHS, STAGES } from '../../shared/entities/values.ts';
import { COUNT_NAMES } from '../../shared/report/statusCounts.ts';
import type { SectorLine, StatusReport } from '../../shared/report/statusReport.ts';
import { healthRuleText } from '../../shared/text/healthText.ts';
import { Change, HEALTH_COLOURS, HealthBadge, HealthShape, UserText } from './parts.tsx';
import type { PrintWords } from './printWords.ts';

interface ReportProps {
  report: StatusReport;
  words: PrintWords;
}

interface NumberLine {
  key: string;
  label: React.ReactNode;
  now: number;
  before: number | null;
  meaning?: string;
}

/** Label, number, and where there is an earlier day its number and the change. */
function NumberTable({ heading, lines, report, words }: ReportProps & { heading: string; lines: NumberLine[] }) {
  const { t, day, figure } = words;
  const hasMeaning = lines.some(({ meaning }) => meaning !== undefined);
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{heading}</th>
          <th scope="col" className="figure">
            {day(report.asOf)}
          </th>
          {report.since && (
            <>
              <th scope="col" className="figure">
                {day(report.since.on)}
              </th>
              <th scope="col" className="figure">
                {t('statusReport.column.change')}
              </th>
            </>
          )}
          {hasMeaning && <th scope="col">{t('statusReport.column.meaning')}</th>}
        </tr>
      </thead>
      <tbody>
        {lines.map(({ key, label, now, before, meaning }) => (
          <tr key={key}>
            <th scope="row">{label}</th>
            <td className="figure">{figure(now)}</td>
            {before !== null && (
              <>
                <td className="figure quiet">{figure(before)}</td>
                <td className="figure">
                  <Change now={now} before={before} words={words} />
                </td>
              </>
            )}
            {hasMeaning && <td className="small">{meaning}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function CountsTable({ report, words }: ReportProps) {
  const lines = COUNT_NAMES.map((name) => ({
    key: name,
    label: words.t(`statusCounts.${name}`),
    now: report.counts[name],
    before: report.since?.counts[name] ?? null,
  }));
  return <NumberTable heading={words.t('statusReport.column.measure')} lines={lines} report={report} words={words} />;
}

export function StageTable({ report, words }: ReportProps) {
  const lines = STAGES.map((stage) => ({
    key: stage,
    label: words.t(`stage.${stage}`),
    now: report.counts.byStage[stage],
    before: report.since?.counts.byStage[stage] ?? null,
  }));
  return <NumberTable heading={words.t('statusReport.column.stage')} lines={lines} report={report} words={words} />;
}

/** Numbers by health together with the rule that makes them: nobody has to look the colours up. */
export function HealthTable({ report, words }: ReportProps) {
  const lines = healthRuleText(words.t).map(({ health, meaning }) => ({
    key: health,
    label: <HealthBadge health={health} words={words} />,
    now: report.counts.byHealth[health],
    before: report.since?.counts.byHealth[health] ?? null,
    meaning,
  }));
  return <NumberTable heading={words.t('statusReport.column.health')} lines={lines} report={report} words={words} />;
}

/** Length is the number of instruments, by the longest sector: short sectors do not look like long ones. */
function SectorBar({ line, longest, words: { t } }: { line: SectorLine; longest: number; words: PrintWords }) {
  const present = HEALTHS.filter((health) => line.byHealth[health] > 0);
  const parts = present.map((health) =>
    t('statusReport.barPart', { count: line.byHealth[health], health: t(`health.${health}`).toLowerCase() }),
  );
  let start = 0;
  return (
    <svg
      className="bar"
      viewBox={`0 0 ${longest * 10} 10`}
      preserveAspectRatio="none"
      role="img"
      aria-label={t('statusReport.barLabel', { sector: line.sector ?? t('noSector'), parts: parts.join(', ') })}
    >
      {present.map((health) => {
        const x = start;
        start += line.byHealth[health] * 10;
        return <rect key={health} x={x} width={start - x - 0.6} height="10" fill={HEALTH_COLOURS[health]} />;
      })}
    </svg>
  );
}

export function SectorTable({ report, words }: ReportProps) {
  const { t, figure } = words;
  const longest = Math.max(1, ...report.bySector.map(({ total }) => total));
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{t('statusReport.column.sector')}</th>
          <th scope="col" className="figure">
            {t('statusReport.column.total')}
          </th>
          <th scope="col" className="figure">
            {t('statusReport.column.late')}
          </th>
          {HEALTHS.map((health) => (
            <th scope="col" key={health} className="figure">
              <span className="health">
                <HealthShape health={health} />
                {t(`health.${health}`)}
              </span>
            </th>
          ))}
          <th scope="col" className="bar-column">
            {t('statusReport.column.share')}
          </th>
        </tr>
      </thead>
      <tbody>
        {report.bySector.map((line) => (
          <tr key={line.sector ?? ''}>
            <th scope="row">
              {line.sector === null ? <span className="quiet">{t('noSector')}</span> : <UserText text={line.sector} />}
            </th>
            <td className="figure">{figure(line.total)}</td>
            <td className={line.overdue > 0 ? 'figure off-track' : 'figure quiet'}>{figure(line.overdue)}</td>
            {HEALTHS.map((health) => (
              <td key={health} className={line.byHealth[health] > 0 ? 'figure' : 'figure quiet'}>
                {figure(line.byHealth[health])}
              </td>
            ))}
            <td>
              <SectorBar line={line} longest={longest} words={words} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
