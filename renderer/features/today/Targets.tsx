/** Headline targets: from where to where by when, the latest figure, and where an even pace would be today. */
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { onChanged } from '../../api/client.ts';
import { useTargetsStore } from '../../stores/targetsStore.ts';
import { TargetRow } from './TargetRow.tsx';
import { ListHead } from './TaskList.tsx';
import styles from './TodayPage.module.css';

export function Targets() {
  const { t } = useTranslation();
  const targets = useTargetsStore((s) => s.targets);
  const isLoaded = useTargetsStore((s) => s.isLoaded);
  const headline = targets.filter(({ isHeadline }) => isHeadline === 1);
  useEffect(() => {
    const { load } = useTargetsStore.getState();
    void load();
    return onChanged(({ entities, isBulk }) => {
      if (isBulk || entities.includes('target')) void load();
    });
  }, []);
  return (
    <section>
      <ListHead level={2} title={t('today.targets')} />
      {isLoaded && headline.length === 0 && <p className={styles.nothing}>{t('today.targetsNothing')}</p>}
      <ul className={styles.list}>
        {headline.map((target) => (
          <TargetRow key={target.id} target={target} />
        ))}
      </ul>
    </section>
  );
}
