/** The English catalogue, the one that every other language is checked against. One file an area of the program. */
import { errors, readOnlyReasons, valueRules } from './errors.ts';
import { words } from './words.ts';

export const en = { ...words, errors, valueRules, readOnlyReasons };

export type Catalogue = typeof en;
