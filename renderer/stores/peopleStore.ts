/** Persons and bodies: few enough to be held whole and read again whenever one of them changes. */
import { create } from 'zustand';
import type { Body, Person } from '../../shared/entities/person.ts';
import { fileClient } from '../api/client.ts';

interface PeopleState {
  persons: readonly Person[];
  bodies: readonly Body[];
  personById: Readonly<Record<string, Person>>;
  bodyById: Readonly<Record<string, Body>>;
  load: () => Promise<void>;
  reset: () => void;
}

const fresh = {
  persons: [] as Person[],
  bodies: [] as Body[],
  personById: {} as Record<string, Person>,
  bodyById: {} as Record<string, Body>,
};

/** The file lists removed rows too, for whoever has to say whom a reference meant; here they are gone. */
const present = <T extends { deleted: 0 | 1 }>(rows: readonly T[]): T[] => rows.filter(({ deleted }) => deleted === 0);

const byId = <T extends { id: string }>(rows: readonly T[]): Record<string, T> =>
  Object.fromEntries(rows.map((row) => [row.id, row]));

export const usePeopleStore = create<PeopleState>()((set) => ({
  ...fresh,
  load: async () => {
    const [persons, bodies] = await Promise.all([fileClient['person.list']({}), fileClient['body.list']({})]);
    if (persons.ok) set({ persons: present(persons.value), personById: byId(present(persons.value)) });
    if (bodies.ok) set({ bodies: present(bodies.value), bodyById: byId(present(bodies.value)) });
  },
  reset: () => set(fresh),
}));
