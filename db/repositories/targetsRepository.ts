/** Reads the projected targets and risks, in the order of the register they came from. */
import { Risk, Target } from '../../shared/entities/target.ts';
import type { Database } from '../sqlite.ts';

const columns = (shape: object): string =>
  Object.keys(shape)
    .map((column) => `"${column}"`)
    .join();

export const listTargets = (db: Database): Target[] =>
  db.prepare(`SELECT ${columns(Target.shape)} FROM target WHERE deleted = 0 ORDER BY rank, id`).all() as Target[];

export const listRisks = (db: Database): Risk[] =>
  db.prepare(`SELECT ${columns(Risk.shape)} FROM risk WHERE deleted = 0 ORDER BY rank, id`).all() as Risk[];
