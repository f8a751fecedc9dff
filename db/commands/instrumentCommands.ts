/** What a person does to instruments: each function is one user action, one batch, one step to take back. */
import type { BatchRef, fileApi, Input, Written } from '../../shared/api.ts';
import { checkValue } from '../../shared/entities/index.ts';
import type { Instrument } from '../../shared/entities/instrument.ts';
import type { AppError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { checkDeadline } from '../../shared/rules/deadline.ts';
import { newId, supportId } from '../ids.ts';
import { type Batch, type BatchOptions, writeBatch } from '../log/writeBatch.ts';
import type { OpenFile } from '../openFile.ts';
import { findInstrument, nextFreeNumber, supportingBodyIds } from '../repositories/instrumentsRepository.ts';
import { findBody, findPerson } from '../repositories/peopleRepository.ts';

type In<M extends keyof typeof fileApi> = Input<typeof fileApi, M>;

/** Writes and answers with the batch alone. */
export function write(
  file: OpenFile,
  options: BatchOptions,
  compose: (batch: Batch) => Result<unknown, AppError>,
): Result<Written, AppError> {
  const written = writeBatch(file, options, compose);
  return written.ok ? ok({ batch: written.value.batch && refOf(written.value.batch) }) : written;
}

export const refOf = ({ replica, seq }: BatchRef): BatchRef => ({ replica, seq });

/** Writes a batch that adds a row, and answers with its id. */
export function writeNew(
  file: OpenFile,
  options: BatchOptions,
  compose: (batch: Batch) => Result<string, AppError>,
): Result<{ id: string; batch: BatchRef }, AppError> {
  const written = writeBatch(file, options, compose);
  if (!written.ok) return written;
  const { batch, value: id } = written.value;
  if (!batch) throw new Error('a new row wrote nothing');
  return ok({ id, batch: refOf(batch) });
}

/** Calls `each` for every instrument, or refuses the whole batch when one is not in the file. */
function forEachInstrument(
  file: OpenFile,
  ids: readonly string[],
  each: (instrument: Instrument) => Result<unknown, AppError>,
): Result<unknown, AppError> {
  for (const id of ids) {
    const instrument = findInstrument(file.db, id);
    if (!instrument) return err({ code: 'not-found', details: { entity: 'instrument', id } });
    const done = each(instrument);
    if (!done.ok) return done;
  }
  return ok(undefined);
}

export const createInstrument = (file: OpenFile, { title, kind, sector, number }: In<'instrument.create'>) =>
  writeNew(file, { label: 'create' }, (batch) => {
    const id = newId();
    batch.create('instrument', id, {
      title,
      titleBasis: 'official',
      kind: kind ?? 'unknown',
      sector: sector ?? null,
      number: number ?? nextFreeNumber(file.db),
      legalStatus: 'signed',
      stage: 'not-started',
      priority: 'normal',
    });
    return ok(id);
  });

/**
 * Sets fields of one instrument within a batch, by the rules of all its edits: a deadline may not lie before the start,
 * whichever of the two is moved; references must name something; the deadline moved away from first is the baseline; a reason
 * belongs to its own move, so that an old one never seems to explain a new deadline.
 */
export function applyEdit(
  file: OpenFile,
  batch: Batch,
  instrument: Instrument,
  fields: Readonly<Record<string, unknown>>,
): Result<undefined, AppError> {
  const changed = { ...fields };
  for (const field of ['deadline', 'startOn'] as const)
    if (changed[field] !== undefined) changed[field] = checkValue('instrument', field, changed[field]);
  const { deadline, startOn } = { ...instrument, ...withoutUndefined(changed) } as Instrument;
  if (changed.deadline !== undefined || changed.startOn !== undefined) {
    const checked = checkDeadline({ startOn }, deadline);
    if (!checked.ok) return checked;
  }
  if (changed.healthOverride === null) changed.healthOverrideReason = null;
  if (isOverrideWithoutReason(instrument, changed))
    return err({ code: 'reason-required', details: { field: 'healthOverride' } });
  const dangling = danglingReference(file, batch, instrument, changed);
  if (dangling) return err(dangling);
  if (deadline !== instrument.deadline && changed.deadlineReason === undefined) changed.deadlineReason = null;
  // The baseline is written when the deadline first moves away from it, not when it is first set: two sides that set a
  // first deadline apart then disagree about one value, not about two.
  if (deadline !== instrument.deadline && instrument.deadline !== null && instrument.originalDeadline === null)
    changed.originalDeadline = instrument.deadline;
  batch.set('instrument', instrument.id, changed);
  return ok(undefined);
}

const withoutUndefined = (fields: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

/** A new override brings a reason of its own, and none that stands can lose its reason. */
function isOverrideWithoutReason(instrument: Instrument, changed: Readonly<Record<string, unknown>>): boolean {
  const { healthOverride, healthOverrideReason } = changed;
  if (healthOverride === undefined && healthOverrideReason === undefined) return false;
  const override = healthOverride === undefined ? instrument.healthOverride : healthOverride;
  return override !== null && !healthOverrideReason;
}

const REFERENCES = {
  pkLeadBodyId: findBody,
  kzLeadBodyId: findBody,
  pkOwnerId: findPerson,
  kzOwnerId: findPerson,
} as const;

/** A new reference that names nothing, neither in the file nor among what this batch adds. */
function danglingReference(
  file: OpenFile,
  batch: Batch,
  instrument: Instrument,
  fields: Readonly<Record<string, unknown>>,
): AppError | null {
  for (const [field, find] of Object.entries(REFERENCES)) {
    const id = fields[field];
    // Whoever had a person or a body that is deleted now may keep it.
    if (id === instrument[field as keyof typeof REFERENCES]) continue;
    if (typeof id === 'string' && !find(file.db, id) && !batch.creates(id))
      return { code: 'invalid-value', details: { field, value: id, rule: 'reference' } };
  }
  return null;
}

export const editInstruments = (file: OpenFile, { ids, fields }: In<'instrument.edit'>) =>
  write(file, { label: 'edit' }, (batch) =>
    forEachInstrument(file, ids, (instrument) => applyEdit(file, batch, instrument, fields)),
  );

export const moveDeadline = (file: OpenFile, { ids, deadline, reason }: In<'instrument.moveDeadline'>) =>
  write(file, { label: 'move-deadline' }, (batch) =>
    forEachInstrument(file, ids, (instrument) =>
      applyEdit(file, batch, instrument, { deadline, deadlineReason: reason }),
    ),
  );

export const assignOwner = (file: OpenFile, { ids, side, personId, newName }: In<'instrument.assignOwner'>) =>
  write(file, { label: 'assign-owner' }, (batch) => {
    if (personId !== null && !findPerson(file.db, personId))
      return err({ code: 'not-found', details: { entity: 'person', id: personId } });
    let ownerId = personId;
    if (ownerId === null && newName !== null) {
      ownerId = newId();
      batch.create('person', ownerId, { name: newName, side });
    }
    const field = side === 'pk' ? 'pkOwnerId' : 'kzOwnerId';
    return forEachInstrument(file, ids, (instrument) =>
      ok(batch.set('instrument', instrument.id, { [field]: ownerId })),
    );
  });

export const overrideHealth = (file: OpenFile, { id, health, reason }: In<'instrument.overrideHealth'>) =>
  write(file, { label: 'override-health' }, (batch) =>
    forEachInstrument(file, [id], (instrument) =>
      applyEdit(file, batch, instrument, {
        healthOverride: health,
        healthOverrideReason: health === null ? null : reason,
      }),
    ),
  );

export const setSupportingBodies = (file: OpenFile, { id, bodyIds }: In<'instrument.setSupportingBodies'>) =>
  write(file, { label: 'support-bodies' }, (batch) =>
    forEachInstrument(file, [id], () => {
      const before = new Set(supportingBodyIds(file.db, id));
      for (const bodyId of bodyIds) {
        if (before.delete(bodyId)) continue;
        if (!findBody(file.db, bodyId)) return err({ code: 'not-found', details: { entity: 'body', id: bodyId } });
        batch.create('support', supportId(id, bodyId), { instrumentId: id, bodyId });
      }
      for (const bodyId of before) batch.remove('support', supportId(id, bodyId));
      return ok(undefined);
    }),
  );

export const deleteInstruments = (file: OpenFile, { ids }: In<'instrument.delete'>) =>
  write(file, { label: 'delete' }, (batch) =>
    forEachInstrument(file, ids, (instrument) => ok(batch.remove('instrument', instrument.id))),
  );
