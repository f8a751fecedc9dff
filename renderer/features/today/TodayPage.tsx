/** The first screen. Ten seconds: the sentence and what is late. A working day: three lists to take the next thing from. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { statusCounts } from '../../../shared/report/statusCounts.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { useToday } from '../../hooks/useToday.ts';
import { useInstrumentsStore } from '../../stores/instrumentsStore.ts';
import { usePeopleStore } from '../../stores/peopleStore.ts';
import { useUiStore } from '../../stores/uiStore.ts';
import { ActNow } from './ActNow.tsx';
import { CountTables } from './CountTables.tsx';
import { DueSoon } from './DueSoon.tsx';
import { GroupBars } from './GroupBars.tsx';
import { HeadlineSentence } from './HeadlineSentence.tsx';
import { LatestChanges } from './LatestChanges.tsx';
import { Targets } from './Targets.tsx';
import styles from './TodayPage.module.css';
import { ownerGroups, sectorGroups, todayLists } from './todayLists.ts';
import { Upcoming } from './Upcoming.tsx';
import { useComparison } from './useComparison.ts';
import { Waiting } from './Waiting.tsx';

const SECTORS_SHOWN = 8;
const OWNERS_SHOWN = 6;

export function TodayPage() {
  const { t } = useTranslation();
  const today = useToday();
  const byId = useInstrumentsStore((s) => s.byId);
  const order = useInstrumentsStore((s) => s.order);
  const isComplete = useInstrumentsStore((s) => s.loaded === 'complete');
  const personById = usePeopleStore((s) => s.personById);
  const since = useComparison(today);
  const removed = t('window.removedPerson');

  const instruments = useMemo(() => order.flatMap((id) => byId[id] ?? []), [order, byId]);
  const counts = useMemo(() => statusCounts(instruments, today), [instruments, today]);
  const lists = useMemo(() => todayLists(instruments, today), [instruments, today]);
  const sectors = useMemo(() => sectorGroups(instruments, today), [instruments, today]);
  const owners = useMemo(
    () => ownerGroups(instruments, (id) => personById[id]?.name ?? removed, today),
    [instruments, personById, removed, today],
  );

  // Half a register would show numbers that are wrong: better nothing for a blink.
  if (!isComplete) return null;
  if (instruments.length === 0)
    return (
      <div className={styles.page}>
        <h1>{t('today.title')}</h1>
        <EmptyState
          text={t('today.empty')}
          action={{ label: t('today.openRegister'), run: () => useUiStore.getState().openRegister({}) }}
        />
      </div>
    );
  return (
    <div className={styles.page}>
      <h1 className="visually-hidden">{t('today.title')}</h1>
      <HeadlineSentence counts={counts} since={since} />
      <div className={styles.columns}>
        <ActNow lists={lists} />
        <DueSoon lists={lists} />
        <Waiting lists={lists} />
      </div>
      <div className={styles.columns}>
        <CountTables counts={counts} />
        <GroupBars
          title={t('today.bySector')}
          groups={sectors}
          noName={t('noSector')}
          shown={SECTORS_SHOWN}
          moreKey="today.otherSectors"
        />
        <Targets />
      </div>
      <div className={styles.columns}>
        <GroupBars
          title={t('today.byOwner')}
          groups={owners}
          noName={t('today.noOwner')}
          shown={OWNERS_SHOWN}
          moreKey="today.otherOwners"
        />
        <Upcoming rows={lists.upcoming} />
        <LatestChanges />
      </div>
    </div>
  );
}
