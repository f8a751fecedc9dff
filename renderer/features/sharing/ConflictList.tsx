/** Conflicts by row, with the filter above them and the words for all of one side. Merge review and sharing page share it. */
import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { choiceOf, groupByRow, keyOf, NO_CHOICES, NO_FILTER, rowKeyOf } from '../../../shared/conflictChoices.ts';
import type { ChoiceRule, Choices, Conflict, ConflictFilter, ConflictPlaces } from '../../../shared/sharing.ts';
import { conflictField, rowText } from '../../../shared/text/conflictText.ts';
import { ChoiceField } from '../../components/ChoiceField.tsx';
import { CountLink } from '../../components/CountLink.tsx';
import { type ConflictSource, useConflictPages } from '../../stores/conflictSource.ts';
import { useInstrumentsStore } from '../../stores/instrumentsStore.ts';
import { useUiStore } from '../../stores/uiStore.ts';
import styles from './Conflict.module.css';
import { type Chosen, ConflictChooser } from './ConflictChooser.tsx';

interface ConflictListProps {
  source: ConflictSource;
  /** Without any filter. */
  total: number;
  choices: Choices;
  onChoose: (conflict: Conflict, choice: Chosen | null) => void;
  onChooseAll: (rule: ChoiceRule) => void;
  isMerge: boolean;
  isDisabled?: boolean;
}

export function ConflictList(props: ConflictListProps) {
  const { source, total, choices, onChoose, onChooseAll, isMerge, isDisabled } = props;
  const { t } = useTranslation();
  const [filter, setFilter] = useState<ConflictFilter>(NO_FILTER);
  // When the filter was set: a conflict must not vanish under the hand that decides it.
  const [decidedBefore, setDecidedBefore] = useState(NO_CHOICES);
  const { shown, more } = useConflictPages(source, filter, decidedBefore);

  const narrow = (changed: Partial<ConflictFilter>) => {
    setFilter({ ...filter, ...changed });
    setDecidedBefore(choices);
  };
  const isUndecided = filter.state === 'undecided';
  const chooseAll = (side: ChoiceRule['side']) =>
    onChooseAll({ side, row: filter.row, field: filter.field, isUndecided });
  const isNarrowed = shown !== null && shown.total < total;
  const left = shown === null ? 0 : shown.total - shown.conflicts.length;
  return (
    <>
      {total > 1 && (
        <div className={styles.tools}>
          <ConflictFilters source={source} filter={filter} onNarrow={narrow} />
          <span className={styles.space} />
          {!isDisabled && (
            <>
              <Button onClick={() => chooseAll('ours')}>
                {t(`sharing.${isMerge ? 'allOurs' : 'allShown'}${isNarrowed ? 'Shown' : ''}`)}
              </Button>
              <Button onClick={() => chooseAll('theirs')}>
                {t(`sharing.${isMerge ? 'allTheirs' : 'allOthers'}${isNarrowed ? 'Shown' : ''}`)}
              </Button>
              {!isUndecided && isAnyChosen(choices) && (
                <Button onClick={() => chooseAll('later')}>{t('sharing.allLater')}</Button>
              )}
            </>
          )}
        </div>
      )}
      {shown === null && <p className={styles.none}>{t('sharing.reading')}</p>}
      {shown?.total === 0 && <p className={styles.none}>{t('sharing.noneShown')}</p>}
      {groupByRow(shown?.conflicts ?? []).map(({ key, conflicts: ofRow }) => (
        <section key={key} className={styles.row}>
          <RowHeading conflict={ofRow[0] as Conflict} />
          {ofRow.map((conflict) => (
            <ConflictChooser
              key={keyOf(conflict)}
              conflict={conflict}
              choice={choiceOf(conflict, choices)}
              onChoose={onChoose}
              isMerge={isMerge}
              isDisabled={isDisabled}
            />
          ))}
        </section>
      ))}
      {left > 0 && (
        <Button mt="md" onClick={more}>
          {t('sharing.moreConflicts', { count: left })}
        </Button>
      )}
    </>
  );
}

const isAnyChosen = ({ rules, single }: Choices): boolean =>
  rules.some(({ side }) => side !== 'later') || Object.values(single).some(({ choice }) => choice.kind !== 'later');

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
  source: ConflictSource;
  filter: ConflictFilter;
  onNarrow: (changed: Partial<ConflictFilter>) => void;
}

function ConflictFilters({ source, filter, onNarrow }: ConflictFiltersProps) {
  const { t } = useTranslation();
  const all = usePlaces(source, '');
  const fields = all?.fields ?? [];
  return (
    <>
      <Pick
        label={t('sharing.show')}
        value={filter.state}
        options={[
          ['all', t('sharing.showAll')],
          ['undecided', t('sharing.showUndecided')],
        ]}
        onPick={(value) => onNarrow({ state: value === 'undecided' ? 'undecided' : 'all' })}
      />
      {all !== null && all.rows.length > 1 && (
        <RowPick source={source} all={all} row={filter.row} onPick={(row) => onNarrow({ row })} />
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

/** What can be filtered by; the last answer stays until the next is here. */
function usePlaces(source: ConflictSource, typed: string): ConflictPlaces | null {
  const [places, setPlaces] = useState<ConflictPlaces | null>(null);
  useEffect(() => {
    let isCurrent = true;
    void source.places(typed).then((reply) => {
      if (isCurrent && reply.ok) setPlaces(reply.value);
    });
    return () => {
      isCurrent = false;
    };
  }, [source, typed]);
  return places;
}

interface RowPickProps {
  source: ConflictSource;
  /** With nothing typed. */
  all: ConflictPlaces;
  row: string | null;
  onPick: (row: string | null) => void;
}

/** There may be thousands of rows: the first are offered, and others are found by typing. */
function RowPick({ source, all, row, onPick }: RowPickProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const [picked, setPicked] = useState<readonly [string, string] | null>(null);
  const found = usePlaces(source, typed) ?? all;
  const rows = found.rows.map((place) => [rowKeyOf(place), rowText(t, place)] as const);
  const isAway = row !== null && picked !== null && !rows.some(([key]) => key === row);
  const label = t('sharing.byInstrument');
  return (
    <Pick
      label={label}
      value={row ?? ''}
      options={[['', t('sharing.everywhere')], ...(isAway ? [picked] : []), ...rows]}
      searchLabel={all.isMore ? t('sharing.moreRows') : all.rows.length > 8 ? label : undefined}
      onType={setTyped}
      onPick={(value) => {
        setPicked(rows.find(([key]) => key === value) ?? null);
        onPick(value || null);
      }}
    />
  );
}

interface PickProps {
  label: string;
  value: string;
  options: readonly (readonly [string, string])[];
  searchLabel?: string;
  onType?: (text: string) => void;
  onPick: (value: string) => void;
}

function Pick({ label, value, options, searchLabel, onType, onPick }: PickProps) {
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
        searchLabel={searchLabel ?? (options.length > 9 ? label : undefined)}
        onType={onType}
        onPick={onPick}
      />
    </div>
  );
}
