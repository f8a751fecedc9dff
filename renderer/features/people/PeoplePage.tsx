/** Persons and bodies in two tables, edited where they stand. */
import { Tabs } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useInstrumentsStore } from '../../stores/instrumentsStore.ts';
import { usePeopleStore } from '../../stores/peopleStore.ts';
import { BodiesTable } from './BodiesTable.tsx';
import { ledCounts, ownedCounts } from './counts.ts';
import styles from './PeoplePage.module.css';
import { PersonsTable } from './PersonsTable.tsx';

export function PeoplePage() {
  const { t } = useTranslation();
  const persons = usePeopleStore((s) => s.persons);
  const bodies = usePeopleStore((s) => s.bodies);
  const byId = useInstrumentsStore((s) => s.byId);
  const owned = useMemo(() => ownedCounts(Object.values(byId)), [byId]);
  const led = useMemo(() => ledCounts(Object.values(byId)), [byId]);
  return (
    <div className={styles.page}>
      <h1>{t('people.title')}</h1>
      <Tabs defaultValue="persons" keepMounted={false} classNames={{ list: styles.tabs, tab: styles.tab }}>
        <Tabs.List>
          <Tabs.Tab value="persons">
            {t('people.persons')} <span className={styles.tabCount}>{persons.length}</span>
          </Tabs.Tab>
          <Tabs.Tab value="bodies">
            {t('people.bodies')} <span className={styles.tabCount}>{bodies.length}</span>
          </Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="persons">
          <PersonsTable persons={persons} bodies={bodies} owned={owned} />
        </Tabs.Panel>
        <Tabs.Panel value="bodies">
          <BodiesTable bodies={bodies} persons={persons} led={led} />
        </Tabs.Panel>
      </Tabs>
    </div>
  );
}
