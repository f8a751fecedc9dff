import type { Inconsistency } from './inconsistency.ts';

/** Tells one from another, also after it was read again; one more instrument of a number makes another of it. */
export const inconsistencyKey = (one: Inconsistency): string =>
  one.kind === 'same-number'
    ? `number:${one.number}:${one.instruments.map(({ id }) => id).join()}`
    : `${one.entity}:${one.id}:${one.field}`;
