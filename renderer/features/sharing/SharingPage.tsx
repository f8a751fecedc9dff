/** Copies that come back together. While a merge is under way the page is its review, then its report. */
import { Button, Loader } from '@mantine/core';
import { IconGitMerge } from '@tabler/icons-react';
import { memo, useDeferredValue } from 'react';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '../../../shared/text/formatDate.ts';
import { useConflictsStore } from '../../stores/conflictsStore.ts';
import { useInconsistenciesStore } from '../../stores/inconsistenciesStore.ts';
import { useMergeStore } from '../../stores/mergeStore.ts';
import { useSessionStore } from '../../stores/sessionStore.ts';
import { errorText } from '../../text/i18n.ts';
import { Backups } from './Backups.tsx';
import { GiveAway } from './GiveAway.tsx';
import { Inconsistencies } from './Inconsistencies.tsx';
import { MergeDone } from './MergeDone.tsx';
import { MergeReview } from './MergeReview.tsx';
import { OpenConflicts } from './OpenConflicts.tsx';
import styles from './SharingPage.module.css';
import { TeamFolder } from './TeamFolder.tsx';
import { UnlockDialog } from './UnlockDialog.tsx';

export function SharingPage() {
  // A review or a report is made in small steps, as pages are.
  const phase = useDeferredValue(useMergeStore((s) => s.phase));
  switch (phase.kind) {
    case 'review':
    case 'merging':
      return <MergeReview key={phase.offer.token} offer={phase.offer} />;
    case 'done':
      return <MergeDone {...phase} />;
    default:
      return <Overview />;
  }
}

/** Stays as it is while a review is made that will take its place. */
const Overview = memo(function Overview() {
  const { t } = useTranslation();
  const isReadOnly = useSessionStore((s) => s.file?.info.isReadOnly ?? true);
  return (
    <div className={styles.page}>
      <h1>{t('sharing.title')}</h1>
      <MergeSection />
      <ConflictsSection />
      <InconsistenciesSection />
      <TeamFolder isReadOnly={isReadOnly} />
      <GiveAway />
      <Backups isReadOnly={isReadOnly} />
    </div>
  );
});

function MergeSection() {
  const { t } = useTranslation();
  const phase = useMergeStore((s) => s.phase);
  const problem = useMergeStore((s) => s.problem);
  const isStopping = useMergeStore((s) => s.isStopping);
  const { choose, stop } = useMergeStore.getState();
  return (
    <section className={styles.block} aria-labelledby="sharing-merge">
      <h2 id="sharing-merge">{t('sharing.merge')}</h2>
      <p className={styles.explain}>{t('sharing.mergeText')}</p>
      {problem && (
        <p role="alert" className={styles.problem}>
          {errorText(problem)}
        </p>
      )}
      {phase.kind === 'looking' ? (
        <div className={styles.busy} role="status">
          <Loader size={16} color="accent" />
          <span>{t('sharing.looking')}</span>
          <Button disabled={isStopping} onClick={stop}>
            {t('sharing.stop')}
          </Button>
        </div>
      ) : (
        <div className={styles.actions}>
          <Button leftSection={<IconGitMerge size={16} />} variant="filled" onClick={() => void choose()}>
            {t('sharing.mergeChoose')}
          </Button>
          <span className="quiet">{t('sharing.mergeDrop')}</span>
        </div>
      )}
      {phase.kind === 'locked' && (
        <UnlockDialog key={`${phase.copy.token} ${phase.copy.number}`} copy={phase.copy} isTrying={phase.isTrying} />
      )}
    </section>
  );
}

function ConflictsSection() {
  const { t } = useTranslation();
  const count = useConflictsStore((s) => s.count);
  const isReadOnly = useSessionStore((s) => s.file?.info.isReadOnly ?? true);
  return (
    <section className={styles.block} aria-labelledby="sharing-conflicts">
      <h2 id="sharing-conflicts">
        {t('sharing.conflicts')} {count > 0 && <Count count={count} />}
      </h2>
      {count === 0 ? (
        <p className={styles.explain}>{t('sharing.conflictsNone')}</p>
      ) : (
        <>
          <p className={styles.explain}>{t('sharing.conflictsText')}</p>
          <OpenConflicts isReadOnly={isReadOnly} />
        </>
      )}
    </section>
  );
}

function InconsistenciesSection() {
  const { t } = useTranslation();
  const count = useInconsistenciesStore((s) => s.inconsistencies.length);
  const isReadOnly = useSessionStore((s) => s.file?.info.isReadOnly ?? true);
  if (count === 0) return null;
  return (
    <section className={styles.block} aria-labelledby="sharing-settle">
      <h2 id="sharing-settle">
        {t('sharing.settle')} <Count count={count} />
      </h2>
      <p className={styles.explain}>{t('sharing.settleText')}</p>
      <Inconsistencies isReadOnly={isReadOnly} />
    </section>
  );
}

function Count({ count }: { count: number }) {
  const { t } = useTranslation();
  return <span className={`${styles.count} tabular`}>{formatNumber(count, t('locale'))}</span>;
}
