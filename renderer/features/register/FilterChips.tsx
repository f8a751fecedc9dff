/** The filter as chips, each of which opens its values; and the button that adds one. */
import { Button, Popover, UnstyledButton } from '@mantine/core';
import { IconFilter, IconX } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Health } from '../../../shared/entities/values.ts';
import { HealthShape } from '../../components/HealthBadge.tsx';
import { OptionList } from '../../components/OptionList.tsx';
import { useConflictsStore } from '../../stores/conflictsStore.ts';
import { useInconsistenciesStore } from '../../stores/inconsistenciesStore.ts';
import { useInstrumentsStore } from '../../stores/instrumentsStore.ts';
import { usePeopleStore } from '../../stores/peopleStore.ts';
import { useUiStore } from '../../stores/uiStore.ts';
import styles from './FilterChips.module.css';
import {
  activeParts,
  chipText,
  chosenIn,
  FILTER_PARTS,
  type FilterChoices,
  type FilterPart,
  isSingle,
  optionsOf,
  toggleValue,
  without,
} from './filterParts.ts';

export function FilterChips() {
  const { t } = useTranslation();
  const filter = useUiStore((s) => s.filter);
  const setFilter = useUiStore((s) => s.setFilter);
  const parts = activeParts(filter);
  if (parts.length === 0) return null;
  return (
    <div className={styles.chips}>
      {parts.map((part) => (
        <Chip key={part} part={part} />
      ))}
      <UnstyledButton className={styles.clear} onClick={() => setFilter({})}>
        {t('register.clearFilters')}
      </UnstyledButton>
    </div>
  );
}

function Chip({ part }: { part: FilterPart }) {
  const { t } = useTranslation();
  const filter = useUiStore((s) => s.filter);
  const setFilter = useUiStore((s) => s.setFilter);
  const choices = useFilterChoices();
  const [isOpen, setOpen] = useState(false);
  const text = chipText(t, filter, part, choices);
  return (
    <span className={styles.chip}>
      <Popover opened={isOpen} onChange={setOpen} position="bottom-start" trapFocus returnFocus>
        <Popover.Target>
          <UnstyledButton className={styles.text} title={text} onClick={() => setOpen(!isOpen)}>
            {text}
          </UnstyledButton>
        </Popover.Target>
        <Popover.Dropdown p={0}>
          <PartValues part={part} onLeave={() => setOpen(false)} />
        </Popover.Dropdown>
      </Popover>
      <UnstyledButton
        className={styles.remove}
        aria-label={t('register.removeFilter', { filter: text })}
        onClick={() => setFilter(without(filter, part))}
      >
        <IconX size={14} />
      </UnstyledButton>
    </span>
  );
}

/** First what to filter by, then by which values. */
export function AddFilter() {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const [part, setPart] = useState<FilterPart | null>(null);
  const hasConflicts = useConflictsStore((s) => s.count > 0);
  const isUnsettled = useInconsistenciesStore((s) => s.inconsistencies.length > 0);
  const offered = FILTER_PARTS.filter((value) => value !== 'conflict' || hasConflicts || isUnsettled);
  const leave = () => {
    setOpen(false);
    setPart(null);
  };
  return (
    <Popover
      opened={isOpen}
      onChange={(open) => (open ? setOpen(true) : leave())}
      position="bottom-start"
      trapFocus
      returnFocus
    >
      <Popover.Target>
        <Button leftSection={<IconFilter size={16} />} onClick={() => (isOpen ? leave() : setOpen(true))}>
          {t('register.addFilter')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown p={0}>
        {part === null ? (
          <OptionList
            label={t('register.addFilter')}
            options={offered.map((value) => ({ value, label: t(`register.filterBy.${value}`) }))}
            chosen={[]}
            onPick={(value) => setPart(value as FilterPart)}
            onLeave={leave}
          />
        ) : (
          <PartValues key={part} part={part} onLeave={leave} />
        )}
      </Popover.Dropdown>
    </Popover>
  );
}

/** Few values are all in sight; more can be searched. */
const SEARCHED_FROM = 9;

function PartValues({ part, onLeave }: { part: FilterPart; onLeave: () => void }) {
  const { t } = useTranslation();
  const filter = useUiStore((s) => s.filter);
  const setFilter = useUiStore((s) => s.setFilter);
  const choices = useFilterChoices();
  const label = t(`register.filterBy.${part}`);
  const options = optionsOf(t, part, choices).map((option) => ({
    ...option,
    mark: part === 'healths' ? <HealthShape health={option.value as Health} /> : undefined,
  }));
  return (
    <OptionList
      label={label}
      options={options}
      chosen={chosenIn(filter, part)}
      isMultiple={!isSingle(part)}
      searchLabel={options.length < SEARCHED_FROM ? undefined : label}
      onPick={(value) => {
        setFilter(toggleValue(filter, part, value));
        if (isSingle(part)) onLeave();
      }}
      onLeave={onLeave}
    />
  );
}

function useFilterChoices(): FilterChoices {
  const { t } = useTranslation();
  const byId = useInstrumentsStore((s) => s.byId);
  const persons = usePeopleStore((s) => s.persons);
  const bodies = usePeopleStore((s) => s.bodies);
  const locale = t('locale');
  return useMemo(() => {
    const { compare } = new Intl.Collator(locale, { numeric: true });
    const named = new Set(Object.values(byId).map((row) => row.sector));
    const sectors = [...named].sort((a, b) => (a === null ? 1 : b === null ? -1 : compare(a, b)));
    const byName = <T extends { name: string }>(rows: readonly T[]) =>
      [...rows].sort((a, b) => compare(a.name, b.name));
    return { sectors, persons: byName(persons), bodies: byName(bodies) };
  }, [byId, persons, bodies, locale]);
}
