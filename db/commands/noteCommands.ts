/** Notes: dated, signed, never overwritten by another side's. */
import type { fileApi, Input } from '../../shared/api.ts';
import type { AppError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { newId } from '../ids.ts';
import type { OpenFile } from '../openFile.ts';
import { findInstrument, findNote } from '../repositories/instrumentsRepository.ts';
import { write, writeNew } from './instrumentCommands.ts';

type In<M extends keyof typeof fileApi> = Input<typeof fileApi, M>;

export const addNote = (file: OpenFile, { instrumentId, text }: In<'note.add'>) =>
  writeNew(file, { label: 'note-add' }, (batch) => {
    if (!findInstrument(file.db, instrumentId))
      return err({ code: 'not-found', details: { entity: 'instrument', id: instrumentId } });
    const id = newId();
    const author = file.author?.name ?? null;
    batch.create('note', id, { instrumentId, text, author, writtenAt: file.now(), isPinned: 0 });
    return ok(id);
  });

const ifNote = (file: OpenFile, id: string, then: () => void): Result<unknown, AppError> =>
  findNote(file.db, id) ? ok(then()) : err({ code: 'not-found', details: { entity: 'note', id } });

export const editNote = (file: OpenFile, { id, text }: In<'note.edit'>) =>
  write(file, { label: 'note-edit' }, (batch) => ifNote(file, id, () => batch.set('note', id, { text })));

export const pinNote = (file: OpenFile, { id, isPinned }: In<'note.pin'>) =>
  write(file, { label: 'note-pin' }, (batch) =>
    ifNote(file, id, () => batch.set('note', id, { isPinned: isPinned ? 1 : 0 })),
  );

export const deleteNote = (file: OpenFile, { id }: In<'note.delete'>) =>
  write(file, { label: 'note-delete' }, (batch) => ifNote(file, id, () => batch.remove('note', id)));
