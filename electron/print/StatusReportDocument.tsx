/** The status report on paper, from its first line to the signatures. Reads like its table of contents. */
import { SIDES } from '../../shared/entities/values.ts';
import { headlineText } from '../../shared/report/headline.ts';
import type { ReportRow, StatusReport } from '../../shared/report/statusReport.ts';
import { ELAPSED_RED, ELAPSED_YELLOW } from '../../shared/rules/deadline.ts';
import { DeadlineTable, RegisterTable } from './instrumentTables.tsx';
import { CountsTable, HealthTable, SectorTable, StageTable } from './numberTables.tsx';
import { PrintPage } from './PrintPage.tsx';
import { DocumentHead } from './parts.tsx';
import type { PrintWords } from './printWords.ts';
import { TargetTable } from './TargetTable.tsx';

interface Props {
  report: StatusReport;
  words: PrintWords;
}

export function StatusReportDocument({ report, words, title }: Props & { title: string }) {
  return (
    <PrintPage words={words} title={title}>
      <StatusReportBody report={report} words={words} />
    </PrintPage>
  );
}

function StatusReportBody({ report, words }: Props) {
  const { t } = words;
  return (
    <>
      <main>
        <TitleBlock report={report} words={words} />
        <p className="headline">{headlineText(t, report.counts, report.since)}</p>
        <h2>{t('statusReport.section.health')}</h2>
        <HealthTable report={report} words={words} />
        <div className="columns">
          <section>
            <h2>{t('statusReport.section.numbers')}</h2>
            <CountsTable report={report} words={words} />
          </section>
          <section>
            <h2>{t('statusReport.section.stage')}</h2>
            <StageTable report={report} words={words} />
          </section>
        </div>
        <section className="keep">
          <h2>{t('statusReport.section.sector')}</h2>
          {report.bySector.length === 0 ? (
            <p className="quiet">{t('statusReport.noInstruments')}</p>
          ) : (
            <SectorTable report={report} words={words} />
          )}
        </section>
        <h2>{t('statusReport.section.overdue')}</h2>
        <Deadlines rows={report.overdue} none={t('statusReport.noneOverdue')} words={words} />
        <h2>{t('statusReport.section.due')}</h2>
        <DueNext report={report} words={words} />
        <section className="keep">
          <h2>{t('statusReport.section.targets')}</h2>
          {report.headlineTargets.length === 0 ? (
            <p className="quiet">{t('statusReport.noTargets')}</p>
          ) : (
            <TargetTable targets={report.headlineTargets} words={words} />
          )}
        </section>
      </main>
      <section className="wide">
        <h2>{t('statusReport.section.register')}</h2>
        {report.register.length === 0 ? (
          <p className="quiet">{t('statusReport.noInstruments')}</p>
        ) : (
          <RegisterTable rows={report.register} words={words} />
        )}
        {/* Together: signatures alone on a page could be put under any report. */}
        <div className="keep">
          <Legend words={words} />
          <Signatures words={words} />
        </div>
      </section>
    </>
  );
}

function TitleBlock({ report, words }: Props) {
  const { t, day } = words;
  const { preparedBy, since } = report;
  const preparer = preparedBy && [preparedBy.name, preparedBy.post].filter((part) => part).join(', ');
  const facts = [
    [t('statusReport.asOf'), day(report.asOf)],
    [t('statusReport.since'), since === null ? t('statusReport.sinceNothing') : day(since.on)],
    [t('statusReport.preparedBy'), preparer ?? t('statusReport.preparedByNobody')],
    [t('statusReport.instruments'), words.figure(report.counts.total)],
  ] as const;
  return <DocumentHead kicker={t('statusReport.name')} title={report.title} facts={facts} />;
}

function Deadlines({ rows, none, words }: { rows: readonly ReportRow[]; none: string; words: PrintWords }) {
  return rows.length === 0 ? <p className="quiet">{none}</p> : <DeadlineTable rows={rows} words={words} />;
}

function DueNext({ report: { dueNext }, words }: Props) {
  const { t } = words;
  const spans = [
    [t('statusReport.section.dueIn30'), dueNext.in30],
    [t('statusReport.section.dueIn60'), dueNext.in60],
    [t('statusReport.section.dueIn90'), dueNext.in90],
  ] as const;
  return spans.map(([heading, rows]) => (
    <section key={heading}>
      <h3>{heading}</h3>
      <Deadlines rows={rows} none={t('statusReport.noneDue')} words={words} />
    </section>
  ));
}

/** What cannot be read off the tables themselves; the rule of health stands beside its numbers on the first page. */
function Legend({ words: { t } }: { words: PrintWords }) {
  const percents = { half: ELAPSED_YELLOW * 100, most: ELAPSED_RED * 100 };
  return (
    <section>
      <h2 className="later">{t('statusReport.section.legend')}</h2>
      <dl className="legend">
        <dt>{t('statusReport.section.health')}</dt>
        <dd>{t('healthRuleOverride')}</dd>
        <dt>{t('statusReport.elapsedTitle')}</dt>
        <dd>{t('statusReport.elapsedMeaning', percents)}</dd>
        <dt>{t('statusReport.basisTitle')}</dt>
        <dd>{t('statusReport.basisMeaning')}</dd>
        <dt>{t('statusReport.section.numbers')}</dt>
        <dd>{t('statusReport.rowsMeaning')}</dd>
      </dl>
    </section>
  );
}

function Signatures({ words: { t } }: { words: PrintWords }) {
  return (
    <section>
      <h2 className="later">{t('statusReport.section.signatures')}</h2>
      <div className="signatures">
        {SIDES.map((side) => (
          <div key={side}>
            <h3>{t('statusReport.forSide', { side: t(`side.${side}`) })}</h3>
            <dl>
              {(['signName', 'signature', 'signDate'] as const).map((line) => (
                <div className="sign-line" key={line}>
                  <dt>{t(`statusReport.${line}`)}</dt>
                  <dd />
                </div>
              ))}
            </dl>
          </div>
        ))}
      </div>
    </section>
  );
}
