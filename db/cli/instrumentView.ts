/** An instrument as scripts read it: the schema's fields, the names behind its references, and the rules' verdicts. */
import type { CivilDate } from '../../shared/civilDate.ts';
import type { Instrument } from '../../shared/entities/instrument.ts';
import type { Health } from '../../shared/entities/values.ts';
import { deadlineState, elapsedShare, slippageDays } from '../../shared/rules/deadline.ts';
import { healthOf } from '../../shared/rules/health.ts';
import { effectiveProgress } from '../../shared/rules/progress.ts';
import { listBodies, listPersons } from '../repositories/peopleRepository.ts';
import type { Database } from '../sqlite.ts';

export type InstrumentView = Omit<Instrument, 'deleted'> & {
  pkOwner: string | null;
  kzOwner: string | null;
  /** The owners' names, Pakistan's first, joined by "; "; null without any. */
  owner: string | null;
  pkLeadBody: string | null;
  kzLeadBody: string | null;
  health: Health;
  healthReasons: ReturnType<typeof healthOf>['reasons'];
  isOverdue: boolean;
  daysLate: number | null;
  /** Effective progress: 100 when done. */
  progressPercent: number | null;
  /** Share of the allotted time that has passed, 0 to 1 and beyond. */
  elapsedShare: number | null;
  slippageDays: number | null;
};

/** Makes views with one look-up of names for all of them. */
export function instrumentViewer(db: Database, today: CivilDate): (instrument: Instrument) => InstrumentView {
  const persons = new Map<string, string>(listPersons(db).map(({ id, name }) => [id, name]));
  const bodies = new Map<string, string>(listBodies(db).map(({ id, name }) => [id, name]));
  const nameIn = (names: Map<string, string>, id: string | null) => (id === null ? null : (names.get(id) ?? null));
  return ({ deleted: _, ...instrument }) => {
    const verdict = healthOf(instrument, today);
    const state = deadlineState(instrument, today);
    const pkOwner = nameIn(persons, instrument.pkOwnerId);
    const kzOwner = nameIn(persons, instrument.kzOwnerId);
    return {
      ...instrument,
      pkOwner,
      kzOwner,
      owner: [pkOwner, kzOwner].filter((name) => name !== null).join('; ') || null,
      pkLeadBody: nameIn(bodies, instrument.pkLeadBodyId),
      kzLeadBody: nameIn(bodies, instrument.kzLeadBodyId),
      health: verdict.health,
      healthReasons: verdict.reasons,
      isOverdue: state.kind === 'overdue',
      daysLate: state.kind === 'overdue' ? state.daysLate : null,
      progressPercent: effectiveProgress(instrument),
      elapsedShare: elapsedShare(instrument, today),
      slippageDays: slippageDays(instrument),
    };
  };
}
