/** The English catalogue, the one that every other language is checked against. One file an area of the program. */
import { errors, readOnlyReasons, valueRules } from './errors.ts';
import { healthSentences } from './health.ts';
import { report } from './report.ts';
import { words } from './words.ts';

export const en = { ...words, ...healthSentences, ...report, errors, valueRules, readOnlyReasons };

export type Catalogue = typeof en;
