/** Health by sector or by owner: one labelled bar each, all on one scale; name and number open the rows. */
import { UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '../../../shared/text/formatDate.ts';
import { CountLink } from '../../components/CountLink.tsx';
import { HealthBar } from '../../components/HealthBar.tsx';
import { useUiStore } from '../../stores/uiStore.ts';
import { ListHead } from './TaskList.tsx';
import styles from './TodayPage.module.css';
import type { HealthGroup } from './todayLists.ts';

interface GroupBarsProps {
  title: string;
  groups: readonly HealthGroup[];
  /** What the group without a name is called. */
  noName: string;
  shown: number;
  moreKey: 'today.otherSectors' | 'today.otherOwners';
}

export function GroupBars({ title, groups, noName, shown, moreKey }: GroupBarsProps) {
  const { t } = useTranslation();
  const { openRegister } = useUiStore.getState();
  const [isWhole, setWhole] = useState(false);
  // Those without a name are what needs somebody: never hidden behind "more".
  const nameless = groups.filter(({ name }) => name === null);
  const named = groups.filter(({ name }) => name !== null);
  const listed = [...(isWhole ? named : named.slice(0, shown)), ...nameless];
  const hidden = named.length - Math.min(named.length, shown);
  const scale = Math.max(...groups.map(({ total }) => total));
  return (
    <section>
      <ListHead level={2} title={title} />
      <ul className={styles.list}>
        {listed.map((group) => {
          const name = group.name ?? noName;
          return (
            <li key={group.key} className={styles.barRow}>
              <span className={styles.barName} data-none={group.name === null || undefined} title={name} dir="auto">
                <CountLink
                  label={t('today.openCount', { what: name, count: group.total })}
                  onOpen={() => openRegister(group.filter)}
                >
                  <bdi>{name}</bdi>
                </CountLink>
              </span>
              <HealthBar counts={group.counts} scale={scale} />
              <CountLink
                label={t('today.openCount', { what: name, count: group.total })}
                onOpen={() => openRegister(group.filter)}
              >
                <span className={styles.number}>{formatNumber(group.total, t('locale'))}</span>
              </CountLink>
            </li>
          );
        })}
      </ul>
      {hidden > 0 && (
        <UnstyledButton className={styles.moreButton} aria-expanded={isWhole} onClick={() => setWhole(!isWhole)}>
          {isWhole ? t('today.fewer') : t(moreKey, { count: hidden })}
        </UnstyledButton>
      )}
    </section>
  );
}
