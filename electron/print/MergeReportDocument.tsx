/** What a merge brought, what was decided in it and what is still open, for the minutes. */
import { aheadUnit, fastClocks, newestFirst, sharesByAuthor, spanOf } from '../../shared/report/mergeSummary.ts';
import type { Conflict, Decision } from '../../shared/sharing.ts';
import {
  authorName,
  authorsText,
  conflictField,
  filesText,
  outcomeText,
  rowText,
  spanText,
  versionText,
  whoText,
} from '../../shared/text/conflictText.ts';
import type { MergeRecord } from '../merging.ts';
import { PrintPage } from './PrintPage.tsx';
import { DocumentHead, UserParagraph, UserText } from './parts.tsx';
import type { PrintWords } from './printWords.ts';

interface Props {
  record: MergeRecord;
  words: PrintWords;
}

export function MergeReportDocument({ record, words, title }: Props & { title: string }) {
  const { t } = words;
  const { report, decisions } = record;
  const decided = report.conflicts.flatMap((conflict) => {
    const decision = decisions.find(
      ({ entity, id, field }) => entity === conflict.entity && id === conflict.id && field === conflict.field,
    );
    return decision ? [{ conflict, decision }] : [];
  });
  const open = report.conflicts.filter((conflict) => !decided.some((one) => one.conflict === conflict));
  return (
    <PrintPage words={words} title={title}>
      <main>
        <Head record={record} words={words} />
        <Notices record={record} words={words} />
        {decided.length > 0 && (
          <>
            <h2>{t('sharing.reportDecided')}</h2>
            <Decided decided={decided} words={words} />
          </>
        )}
        {open.length > 0 && (
          <>
            <h2>{t('sharing.reportOpen')}</h2>
            <Open conflicts={open} words={words} />
          </>
        )}
        {report.batches.length > 0 && (
          <>
            <h2>{t('sharing.reportIncoming')}</h2>
            <Incoming record={record} words={words} />
          </>
        )}
      </main>
    </PrintPage>
  );
}

function Head({ record, words }: Props) {
  const { t } = words;
  const { report, author } = record;
  const span = spanOf(report.batches);
  const facts = [
    [t('sharing.when'), words.dayOf(record.at)],
    [t('sharing.by'), [author?.name, author?.post].filter(Boolean).join(', ')],
  ] as const;
  return (
    <DocumentHead kicker={t('sharing.printed')} title={record.title} facts={facts}>
      <p className="headline">
        <UserText text={t('sharing.reportTitle', { files: filesText(t, report.sources) })} />.{' '}
        {span === null
          ? t('sharing.reportNothing')
          : t('sharing.reportIn', {
              count: report.changes,
              authors: authorsText(t, sharesByAuthor(report.batches), null),
              span: spanText(t, span.from, span.to),
            })}{' '}
        {report.conflicts.length === 0 && t('sharing.reportNoConflicts')}
      </p>
    </DocumentHead>
  );
}

function Notices({ record: { report, at }, words: { t } }: Props) {
  return (
    <>
      {report.forks.length > 0 && <p>{t('sharing.forks', { count: report.forks.length })}</p>}
      {fastClocks(report.batches, at).map(({ author, aheadMs, steps }) => {
        const { unit, count } = aheadUnit(aheadMs);
        const ahead = t(`sharing.${unit}`, { count });
        return (
          <p key={author ?? ''}>{t('sharing.clock', { count: steps, author: authorName(t, author, null), ahead })}</p>
        );
      })}
    </>
  );
}

function Decided({ decided, words }: { decided: { conflict: Conflict; decision: Decision }[]; words: PrintWords }) {
  const { t } = words;
  return (
    <table>
      <tbody>
        {decided.map(({ conflict, decision }) => (
          <tr key={`${conflict.entity}:${conflict.id}:${conflict.field}`}>
            <th scope="row">
              <Where conflict={conflict} words={words} />
            </th>
            <td>
              <Versions conflict={conflict} words={words} />
            </td>
            <td>
              <UserParagraph text={outcomeText(t, conflict, decision.value)} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Open({ conflicts, words }: { conflicts: readonly Conflict[]; words: PrintWords }) {
  return (
    <table>
      <tbody>
        {conflicts.map((conflict) => (
          <tr key={`${conflict.entity}:${conflict.id}:${conflict.field}`}>
            <th scope="row">
              <Where conflict={conflict} words={words} />
            </th>
            <td>
              <Versions conflict={conflict} words={words} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Where({ conflict, words: { t } }: { conflict: Conflict; words: PrintWords }) {
  return (
    <>
      <UserText text={rowText(t, conflict)} />
      <div className="note">{conflictField(t, conflict.field)}</div>
    </>
  );
}

/** Each version whole, with who wrote it and when. */
function Versions({ conflict, words: { t } }: { conflict: Conflict; words: PrintWords }) {
  return [conflict.ours, ...conflict.theirs].map(
    (version, index) =>
      version && (
        <div key={`${version.replica}:${version.seq}`}>
          <span className="note">
            {t(index === 0 ? 'sharing.ours' : 'sharing.theirs')}, <UserText text={whoText(t, version, null)} />
          </span>
          <UserParagraph text={versionText(t, conflict.field, version)} />
        </div>
      ),
  );
}

function Incoming({ record, words }: Props) {
  const { t } = words;
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{t('sharing.when')}</th>
          <th scope="col">{t('sharing.by')}</th>
          <th scope="col">{t('sharing.what')}</th>
          <th scope="col" className="figure">
            {t('sharing.howMuch')}
          </th>
        </tr>
      </thead>
      <tbody>
        {newestFirst(record.report.batches).map(({ replica, seq, at, author, label, changes }) => (
          <tr key={`${replica}:${seq}`}>
            <td className="nowrap">{words.dayOf(at)}</td>
            <td>
              <UserText text={authorName(t, author, null)} />
            </td>
            <td>{t(`batch.${label}` as 'batch.edit', { defaultValue: label })}</td>
            <td className="figure">{words.figure(changes)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
