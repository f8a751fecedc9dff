/** The English catalogue, the one that every other language is checked against. One file an area of the program. */
import { activity } from './activity.ts';
import { cli } from './cli.ts';
import { damage } from './damage.ts';
import { errors, readOnlyReasons, valueRules } from './errors.ts';
import { exchange } from './exchange.ts';
import { exports } from './exports.ts';
import { healthSentences } from './health.ts';
import { help } from './help.ts';
import { instrument } from './instrument.ts';
import { menu, nativeDialog, printed } from './menu.ts';
import { people } from './people.ts';
import { register } from './register.ts';
import { report } from './report.ts';
import { sharing } from './sharing.ts';
import { today } from './today.ts';
import { welcome } from './welcome.ts';
import { window } from './window.ts';
import { words } from './words.ts';

export const en = {
  ...words,
  ...healthSentences,
  ...report,
  help,
  menu,
  nativeDialog,
  printed,
  cli,
  errors,
  valueRules,
  readOnlyReasons,
  window,
  welcome,
  register,
  exports,
  exchange,
  activity,
  instrument,
  today,
  people,
  sharing,
  damage,
};

export type Catalogue = typeof en;
