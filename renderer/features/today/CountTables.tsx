/** How many instruments have which health and which stage; each number opens its rows. */
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { STAGES } from '../../../shared/entities/values.ts';
import { healthFilter, stageFilter } from '../../../shared/report/statusCounts.ts';
import type { StatusCounts } from '../../../shared/report/statusReport.ts';
import type { RegisterFilter } from '../../../shared/rules/registerFilter.ts';
import { formatNumber } from '../../../shared/text/formatDate.ts';
import { CountLink } from '../../components/CountLink.tsx';
import { HealthBadge } from '../../components/HealthBadge.tsx';
import { WORST_FIRST } from '../../components/HealthBar.tsx';
import { useUiStore } from '../../stores/uiStore.ts';
import { ListHead } from './TaskList.tsx';
import styles from './TodayPage.module.css';

export function CountTables({ counts }: { counts: StatusCounts }) {
  const { t } = useTranslation();
  return (
    <div className={styles.pair}>
      <section>
        <ListHead level={2} title={t('today.health')} />
        <ul className={styles.list}>
          {WORST_FIRST.map((health) => (
            <CountRow
              key={health}
              name={<HealthBadge health={health} />}
              what={t(`health.${health}`)}
              count={counts.byHealth[health]}
              filter={healthFilter(health)}
            />
          ))}
        </ul>
      </section>
      <section>
        <ListHead level={2} title={t('today.stage')} />
        <ul className={styles.list}>
          {STAGES.map((stage) => (
            <CountRow
              key={stage}
              name={t(`stage.${stage}`)}
              what={t(`stage.${stage}`)}
              count={counts.byStage[stage]}
              filter={stageFilter(stage)}
            />
          ))}
        </ul>
      </section>
    </div>
  );
}

interface CountRowProps {
  name: ReactNode;
  what: string;
  count: number;
  filter: RegisterFilter;
}

function CountRow({ name, what, count, filter }: CountRowProps) {
  const { t } = useTranslation();
  const { openRegister } = useUiStore.getState();
  return (
    <li className={styles.countRow} data-none={count === 0 || undefined}>
      <span className={styles.countName}>{name}</span>
      <CountLink label={t('today.openCount', { what, count })} onOpen={() => openRegister(filter)}>
        <span className={styles.number}>{formatNumber(count, t('locale'))}</span>
      </CountLink>
    </li>
  );
}
