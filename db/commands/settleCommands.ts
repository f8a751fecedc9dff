/** How a person settles what two copies made together: see db/repositories/inconsistenciesRepository.ts. */
import type { fileApi, Input } from '../../shared/api.ts';
import type { Instrument } from '../../shared/entities/instrument.ts';
import { err, ok } from '../../shared/result.ts';
import { checkDeadline } from '../../shared/rules/deadline.ts';
import { supportId } from '../ids.ts';
import type { OpenFile } from '../openFile.ts';
import { findInstrument, nextFreeNumber, notesOf, supportingBodyIds } from '../repositories/instrumentsRepository.ts';
import { prepared } from '../sqlite.ts';
import { applyEdit, editInstruments, write } from './instrumentCommands.ts';

type In<M extends keyof typeof fileApi> = Input<typeof fileApi, M>;

/** Gives an instrument the next free number, when another one goes by its own. */
export const renumberInstrument = (file: OpenFile, { id }: In<'instrument.renumber'>) =>
  editInstruments(file, { ids: [id], fields: { number: nextFreeNumber(file.db) } });

/** What one instrument may take over from another that means the same, where it says nothing itself. */
const TAKEN_OVER = [
  'sector',
  'summary',
  'source',
  'signedOn',
  'pkLeadBodyId',
  'kzLeadBodyId',
  'pkOwnerId',
  'kzOwnerId',
  'startOn',
  'deadline',
  'progress',
  'nextStep',
  'expiresOn',
] as const satisfies readonly (keyof Instrument)[];

/**
 * Makes instruments one: notes and supporting bodies of the others go over to the one that is kept, whose empty fields are
 * filled; then the others are deleted. Nothing that the kept one says is overwritten.
 */
export const joinInstruments = (file: OpenFile, { keepId, joinIds }: In<'instrument.join'>) =>
  write(file, { label: 'join' }, (batch) => {
    const found = findInstrument(file.db, keepId);
    if (!found) return err({ code: 'not-found', details: { entity: 'instrument', id: keepId } });
    const bodies = new Set(supportingBodyIds(file.db, keepId));
    let kept = found;
    for (const joinId of joinIds) {
      const joined = findInstrument(file.db, joinId);
      if (!joined || joinId === keepId)
        return err({ code: 'not-found', details: { entity: 'instrument', id: joinId } });
      const fields = fieldsToTakeOver(kept, joined);
      const edited = applyEdit(file, batch, kept, fields);
      if (!edited.ok) return edited;
      kept = { ...kept, ...fields };
      for (const note of notesOf(file.db, joinId)) batch.set('note', note.id, { instrumentId: keepId });
      for (const bodyId of supportingBodyIds(file.db, joinId)) {
        if (!bodies.has(bodyId)) batch.create('support', supportId(keepId, bodyId), { instrumentId: keepId, bodyId });
        bodies.add(bodyId);
        batch.remove('support', supportId(joinId, bodyId));
      }
      batch.remove('instrument', joinId);
    }
    return ok(undefined);
  });

function fieldsToTakeOver(kept: Instrument, joined: Instrument): Partial<Instrument> {
  const empty = TAKEN_OVER.filter((field) => kept[field] === null && joined[field] !== null);
  const fields: Partial<Instrument> = Object.fromEntries(empty.map((field) => [field, joined[field]]));
  const { startOn, deadline } = { ...kept, ...fields };
  // From two instruments a start and a deadline may come together that contradict each other: the deadline counts.
  if (!checkDeadline({ startOn }, deadline).ok) {
    if (fields.startOn !== undefined) delete fields.startOn;
    else delete fields.deadline;
  }
  return fields;
}

/** Brings a deleted row back as it was. */
export const restoreRow = (file: OpenFile, { entity, id }: In<'row.restore'>) =>
  write(file, { label: 'restore' }, (batch) => {
    if (!prepared(file.db, `SELECT 1 FROM ${entity} WHERE id = ?`).get(id))
      return err({ code: 'not-found', details: { entity, id } });
    batch.set(entity, id, { deleted: 0 });
    return ok(undefined);
  });

/** Takes back what refers to a deleted row: a field is emptied; a row that is there for the reference alone goes. */
export const removeReference = (file: OpenFile, { entity, id, field }: In<'reference.remove'>) =>
  write(file, { label: 'reference-remove' }, (batch) => {
    if (!prepared(file.db, `SELECT 1 FROM ${entity} WHERE id = ? AND deleted = 0`).get(id))
      return err({ code: 'not-found', details: { entity, id } });
    if (entity === 'note' || entity === 'support') batch.remove(entity, id);
    else batch.set(entity, id, { [field]: null });
    return ok(undefined);
  });
