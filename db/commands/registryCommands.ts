/** Persons, bodies, targets and the file's own title: small registries that are added to, edited and removed alike. */
import type { fileApi, Input } from '../../shared/api.ts';
import type { EntityName } from '../../shared/entities/index.ts';
import type { AppError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { newId } from '../ids.ts';
import type { OpenFile } from '../openFile.ts';
import { familyId } from '../repositories/fileRepository.ts';
import { findBody, findPerson } from '../repositories/peopleRepository.ts';
import { listTargets } from '../repositories/targetsRepository.ts';
import { write, writeNew } from './instrumentCommands.ts';

type In<M extends keyof typeof fileApi> = Input<typeof fileApi, M>;
type Fields = Readonly<Record<string, unknown>>;

const addRow = (file: OpenFile, entity: EntityName, fields: Fields) =>
  writeNew(file, { label: `${entity}-create` }, (batch) => {
    const id = newId();
    batch.create(entity, id, fields);
    return ok(id);
  });

const EXISTS: Partial<Record<EntityName, (file: OpenFile, id: string) => boolean>> = {
  person: ({ db }, id) => findPerson(db, id) !== undefined,
  body: ({ db }, id) => findBody(db, id) !== undefined,
  target: ({ db }, id) => listTargets(db).some((target) => target.id === id),
};

function ifPresent(file: OpenFile, entity: EntityName, id: string, then: () => void): Result<unknown, AppError> {
  return EXISTS[entity]?.(file, id) ? ok(then()) : err({ code: 'not-found', details: { entity, id } });
}

const editRow = (file: OpenFile, entity: EntityName, id: string, fields: Fields) =>
  write(file, { label: `${entity}-edit` }, (batch) => ifPresent(file, entity, id, () => batch.set(entity, id, fields)));

const removeRow = (file: OpenFile, entity: EntityName, id: string) =>
  write(file, { label: `${entity}-delete` }, (batch) => ifPresent(file, entity, id, () => batch.remove(entity, id)));

/** A person's body is one of the file; whoever had one that is deleted now may keep it. */
function refusedBody(file: OpenFile, bodyId: string | null | undefined, present: string | null): AppError | null {
  if (!bodyId || bodyId === present || findBody(file.db, bodyId)) return null;
  return { code: 'invalid-value', details: { field: 'bodyId', value: bodyId, rule: 'reference' } };
}

export function createPerson(file: OpenFile, fields: In<'person.create'>) {
  const refusal = refusedBody(file, fields.bodyId, null);
  return refusal ? err(refusal) : addRow(file, 'person', fields);
}

export function editPerson(file: OpenFile, { id, fields }: In<'person.edit'>) {
  const refusal = refusedBody(file, fields.bodyId, findPerson(file.db, id)?.bodyId ?? null);
  return refusal ? err(refusal) : editRow(file, 'person', id, fields);
}

export const deletePerson = (file: OpenFile, { id }: In<'person.delete'>) => removeRow(file, 'person', id);
export const createBody = (file: OpenFile, fields: In<'body.create'>) => addRow(file, 'body', fields);
export const editBody = (file: OpenFile, { id, fields }: In<'body.edit'>) => editRow(file, 'body', id, fields);
export const deleteBody = (file: OpenFile, { id }: In<'body.delete'>) => removeRow(file, 'body', id);
export const editTarget = (file: OpenFile, { id, fields }: In<'target.edit'>) => editRow(file, 'target', id, fields);

export const renameFile = (file: OpenFile, { title }: In<'file.rename'>) =>
  write(file, { label: 'file-rename' }, (batch) => ok(batch.create('file', familyId(file), { title })));
