/** The pages that exist, in words; icons alone where the window is narrow. Below them: who is writing, and the menu. */
import { Tooltip } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconCalendarCheck, IconGitMerge, IconHistory, IconListDetails, IconUsers } from '@tabler/icons-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { useConflictsStore } from '../stores/conflictsStore.ts';
import { useInconsistenciesStore } from '../stores/inconsistenciesStore.ts';
import { useInstrumentsStore } from '../stores/instrumentsStore.ts';
import { hashOfRoute, PAGES, type Page, useUiStore } from '../stores/uiStore.ts';
import styles from './Rail.module.css';
import { UserMenu } from './UserMenu.tsx';

const ICONS = {
  today: IconCalendarCheck,
  register: IconListDetails,
  activity: IconHistory,
  people: IconUsers,
  sharing: IconGitMerge,
};

export const Rail = memo(function Rail() {
  const { t } = useTranslation();
  const page = useUiStore((s) => s.route.page);
  const isNarrow = useMediaQuery('(width < 1100px)') ?? false;
  return (
    <nav className={styles.rail} aria-label={t('window.pages')}>
      {PAGES.map((entry) => (
        <RailEntry
          key={entry}
          page={entry}
          isCurrent={page === entry || (entry === 'register' && page === 'instrument')}
          isNarrow={isNarrow}
        />
      ))}
      <div className={styles.foot}>
        <UserMenu />
      </div>
    </nav>
  );
});

function RailEntry({ page, isCurrent, isNarrow }: { page: Page; isCurrent: boolean; isNarrow: boolean }) {
  const { t } = useTranslation();
  const instruments = useInstrumentsStore((s) => (s.loaded === 'complete' ? s.order.length : null));
  const conflicts = useConflictsStore((s) => s.count);
  const inconsistencies = useInconsistenciesStore((s) => s.inconsistencies.length);
  const count = page === 'register' ? instruments : page === 'sharing' ? conflicts + inconsistencies || null : null;
  const go = useUiStore((s) => s.go);
  const Icon = ICONS[page];
  const word = t(`window.page.${page}`);
  return (
    <Tooltip label={word} position="right" disabled={!isNarrow}>
      <a
        className={styles.entry}
        href={hashOfRoute({ page })}
        aria-current={isCurrent ? 'page' : undefined}
        aria-label={isNarrow ? word : undefined}
        onClick={(event) => {
          event.preventDefault();
          go({ page });
        }}
      >
        <Icon size={20} stroke={1.6} aria-hidden="true" />
        <span className={styles.word}>{word}</span>
        {count !== null && <span className={styles.count}>{shortNumber(count, t('locale'))}</span>}
      </a>
    </Tooltip>
  );
}

/** From five digits on in few letters ("10K"): the exact number stands above the register. */
const shortNumber = (count: number, locale: string): string =>
  count.toLocaleString(locale, count < 10_000 ? {} : { notation: 'compact' });
