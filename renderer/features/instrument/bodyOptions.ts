/** Bodies to choose from: those of the wanted side first, by name. */
import type { Body } from '../../../shared/entities/person.ts';
import type { Side } from '../../../shared/entities/values.ts';
import type { Translate } from '../../../shared/text/translator.ts';
import type { Option } from '../../components/OptionList.tsx';

export function bodyOptions(t: Translate, bodies: readonly Body[], side: Side | null): Option[] {
  const distance = (body: Body) => (side === null || body.side === side ? 0 : body.side === null ? 1 : 2);
  return [...bodies]
    .sort((a, b) => distance(a) - distance(b) || a.name.localeCompare(b.name))
    .map((body) => ({
      value: body.id,
      label: body.name,
      hint: [body.shortName, body.side && body.side !== side ? t(`side.${body.side}`) : null]
        .filter(Boolean)
        .join(', '),
    }));
}
