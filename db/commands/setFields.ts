/**
 * Sets fields of one instrument from text, as the command line and imports bring them: `deadline=2027-06-30`,
 * `owner="B. Khan"`. One batch, through the same rules as the window.
 */
import { fieldNames } from '../../shared/entities/index.ts';
import type { Instrument } from '../../shared/entities/instrument.ts';
import { SIDES, type Side } from '../../shared/entities/values.ts';
import type { AppError } from '../../shared/errors.ts';
import { isChoiceColumn, valueOfWord } from '../../shared/export/registerCsv.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { foldText } from '../../shared/text/searchText.ts';
import type { Translate } from '../../shared/text/translator.ts';
import { newId } from '../ids.ts';
import { type Batch, type WrittenBatch, writeBatch } from '../log/writeBatch.ts';
import type { OpenFile } from '../openFile.ts';
import { listBodies, listPersons } from '../repositories/peopleRepository.ts';
import { applyEdit } from './instrumentCommands.ts';

export interface Assignment {
  field: string;
  /** As typed; empty clears the field. */
  text: string;
}

/** Fields that people name instead of the ids the schema holds. `owner` is that side's whom the person belongs to. */
const NAME_FIELDS = ['owner', 'pkOwner', 'kzOwner', 'pkLeadBody', 'kzLeadBody'];
const HIDDEN = new Set(['deleted', 'originalDeadline']);

/** Everything that may stand before the `=`. */
export const SETTABLE_FIELDS = [...fieldNames('instrument').filter((field) => !HIDDEN.has(field)), ...NAME_FIELDS];

/** `title_basis` and `title-basis` are taken for `titleBasis`. Null: no such field. */
export function settableField(name: string): string | null {
  const plain = (text: string) => text.replaceAll(/[_-]/g, '').toLowerCase();
  return SETTABLE_FIELDS.find((field) => plain(field) === plain(name)) ?? null;
}

export function setFields(
  file: OpenFile,
  instrument: Instrument,
  assignments: readonly Assignment[],
  t: Translate,
): Result<WrittenBatch | null, AppError> {
  const written = writeBatch(file, { label: labelOf(assignments) }, (batch) => {
    const fields: Record<string, unknown> = {};
    for (const assignment of assignments) {
      const parsed = parseAssignment(file, batch, assignment, t);
      if (!parsed.ok) return parsed;
      Object.assign(fields, parsed.value);
    }
    return applyEdit(file, batch, instrument, fields);
  });
  return written.ok ? ok(written.value.batch) : written;
}

/** The history names the action by what was set, when that is one thing. */
function labelOf(assignments: readonly Assignment[]): string {
  const fields = assignments.map(({ field }) => field);
  if (fields.every((field) => field === 'deadline' || field === 'deadlineReason')) return 'move-deadline';
  if (fields.every((field) => /owner$/i.test(field))) return 'assign-owner';
  return 'edit';
}

function parseAssignment(
  file: OpenFile,
  batch: Batch,
  { field, text }: Assignment,
  t: Translate,
): Result<Record<string, unknown>, AppError> {
  const known = settableField(field);
  if (known === null) return err({ code: 'unknown-field', details: { field, known: SETTABLE_FIELDS } });
  const trimmed = text.trim();
  if (known === 'owner') return parseOwner(file, batch, null, trimmed);
  for (const side of SIDES) {
    if (known === `${side}Owner`) return parseOwner(file, batch, side, trimmed);
    if (known === `${side}LeadBody`) return parseBody(file, batch, side, trimmed);
  }
  if (trimmed === '') return ok({ [known]: null });
  if (known === 'number' || known === 'progress') return parseWhole(known, trimmed);
  if (isChoiceColumn(known)) return ok({ [known]: valueOfWord(t, known, trimmed) ?? trimmed });
  return ok({ [known]: text });
}

const parseWhole = (field: string, text: string): Result<Record<string, unknown>, AppError> =>
  /^\d{1,6}%?$/.test(text)
    ? ok({ [field]: Number.parseInt(text, 10) })
    : err({
        code: 'invalid-value',
        details: { field, value: text, rule: field === 'progress' ? 'percent' : 'number-range' },
      });

/** Rows that answer to an id or, in any spelling, to a name. */
const matching = <T extends { id: string; name: string; deleted: number; side: Side | null }>(
  rows: readonly T[],
  text: string,
  side: Side | null,
): T[] => {
  const wanted = foldText(text);
  return rows.filter(
    (row) =>
      row.deleted === 0 &&
      (row.id === text || foldText(row.name) === wanted) &&
      (side === null || row.side === null || row.side === side),
  );
};

/** An owner by name or id; a name the file does not know becomes a new person. Without a side the person's own counts. */
function parseOwner(
  file: OpenFile,
  batch: Batch,
  side: Side | null,
  text: string,
): Result<Record<string, unknown>, AppError> {
  if (text === '') return ok(side === null ? { pkOwnerId: null, kzOwnerId: null } : { [`${side}OwnerId`]: null });
  const [person, ...others] = matching(listPersons(file.db), text, side);
  if (others.length > 0)
    return err({ code: 'ambiguous', details: { entity: 'person', id: text, count: others.length + 1 } });
  if (person) return ok({ [`${side ?? person.side ?? 'pk'}OwnerId`]: person.id });
  const id = newId();
  batch.create('person', id, { name: text, side: side ?? 'pk' });
  return ok({ [`${side ?? 'pk'}OwnerId`]: id });
}

function parseBody(file: OpenFile, batch: Batch, side: Side, text: string): Result<Record<string, unknown>, AppError> {
  if (text === '') return ok({ [`${side}LeadBodyId`]: null });
  const [body, ...others] = matching(listBodies(file.db), text, side);
  if (others.length > 0)
    return err({ code: 'ambiguous', details: { entity: 'body', id: text, count: others.length + 1 } });
  if (body) return ok({ [`${side}LeadBodyId`]: body.id });
  const id = newId();
  batch.create('body', id, { name: text, side });
  return ok({ [`${side}LeadBodyId`]: id });
}
