/** What the people page writes. Persons and bodies are read again whole, so every list shows the same ones. */
import type { Input } from '../../../shared/api.ts';
import type { Reply } from '../../../shared/rpc/messages.ts';
import { type FileApi, fileClient } from '../../api/client.ts';
import { usePeopleStore } from '../../stores/peopleStore.ts';
import { write } from '../../stores/write.ts';

async function thenLoad<T>(edit: () => Promise<Reply<T>>): Promise<Reply<T>> {
  const reply = await write(edit);
  if (reply.ok) await usePeopleStore.getState().load();
  return reply;
}

export const addPerson = (name: string) =>
  thenLoad(() => fileClient['person.create']({ name, post: null, bodyId: null, side: null, email: null, phone: null }));
export const editPerson = (id: string, fields: Input<FileApi, 'person.edit'>['fields']) =>
  thenLoad(() => fileClient['person.edit']({ id, fields }));
export const deletePerson = (id: string) => thenLoad(() => fileClient['person.delete']({ id }));

export const addBody = (name: string) =>
  thenLoad(() => fileClient['body.create']({ name, shortName: null, side: null }));
export const editBody = (id: string, fields: Input<FileApi, 'body.edit'>['fields']) =>
  thenLoad(() => fileClient['body.edit']({ id, fields }));
export const deleteBody = (id: string) => thenLoad(() => fileClient['body.delete']({ id }));
