/** From the rows of a file, as they stood on a day, to the status report. Pure: "as of" is a parameter, names are looked up here. */
import { type CivilDate, daysBetween } from '../civilDate.ts';
import type { Instrument } from '../entities/instrument.ts';
import type { Body, Person } from '../entities/person.ts';
import type { Target } from '../entities/target.ts';
import { deadlineState, elapsedMark, slippageDays } from '../rules/deadline.ts';
import { healthOf } from '../rules/health.ts';
import { effectiveProgress } from '../rules/progress.ts';
import { COUNT_FILTERS, countByHealth, countMatching, sectorFilter, statusCounts } from './statusCounts.ts';
import type { ReportRow, SectorLine, StatusReport, TargetLine } from './statusReport.ts';

/** What a file holds on a day. Deleted instruments and targets are left out by whoever reads them. */
export interface ReportFacts {
  /** The file's title: the committee's own name for it. */
  title: string;
  instruments: readonly Instrument[];
  /** With the deleted ones: an instrument keeps naming a person who has left the list. */
  persons: readonly Pick<Person, 'id' | 'name'>[];
  bodies: readonly Pick<Body, 'id' | 'name'>[];
  targets: readonly Target[];
  lastNotes: ReadonlyMap<string, NonNullable<ReportRow['lastNote']>>;
}

export interface ReportOptions {
  asOf: CivilDate;
  since: { on: CivilDate; facts: Pick<ReportFacts, 'instruments'> } | null;
  preparedBy: StatusReport['preparedBy'];
}

export function buildStatusReport(facts: ReportFacts, { asOf, since, preparedBy }: ReportOptions): StatusReport {
  const { instruments } = facts;
  const register = reportRows(facts, asOf);
  return {
    kind: 'status',
    title: facts.title,
    asOf,
    since: since && { on: since.on, counts: statusCounts(since.facts.instruments, since.on) },
    preparedBy,
    counts: statusCounts(instruments, asOf),
    bySector: sectorLines(instruments, asOf),
    overdue: register.filter((row) => row.daysLate !== null).sort((a, b) => (b.daysLate ?? 0) - (a.daysLate ?? 0)),
    dueNext: {
      in30: dueBetween(register, 0, 30),
      in60: dueBetween(register, 31, 60),
      in90: dueBetween(register, 61, 90),
    },
    headlineTargets: headlineTargets(facts.targets, asOf),
    register,
  };
}

/** One row for each instrument, in order of number; those without one last. */
export function reportRows(facts: Omit<ReportFacts, 'title' | 'targets'>, today: CivilDate): ReportRow[] {
  const toRow = reportRowMaker(facts, today);
  return [...facts.instruments].sort(byNumber).map(toRow);
}

/** Makes rows one at a time, for exports that never hold all of them. */
export function reportRowMaker(
  facts: Pick<ReportFacts, 'persons' | 'bodies' | 'lastNotes'>,
  today: CivilDate,
): (instrument: Instrument) => ReportRow {
  const persons = new Map<string, string>(facts.persons.map(({ id, name }) => [id, name]));
  const bodies = new Map<string, string>(facts.bodies.map(({ id, name }) => [id, name]));
  const nameIn = (names: Map<string, string>, id: string | null) => (id === null ? null : (names.get(id) ?? null));

  return (instrument) => {
    const { health, reasons } = healthOf(instrument, today);
    const state = deadlineState(instrument, today);
    const isAhead = state.kind === 'due-soon' || state.kind === 'ahead';
    return {
      id: instrument.id,
      number: instrument.number,
      title: instrument.title,
      titleBasis: instrument.titleBasis,
      kind: instrument.kind,
      sector: instrument.sector,
      legalStatus: instrument.legalStatus,
      stage: instrument.stage,
      health,
      healthReasons: reasons,
      elapsedMark: elapsedMark(instrument, today),
      owners: { pk: nameIn(persons, instrument.pkOwnerId), kz: nameIn(persons, instrument.kzOwnerId) },
      leadBodies: { pk: nameIn(bodies, instrument.pkLeadBodyId), kz: nameIn(bodies, instrument.kzLeadBodyId) },
      deadline: instrument.deadline,
      originalDeadline: instrument.originalDeadline,
      daysLate: state.kind === 'overdue' ? state.daysLate : null,
      daysLeft: isAhead ? state.daysLeft : null,
      slippageDays: slippageDays(instrument),
      progress: effectiveProgress(instrument),
      nextStep: instrument.nextStep,
      lastNote: facts.lastNotes.get(instrument.id) ?? null,
    };
  };
}

// Ids are UUIDs in lower case: plain comparison orders them alike on every machine.
const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const byNumber = (a: Instrument, b: Instrument): number =>
  (a.number ?? Number.POSITIVE_INFINITY) === (b.number ?? Number.POSITIVE_INFINITY)
    ? compareText(a.id, b.id)
    : (a.number ?? Number.POSITIVE_INFINITY) - (b.number ?? Number.POSITIVE_INFINITY);

/** Soonest first; within a day the order of the register stays, since sorting is stable. */
const dueBetween = (register: readonly ReportRow[], from: number, to: number): ReportRow[] =>
  register
    .filter(({ daysLeft }) => daysLeft !== null && daysLeft >= from && daysLeft <= to)
    .sort((a, b) => (a.daysLeft ?? 0) - (b.daysLeft ?? 0));

function sectorLines(instruments: readonly Instrument[], today: CivilDate): SectorLine[] {
  const bySector = Map.groupBy(instruments, ({ sector }) => sector);
  const named = [...bySector.keys()].filter((sector) => sector !== null).sort(new Intl.Collator('en').compare);
  const sectors = bySector.has(null) ? [...named, null] : named;
  return sectors.map((sector) => {
    const members = bySector.get(sector) ?? [];
    return {
      sector,
      total: countMatching(members, sectorFilter(sector), today),
      overdue: countMatching(members, COUNT_FILTERS.overdue, today),
      byHealth: countByHealth(members, today),
    };
  });
}

const headlineTargets = (targets: readonly Target[], today: CivilDate): TargetLine[] =>
  targets
    .filter((target) => target.isHeadline === 1 && target.deleted === 0)
    .sort((a, b) => a.rank - b.rank || compareText(a.id, b.id))
    .map(({ name, unit, baseline, baselineOn, target, targetOn, latest, latestOn }) => ({
      name,
      unit,
      baseline,
      baselineOn,
      target,
      targetOn,
      latest,
      latestOn,
      daysLeft: targetOn === null ? null : daysBetween(today, targetOn),
    }));
