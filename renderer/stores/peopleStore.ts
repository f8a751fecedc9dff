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

const byId = <T extends { id: string }>(rows: readonly T[]): Record<string, T> =>
  Object.fromEntries(rows.map((row) => [row.id, row]));

export const usePeopleStore = create<PeopleState>()((set) => ({
  ...fresh,
  load: async () => {
    const [persons, bodies] = await Promise.all([fileClient['person.list']({}), fileClient['body.list']({})]);
    if (persons.ok) set({ persons: persons.value, personById: byId(persons.value) });
    if (bodies.ok) set({ bodies: bodies.value, bodyById: byId(bodies.value) });
  },
  reset: () => set(fresh),
}));
