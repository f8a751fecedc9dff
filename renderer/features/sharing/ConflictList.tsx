/** Conflicts by row, with the filter above them and the words for all of one side. Merge review and sharing page share it. */
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Conflict } from '../../../shared/sharing.ts';
import { conflictField, rowText } from '../../../shared/text/conflictText.ts';
import { ChoiceField } from '../../components/ChoiceField.tsx';
import { CountLink } from '../../components/CountLink.tsx';
import { useInstrumentsStore } from '../../stores/instrumentsStore.ts';
import {
  type Choice,
  type Choices,
  type ConflictFilter,
  filterConflicts,
  groupByRow,
  isDecided,
  keyOf,
  NO_FILTER,
  rowKeyOf,
} from '../../stores/mergeChoices.ts';
import { useUiStore } from '../../stores/uiStore.ts';
import styles from './Conflict.module.css';
import { ConflictChooser } from './ConflictChooser.tsx';

interface ConflictListProps {
  conflicts: readonly Conflict[];
  choices: Choices;
  onChoose: (conflict: Conflict, choice: Choice | null) => void;
  onChooseAll: (conflicts: readonly Conflict[], side: 'ours' | 'theirs' | 'later') => void;
  isMerge: boolean;
  isDisabled?: boolean;
}

/** More rows than this are shown on demand: each has an editor's worth of elements. */
const ROWS_AT_ONCE = 50;

export function ConflictList({ conflicts, choices, onChoose, onChooseAll, isMerge, isDisabled }: ConflictListProps) {
  const { t } = useTranslation();
  const [filter, setFilter] = useState<ConflictFilter>(NO_FILTER);
  const [decidedBefore, setDecidedBefore] = useState<ReadonlySet<string>>(new Set());
  const [rows, setRows] = useState(ROWS_AT_ONCE);
  const shown = filterConflicts(conflicts, filter, decidedBefore);
  const groups = groupByRow(shown);

  const narrow = (changed: Partial<ConflictFilter>) => {
    setFilter({ ...filter, ...changed });
    setDecidedBefore(new Set(conflicts.filter((conflict) => isDecided(conflict, choices)).map(keyOf)));
    setRows(ROWS_AT_ONCE);
  };
  const isNarrowed = shown.length < conflicts.length;
  return (
    <>
      {conflicts.length > 1 && (
        <div className={styles.tools}>
          <ConflictFilters conflicts={conflicts} filter={filter} onNarrow={narrow} />
          <span className={styles.space} />
          {!isDisabled && (
            <>
              <Button onClick={() => onChooseAll(shown, 'ours')}>
                {t(`sharing.${isMerge ? 'allOurs' : 'allShown'}${isNarrowed ? 'Shown' : ''}`)}
              </Button>
              <Button onClick={() => onChooseAll(shown, 'theirs')}>
                {t(`sharing.${isMerge ? 'allTheirs' : 'allOthers'}${isNarrowed ? 'Shown' : ''}`)}
              </Button>
              {shown.some((conflict) => choices[keyOf(conflict)]) && (
                <Button onClick={() => onChooseAll(shown, 'later')}>{t('sharing.allLater')}</Button>
              )}
            </>
          )}
        </div>
      )}
      {shown.length === 0 && <p className={styles.none}>{t('sharing.noneShown')}</p>}
      {groups.slice(0, rows).map(({ key, conflicts: ofRow }) => (
        <section key={key} className={styles.row}>
          <RowHeading conflict={ofRow[0] as Conflict} />
          {ofRow.map((conflict) => (
            <ConflictChooser
              key={keyOf(conflict)}
              conflict={conflict}
              choice={choices[keyOf(conflict)]}
              onChoose={(choice) => onChoose(conflict, choice)}
              isMerge={isMerge}
              isDisabled={isDisabled}
            />
          ))}
        </section>
      ))}
      {groups.length > rows && (
        <Button mt="md" onClick={() => setRows(rows + ROWS_AT_ONCE)}>
          {t('sharing.moreInstruments', { count: groups.length - rows })}
        </Button>
      )}
    </>
  );
}

function RowHeading({ conflict }: { conflict: Conflict }) {
  const { t } = useTranslation();
  const { instrumentId } = conflict;
  const isHere = useInstrumentsStore((s) => instrumentId !== null && s.byId[instrumentId] !== undefined);
  const text = rowText(t, conflict);
  return (
    <h3 className={styles.rowName}>
      {isHere && instrumentId !== null ? (
        <CountLink onOpen={() => useUiStore.getState().go({ page: 'instrument', id: instrumentId })}>
          <bdi>{text}</bdi>
        </CountLink>
      ) : (
        <bdi>{text}</bdi>
      )}
    </h3>
  );
}

interface ConflictFiltersProps {
  conflicts: readonly Conflict[];
  filter: ConflictFilter;
  onNarrow: (changed: Partial<ConflictFilter>) => void;
}

function ConflictFilters({ conflicts, filter, onNarrow }: ConflictFiltersProps) {
  const { t } = useTranslation();
  const rows = new Map(conflicts.map((conflict) => [rowKeyOf(conflict), rowText(t, conflict)]));
  const fields = [...new Set(conflicts.map(({ field }) => field))];
  return (
    <>
      <Pick
        label={t('sharing.show')}
        value={filter.isUndecided ? 'undecided' : ''}
        options={[
          ['', t('sharing.showAll')],
          ['undecided', t('sharing.showUndecided')],
        ]}
        onPick={(value) => onNarrow({ isUndecided: value !== '' })}
      />
      {rows.size > 1 && (
        <Pick
          label={t('sharing.byInstrument')}
          value={filter.row ?? ''}
          options={[['', t('sharing.everywhere')], ...rows]}
          onPick={(value) => onNarrow({ row: value || null })}
        />
      )}
      {fields.length > 1 && (
        <Pick
          label={t('sharing.byField')}
          value={filter.field ?? ''}
          options={[
            ['', t('sharing.everyField')],
            ...fields.map((field): [string, string] => [field, conflictField(t, field)]),
          ]}
          onPick={(value) => onNarrow({ field: value || null })}
        />
      )}
    </>
  );
}

interface PickProps {
  label: string;
  value: string;
  options: readonly (readonly [string, string])[];
  onPick: (value: string) => void;
}

function Pick({ label, value, options, onPick }: PickProps) {
  return (
    <div className={styles.filter}>
      <span className="quiet" aria-hidden="true">
        {label}
      </span>
      <ChoiceField
        label={label}
        options={options.map(([option, words]) => ({ value: option, label: words }))}
        chosen={[value]}
        emptyText=""
        searchLabel={options.length > 9 ? label : undefined}
        onPick={onPick}
      />
    </div>
  );
}
