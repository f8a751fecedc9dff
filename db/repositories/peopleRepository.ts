/** Reads the projected persons and bodies. */
import type { Body, Person } from '../../shared/entities/person.ts';
import { type Database, prepared } from '../sqlite.ts';

const PERSON_SQL = 'id, name, post, bodyId, side, email, phone, deleted';
const BODY_SQL = 'id, name, shortName, side, deleted';

/** Deleted ones too: instruments may still name them, and the register has to say whom. */
export const listPersons = (db: Database): Person[] =>
  db.prepare(`SELECT ${PERSON_SQL} FROM person ORDER BY name, id`).all() as Person[];

export const listBodies = (db: Database): Body[] =>
  db.prepare(`SELECT ${BODY_SQL} FROM body ORDER BY name, id`).all() as Body[];

export const findPerson = (db: Database, id: string): Person | undefined =>
  prepared(db, `SELECT ${PERSON_SQL} FROM person WHERE id = ? AND deleted = 0`).get(id) as Person | undefined;

export const findBody = (db: Database, id: string): Body | undefined =>
  prepared(db, `SELECT ${BODY_SQL} FROM body WHERE id = ? AND deleted = 0`).get(id) as Body | undefined;
