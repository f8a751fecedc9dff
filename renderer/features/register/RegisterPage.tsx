/** The register: the screen people live in. */
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../components/EmptyState.tsx';
import { useInstrumentsStore } from '../../stores/instrumentsStore.ts';
import { useUiStore } from '../../stores/uiStore.ts';
import { FilterChips } from './FilterChips.tsx';
import { RegisterGrid } from './RegisterGrid.tsx';
import styles from './RegisterPage.module.css';
import { RegisterToolbar } from './RegisterToolbar.tsx';
import { SelectionBar } from './SelectionBar.tsx';
import { useRegister } from './useRegister.ts';

export function RegisterPage() {
  const { t } = useTranslation();
  const { items, shownIds, total } = useRegister();
  const loaded = useInstrumentsStore((s) => s.loaded);
  const isNarrowed = useUiStore((s) => Object.keys(s.filter).length > 0 || s.registerSearch !== '');
  const { setFilter, setRegisterSearch, openDialog } = useUiStore.getState();

  const showAll = () => {
    setRegisterSearch('');
    setFilter({});
  };
  const isEmpty = loaded === 'complete' && items.length === 0;
  return (
    <div className={styles.page}>
      <RegisterToolbar shown={shownIds.length} total={total} isLoaded={loaded === 'complete'} />
      <FilterChips />
      {loaded === 'nothing' ? null : isEmpty && isNarrowed ? (
        <EmptyState text={t('register.noMatch')} action={{ label: t('register.clearFilters'), run: showAll }} />
      ) : isEmpty ? (
        <EmptyState
          text={t('register.empty')}
          action={{ label: t('register.add'), run: () => openDialog({ kind: 'new-instrument' }) }}
        />
      ) : (
        <RegisterGrid items={items} shownIds={shownIds} />
      )}
      <SelectionBar />
    </div>
  );
}
