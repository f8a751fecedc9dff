/** What a merge would bring, before anything is touched: who, since when, where; what needs a decision; and everything else. */
import { Button } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { MergeOffer } from '../../../shared/api.ts';
import { aheadUnit, fastClocks, sharesByAuthor, spanOf } from '../../../shared/report/mergeSummary.ts';
import type { MergeReport } from '../../../shared/sharing.ts';
import { authorName, authorsText, filesText, spanText } from '../../../shared/text/conflictText.ts';
import { isDecided } from '../../stores/mergeChoices.ts';
import { useMergeStore } from '../../stores/mergeStore.ts';
import { useSessionStore } from '../../stores/sessionStore.ts';
import { errorText } from '../../text/i18n.ts';
import { ConflictList } from './ConflictList.tsx';
import { IncomingList } from './IncomingList.tsx';
import styles from './SharingPage.module.css';

export function MergeReview({ offer }: { offer: MergeOffer }) {
  const { t } = useTranslation();
  const { report } = offer;
  const choices = useMergeStore((s) => s.choices);
  const problem = useMergeStore((s) => s.problem);
  const { setChoice, setAll, run, leave } = useMergeStore.getState();
  const headingRef = useRef<HTMLHeadingElement>(null);
  const isNothing = report.batches.length === 0;
  const open = report.conflicts.filter((conflict) => !isDecided(conflict, choices)).length;

  // biome-ignore lint/correctness/useExhaustiveDependencies: each offer is announced by its heading
  useEffect(() => headingRef.current?.focus(), [offer.token]);

  return (
    <div className={styles.review}>
      <div className={styles.scroll}>
        <header className={styles.reviewHead}>
          <h1 ref={headingRef} tabIndex={-1}>
            {t('sharing.previewTitle', { files: filesText(t, report.sources) })}
          </h1>
          {isNothing ? (
            <p>{t('sharing.nothingNew', { count: report.sources.length })}</p>
          ) : (
            <p>
              <WhatComes report={report} />{' '}
              <strong className={report.conflicts.length > 0 ? styles.needs : undefined}>
                {report.conflicts.length > 0
                  ? t('sharing.needYou', { count: report.conflicts.length })
                  : t('sharing.needNobody')}
              </strong>
            </p>
          )}
        </header>
        <Notices report={report} />
        {report.conflicts.length > 0 && (
          <section aria-labelledby="merge-conflicts" className={styles.section}>
            <h2 id="merge-conflicts">{t('sharing.conflictsHere')}</h2>
            <ConflictList
              conflicts={report.conflicts}
              choices={choices}
              onChoose={setChoice}
              onChooseAll={setAll}
              isMerge
            />
          </section>
        )}
        {!isNothing && <IncomingList report={report} />}
      </div>
      <footer className={styles.foot}>
        <div className={styles.footText}>
          {problem && (
            <p role="alert" className={styles.problem}>
              {errorText(problem)}
            </p>
          )}
          {report.conflicts.length > 0 && (
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
      </footer>
    </div>
  );
}

/** "14 changes by A. Khan and B. Serik, 3 Mar 2026 – 9 Mar 2026, on 5 instruments." */
export function WhatComes({ report }: { report: MergeReport }) {
  const { t } = useTranslation();
  const ownName = useSessionStore((s) => s.profile?.name ?? null);
  const span = spanOf(report.batches);
  if (span === null) return null;
  const what = t('sharing.changesBy', {
    count: report.changes,
    authors: authorsText(t, sharesByAuthor(report.batches), ownName),
    span: spanText(t, span.from, span.to),
  });
  const where = report.instrumentIds.length;
  return <>{where === 0 ? `${what}.` : `${what}, ${t('sharing.changesOn', { count: where })}.`}</>;
}

/** What one has to know and can do nothing about: forked histories, clocks that were ahead. */
export function Notices({ report }: { report: MergeReport }) {
  const { t } = useTranslation();
  const ownName = useSessionStore((s) => s.profile?.name ?? null);
  const clocks = fastClocks(report.batches, Date.now());
  if (report.forks.length === 0 && clocks.length === 0) return null;
  return (
    <ul className={styles.notices}>
      {report.forks.length > 0 && <li>{t('sharing.forks', { count: report.forks.length })}</li>}
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
    </ul>
  );
}
