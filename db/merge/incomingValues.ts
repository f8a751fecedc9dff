/** Whether a value of another's log is one that this program could have written: the same schemas as for the user's input. */
import { type CellValue, fieldSchema } from '../../shared/entities/index.ts';

/** Values that repeat (choices, dates, references) are checked once a field; so many are remembered. */
const MOST_REMEMBERED = 10_000;
const LONGEST_REMEMBERED = 40;

export class IncomingValues {
  readonly #checked = new Map<string, { check: (value: unknown) => boolean; good: Set<CellValue> }>();

  /** A field or an entity of a newer version may hold any scalar: it is kept and passed on. */
  isGood(entity: string, field: string, value: unknown): value is CellValue {
    const key = `${entity}.${field}`;
    let known = this.#checked.get(key);
    if (!known) {
      const schema = fieldSchema(entity, field);
      // What the schema would still have to normalise was not written through it.
      const check = schema
        ? (one: unknown) => {
            const parsed = schema.safeParse(one);
            return parsed.success && parsed.data === one;
          }
        : isScalar;
      known = { check, good: new Set() };
      this.#checked.set(key, known);
    }
    const { check, good } = known;
    if (good.has(value as CellValue)) return true;
    if (!check(value)) return false;
    const isShort = typeof value !== 'string' || value.length <= LONGEST_REMEMBERED;
    if (isShort && good.size < MOST_REMEMBERED) good.add(value as CellValue);
    return true;
  }
}

const isScalar = (value: unknown): boolean =>
  value === null || Number.isFinite(value) || (typeof value === 'string' && value.isWellFormed());
