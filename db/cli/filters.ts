/** `--filter NAME=VALUE` of the list command, in terms of the register's own filter. Several narrow. */
import { HEALTHS, KINDS, LEGAL_STATUSES, PRIORITIES, STAGES } from '../../shared/entities/values.ts';
import type { RegisterFilter } from '../../shared/rules/registerFilter.ts';
import { foldText } from '../../shared/text/searchText.ts';
import type { Translate } from '../../shared/text/translator.ts';
import { listBodies, listPersons } from '../repositories/peopleRepository.ts';
import { searchInstruments } from '../search/searchQuery.ts';
import type { Database } from '../sqlite.ts';
import { Refusal } from './errors.ts';

const DEADLINES = ['overdue', 'due-7', 'due-30', 'due-60', 'due-90', 'none', 'moved'] as const;

/** Filters with a fixed list of values. */
const CHOICES: Record<string, { values: readonly string[]; filter: (value: never) => RegisterFilter }> = {
  health: { values: HEALTHS, filter: (value) => ({ healths: [value] }) },
  stage: { values: STAGES, filter: (value) => ({ stages: [value] }) },
  kind: { values: KINDS, filter: (value) => ({ kinds: [value] }) },
  legalStatus: { values: LEGAL_STATUSES, filter: (value) => ({ legalStatuses: [value] }) },
  priority: { values: PRIORITIES, filter: (value) => ({ priorities: [value] }) },
  deadline: { values: DEADLINES, filter: (value) => ({ deadline: value }) },
  elapsed: { values: ['yellow', 'red'], filter: (value) => ({ elapsed: value }) },
};

export const FILTER_NAMES = [...Object.keys(CHOICES), 'sector', 'owner', 'body', 'text'];

const idsByName = (rows: readonly { id: string; name: string }[], name: string): string[] => {
  const wanted = foldText(name);
  return rows.filter((row) => foldText(row.name).includes(wanted)).map(({ id }) => id);
};

/** `owner=none` finds those without any owner, `sector=none` those without a sector. */
export function parseFilter(t: Translate, db: Database, text: string): RegisterFilter {
  const [name = '', ...rest] = text.split('=');
  const value = rest.join('=').trim();
  const choice = CHOICES[name];
  if (choice) {
    if (choice.values.includes(value)) return choice.filter(value as never);
    throw new Refusal(t('cli.badFilterValue', { filter: name, value, values: choice.values.join(', ') }));
  }
  switch (name) {
    case 'sector':
      return { sectors: [value === 'none' ? null : value] };
    case 'owner':
      return value === 'none' ? { owner: 'none' } : { ownerIds: idsByName(listPersons(db), value) };
    case 'body':
      return { bodyIds: idsByName(listBodies(db), value) };
    case 'text':
      return { ids: new Set(searchInstruments(db, value)) };
    default:
      throw new Refusal(t('cli.unknownFilter', { filter: name, filters: FILTER_NAMES.join(', ') }));
  }
}
