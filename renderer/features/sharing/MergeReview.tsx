/** What a merge would bring, before anything is touched: who, since when, where; what needs a decision; and everything else. */
import { Button, Loader } from '@mantine/core';
import { useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { MergeOffer } from '../../../shared/api.ts';
import { aheadUnit } from '../../../shared/report/mergeSummary.ts';
import type { MergeSummary } from '../../../shared/sharing.ts';
import { authorName, authorsText, filesText, spanText } from '../../../shared/text/conflictText.ts';
import { toSettleText } from '../../../shared/text/inconsistencyText.ts';
import { mergeSource, useUndecided } from '../../stores/conflictSource.ts';
import { useMergeStore } from '../../stores/mergeStore.ts';
import { useSessionStore } from '../../stores/sessionStore.ts';
import { errorText } from '../../text/i18n.ts';
import { ConflictList } from './ConflictList.tsx';
import { IncomingList } from './IncomingList.tsx';
import styles from './SharingPage.module.css';

export function MergeReview({ offer }: { offer: MergeOffer }) {
  const { t } = useTranslation();
  const { summary, token } = offer;
  const source = useMemo(() => mergeSource(token), [token]);
  const choices = useMergeStore((s) => s.choices);
  const problem = useMergeStore((s) => s.problem);
  const isMerging = useMergeStore((s) => s.phase.kind === 'merging');
  const { setChoice, setAll, run, leave } = useMergeStore.getState();
  const headingRef = useRef<HTMLHeadingElement>(null);
  const isNothing = summary.steps === 0;
  const open = useUndecided(source, choices, summary.conflicts);

  // biome-ignore lint/correctness/useExhaustiveDependencies: each offer is announced by its heading
  useEffect(() => headingRef.current?.focus(), [token]);

  return (
    <div className={styles.review}>
      <div className={styles.scroll} inert={isMerging}>
        <header className={styles.reviewHead}>
          <h1 ref={headingRef} tabIndex={-1}>
            {t('sharing.previewTitle', { files: filesText(t, summary.sources) })}
          </h1>
          {isNothing ? (
            <p>{t('sharing.nothingNew', { count: summary.sources.length })}</p>
          ) : (
            <p>
              <WhatComes summary={summary} />{' '}
              <strong className={summary.conflicts > 0 ? styles.needs : undefined}>
                {summary.conflicts > 0 ? t('sharing.needYou', { count: summary.conflicts }) : t('sharing.needNobody')}
              </strong>
            </p>
          )}
        </header>
        <Notices summary={summary} />
        {summary.conflicts > 0 && (
          <section aria-labelledby="merge-conflicts" className={styles.section}>
            <h2 id="merge-conflicts">{t('sharing.conflictsHere')}</h2>
            <ConflictList
              source={source}
              total={summary.conflicts}
              choices={choices}
              onChoose={setChoice}
              onChooseAll={setAll}
              isMerge
            />
          </section>
        )}
        {!isNothing && <IncomingList merge={offer} />}
      </div>
      <footer className={styles.foot}>
        {isMerging ? (
          <Merging changes={summary.changes} />
        ) : (
          <>
            <div className={styles.footText}>
              {problem && (
                <p role="alert" className={styles.problem}>
                  {errorText(problem)}
                </p>
              )}
              {summary.conflicts > 0 && (
                <p role="status">{open === 0 ? t('sharing.allDecided') : t('sharing.undecided', { count: open })}</p>
              )}
              {!isNothing && <p className="quiet">{t('sharing.takenBackHint')}</p>}
            </div>
            {isNothing ? (
              <Button onClick={leave}>{t('sharing.close')}</Button>
            ) : (
              <>
                <Button onClick={leave}>{t('window.cancel')}</Button>
                <Button variant="filled" onClick={() => void run()}>
                  {t('sharing.doMerge')}
                </Button>
              </>
            )}
          </>
        )}
      </footer>
    </div>
  );
}

/** It stays in sight while it is carried out, and can be stopped until it is done. */
function Merging({ changes }: { changes: number }) {
  const { t } = useTranslation();
  const isStopping = useMergeStore((s) => s.isStopping);
  return (
    <>
      <div className={`${styles.footText} ${styles.busy}`} role="status">
        <Loader size={16} color="accent" />
        <span>{t('sharing.merging', { count: changes })}</span>
      </div>
      <Button disabled={isStopping} onClick={useMergeStore.getState().stop}>
        {t('sharing.stop')}
      </Button>
    </>
  );
}

/** "14 changes by A. Khan and B. Serik, 3 Mar 2026 – 9 Mar 2026, on 5 instruments." */
export function WhatComes({ summary }: { summary: MergeSummary }) {
  const { t } = useTranslation();
  const ownName = useSessionStore((s) => s.profile?.name ?? null);
  const { span } = summary;
  if (span === null) return null;
  const what = t('sharing.changesBy', {
    count: summary.changes,
    authors: authorsText(t, summary.authors, ownName),
    span: spanText(t, span.from, span.to),
  });
  const where = summary.instruments.count;
  return <>{where === 0 ? `${what}.` : `${what}, ${t('sharing.changesOn', { count: where })}.`}</>;
}

/** Of what is to be settled later; the page of sharing lists it all, with the ways out. */
const NAMED = 3;

/** What one has to know and can do nothing about here: forked histories, clocks that were ahead, what is to be settled later. */
export function Notices({ summary: { forks, clocks, inconsistencies } }: { summary: MergeSummary }) {
  const { t } = useTranslation();
  const ownName = useSessionStore((s) => s.profile?.name ?? null);
  const settle = toSettleText(t, inconsistencies, NAMED);
  if (forks === 0 && clocks.length === 0 && !settle) return null;
  return (
    <ul className={styles.notices}>
      {forks > 0 && <li>{t('sharing.forks', { count: forks })}</li>}
      {clocks.map(({ author, aheadMs, steps }) => {
        const { unit, count } = aheadUnit(aheadMs);
        return (
          <li key={author ?? ''}>
            {t('sharing.clock', {
              count: steps,
              author: authorName(t, author, ownName),
              ahead: t(`sharing.${unit}`, { count }),
            })}
          </li>
        );
      })}
      {settle && (
        <li>
          {settle.lead}
          <ul>
            {settle.named.map((text) => (
              <li key={text}>
                <bdi>{text}</bdi>
              </li>
            ))}
          </ul>
          {settle.more}
        </li>
      )}
    </ul>
  );
}
