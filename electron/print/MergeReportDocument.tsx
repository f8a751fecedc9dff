/** What a merge brought, what was decided in it and what is still open, for the minutes. */
import { choiceOf, keyOf, NO_FILTER } from '../../shared/conflictChoices.ts';
import { pageOf } from '../../shared/conflictPages.ts';
import { aheadUnit } from '../../shared/report/mergeSummary.ts';
import type { Choices, Conflict, ConflictFilter } from '../../shared/sharing.ts';
import {
  authorName,
  authorsText,
  conflictField,
  filesText,
  outcomeText,
  rowText,
  spanText,
  stepPlaceText,
  versionText,
  whoText,
} from '../../shared/text/conflictText.ts';
import { toSettleText } from '../../shared/text/inconsistencyText.ts';
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
  const { merge, choices } = record;
  const decided = firstOf(merge.conflicts, { ...NO_FILTER, state: 'decided' }, choices);
  const open = firstOf(merge.conflicts, { ...NO_FILTER, state: 'undecided' }, choices);
  return (
    <PrintPage words={words} title={title}>
      <main>
        <Head record={record} words={words} />
        <Notices record={record} words={words} />
        {decided.total > 0 && (
          <>
            <h2>{t('sharing.reportDecided')}</h2>
            <Decided conflicts={decided.shown} choices={choices} words={words} />
            <More count={decided.total - decided.shown.length} words={words} />
          </>
        )}
        {open.total > 0 && (
          <>
            <h2>{t('sharing.reportOpen')}</h2>
            <Open conflicts={open.shown} words={words} />
            <More count={open.total - open.shown.length} words={words} />
          </>
        )}
        {merge.steps.length > 0 && (
          <>
            <h2>{t('sharing.reportIncoming')}</h2>
            <Incoming record={record} words={words} />
          </>
        )}
      </main>
    </PrintPage>
  );
}

/** So many of a kind are printed: nobody reads a thousand pages, and the program would stand still making them. */
const PRINTED = 500;

const firstOf = (conflicts: readonly Conflict[], filter: ConflictFilter, choices: Choices) =>
  pageOf(conflicts, { filter, choices, offset: 0, limit: PRINTED });

function More({ count, words: { t } }: { count: number; words: PrintWords }) {
  return count > 0 && <p className="note">{t('sharing.moreNotPrinted', { count })}</p>;
}

function Head({ record, words }: Props) {
  const { t } = words;
  const { author } = record;
  const { summary } = record.merge;
  const { span } = summary;
  const facts = [
    [t('sharing.when'), words.dayOf(record.at)],
    [t('sharing.by'), [author?.name, author?.post].filter(Boolean).join(', ')],
  ] as const;
  return (
    <DocumentHead kicker={t('sharing.printed')} title={record.title} facts={facts}>
      <p className="headline">
        <UserText text={t('sharing.reportTitle', { files: filesText(t, summary.sources) })} />.{' '}
        {span === null
          ? t('sharing.reportNothing')
          : t('sharing.reportIn', {
              count: summary.changes,
              authors: authorsText(t, summary.authors, null),
              span: spanText(t, span.from, span.to),
            })}{' '}
        {summary.conflicts === 0 && t('sharing.reportNoConflicts')}
      </p>
    </DocumentHead>
  );
}

function Notices({ record, words: { t } }: Props) {
  const { forks, clocks, inconsistencies } = record.merge.summary;
  const settle = toSettleText(t, inconsistencies, inconsistencies.first.length);
  return (
    <>
      {forks > 0 && <p>{t('sharing.forks', { count: forks })}</p>}
      {clocks.map(({ author, aheadMs, steps }) => {
        const { unit, count } = aheadUnit(aheadMs);
        const ahead = t(`sharing.${unit}`, { count });
        return (
          <p key={author ?? ''}>{t('sharing.clock', { count: steps, author: authorName(t, author, null), ahead })}</p>
        );
      })}
      {settle && (
        <>
          <p className="lead">{settle.lead}</p>
          <ul>
            {settle.named.map((text) => (
              <li key={text}>
                <UserParagraph text={text} />
              </li>
            ))}
          </ul>
          {settle.more && <p>{settle.more}</p>}
        </>
      )}
    </>
  );
}

interface ConflictsProps {
  conflicts: readonly Conflict[];
  words: PrintWords;
}

function Decided({ conflicts, choices, words }: ConflictsProps & { choices: Choices }) {
  const { t } = words;
  return (
    <table>
      <tbody>
        {conflicts.map((conflict) => (
          <tr key={keyOf(conflict)}>
            <th scope="row">
              <Where conflict={conflict} words={words} />
            </th>
            <td>
              <Versions conflict={conflict} words={words} />
            </td>
            <td>
              <UserParagraph text={outcomeText(t, conflict, choiceOf(conflict, choices)?.value ?? null)} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Open({ conflicts, words }: ConflictsProps) {
  return (
    <table>
      <tbody>
        {conflicts.map((conflict) => (
          <tr key={keyOf(conflict)}>
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
  const { steps } = record.merge;
  return (
    <>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('sharing.when')}</th>
            <th scope="col">{t('sharing.by')}</th>
            <th scope="col">{t('sharing.byInstrument')}</th>
            <th scope="col">{t('sharing.what')}</th>
            <th scope="col" className="figure">
              {t('sharing.howMuch')}
            </th>
          </tr>
        </thead>
        <tbody>
          {steps.slice(0, PRINTED).map((step) => (
            <tr key={`${step.replica}:${step.seq}`}>
              <td className="nowrap">{words.dayOf(step.at)}</td>
              <td>
                <UserText text={authorName(t, step.author, null)} />
              </td>
              <td>
                <UserText text={stepPlaceText(t, step)} />
              </td>
              <td>{t(`batch.${step.label}` as 'batch.edit', { defaultValue: step.label })}</td>
              <td className="figure">{words.figure(step.changes)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <More count={steps.length - PRINTED} words={words} />
    </>
  );
}
