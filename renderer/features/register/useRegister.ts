/** Everything the register shows, derived from the stores: rows, the filtered ones, and the items of the grid. */
import { useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { matchesFilter } from '../../../shared/rules/registerFilter.ts';
import { useToday } from '../../hooks/useToday.ts';
import { useConflictsStore } from '../../stores/conflictsStore.ts';
import { useInconsistenciesStore } from '../../stores/inconsistenciesStore.ts';
import { useInstrumentsStore } from '../../stores/instrumentsStore.ts';
import { usePeopleStore } from '../../stores/peopleStore.ts';
import { useUiStore } from '../../stores/uiStore.ts';
import { type GridItem, groupRows, sortRows } from './registerOrder.ts';
import { createRowMaker } from './registerRows.ts';
import { useRegisterViewStore } from './registerViewStore.ts';
import { useSearchedIds } from './useSearchedIds.ts';

export interface Register {
  items: readonly GridItem[];
  /** Ids of the rows that match, folded ones included, in the order of the grid. */
  shownIds: readonly string[];
  total: number;
}

export function useRegister(): Register {
  const { t } = useTranslation();
  const locale = t('locale');
  const today = useToday();
  const byId = useInstrumentsStore((s) => s.byId);
  const order = useInstrumentsStore((s) => s.order);
  const personById = usePeopleStore((s) => s.personById);
  const bodyById = usePeopleStore((s) => s.bodyById);
  const filter = useUiStore((s) => s.filter);
  const conflictsOf = useConflictsStore((s) => s.byInstrument);
  const unsettledOf = useInconsistenciesStore((s) => s.byInstrument);
  const searchedIds = useSearchedIds();
  const sorting = useRegisterViewStore((s) => s.sorting);
  const grouping = useRegisterViewStore((s) => s.grouping);
  const folded = useRegisterViewStore((s) => s.folded);
  const makeRows = useRef(createRowMaker()).current;

  const matching = useMemo(() => {
    const whole = searchedIds === null ? filter : { ...filter, ids: searchedIds };
    return order.flatMap((id) => {
      if (filter.conflict !== undefined && (filter.conflict === 'open') !== (id in conflictsOf || id in unsettledOf))
        return [];
      const instrument = byId[id];
      return instrument && matchesFilter(instrument, whole, today) ? [instrument] : [];
    });
  }, [order, byId, filter, searchedIds, today, conflictsOf, unsettledOf]);

  const rows = useMemo(
    () => sortRows(makeRows(matching, { personById, bodyById, today }), sorting, locale),
    [makeRows, matching, personById, bodyById, today, sorting, locale],
  );
  const items = useMemo(() => groupRows(rows, grouping, new Set(folded), locale), [rows, grouping, folded, locale]);
  const shownIds = useMemo(() => rows.map((row) => row.instrument.id), [rows]);
  return { items, shownIds, total: order.length };
}
