/** What the register shows of an instrument: its values and everything that follows from them on a day. Pure. */
import type { CivilDate } from '../../../shared/civilDate.ts';
import type { InstrumentSummary } from '../../../shared/entities/instrument.ts';
import type { Body, Person } from '../../../shared/entities/person.ts';
import {
  type DeadlineState,
  deadlineState,
  type ElapsedMark,
  elapsedMark,
  slippageDays,
} from '../../../shared/rules/deadline.ts';
import { type HealthVerdict, healthOf } from '../../../shared/rules/health.ts';
import { effectiveProgress } from '../../../shared/rules/progress.ts';

export interface RegisterRow {
  instrument: InstrumentSummary;
  verdict: HealthVerdict;
  deadline: DeadlineState;
  elapsed: ElapsedMark;
  progress: number | null;
  slippage: number | null;
  /** Names in place of ids. Undefined: the reference names somebody who has left the list; null: nobody. */
  pkOwner: string | null | undefined;
  kzOwner: string | null | undefined;
  pkLeadBody: string | null | undefined;
  kzLeadBody: string | null | undefined;
}

export interface RowContext {
  personById: Readonly<Record<string, Person>>;
  bodyById: Readonly<Record<string, Body>>;
  today: CivilDate;
}

const nameIn = (byId: Readonly<Record<string, { name: string }>>, id: string | null): string | null | undefined =>
  id === null ? null : byId[id]?.name;

export function rowOf(instrument: InstrumentSummary, { personById, bodyById, today }: RowContext): RegisterRow {
  return {
    instrument,
    verdict: healthOf(instrument, today),
    deadline: deadlineState(instrument, today),
    elapsed: elapsedMark(instrument, today),
    progress: effectiveProgress(instrument),
    slippage: slippageDays(instrument),
    pkOwner: nameIn(personById, instrument.pkOwnerId),
    kzOwner: nameIn(personById, instrument.kzOwnerId),
    pkLeadBody: nameIn(bodyById, instrument.pkLeadBodyId),
    kzLeadBody: nameIn(bodyById, instrument.kzLeadBodyId),
  };
}

/**
 * Makes rows and remembers them: an instrument object that has not changed gives the same row object, so that only rows
 * that really changed are computed and drawn again.
 */
export function createRowMaker(): (instruments: readonly InstrumentSummary[], context: RowContext) => RegisterRow[] {
  let known = new WeakMap<InstrumentSummary, RegisterRow>();
  let last: RowContext | null = null;
  return (instruments, context) => {
    const isSame =
      last?.personById === context.personById && last.bodyById === context.bodyById && last.today === context.today;
    if (!isSame) known = new WeakMap();
    last = context;
    return instruments.map((instrument) => {
      const row = known.get(instrument) ?? rowOf(instrument, context);
      known.set(instrument, row);
      return row;
    });
  };
}
