/**
 * Replaces a file by a copy, as the program does, and is killed over it. Arguments: file, installation, copy, and the
 * moment of replaceMoments.ts.
 */
import { Backups } from '../../db/backup/backups.ts';
import { writerRecords } from '../../db/installation.ts';
import { Session } from '../../db/session.ts';
import type { Moment } from './replaceMoments.ts';

const [path = '', installation = '', copy = '', moment = ''] = process.argv.slice(2);

/** Does what it does, and then dies if this is the moment. */
function dyingAfter<A extends unknown[], R>(name: Moment, work: (...args: A) => R) {
  return (...args: A): R => {
    const result = work(...args);
    if (moment === name) process.kill(process.pid, 'SIGKILL');
    return result;
  };
}

const records = writerRecords(installation);
const backups = new Backups(installation);
backups.make = dyingAfter('kept', backups.make.bind(backups));
const session = new Session(
  { ...records, remove: dyingAfter('forgotten', records.remove) },
  { name: 'A. Khan', post: null },
  dyingAfter('replaced', () => undefined),
  backups,
);
for (const reply of [session.open(path), session.replaceByCopy(copy)])
  if (!reply.ok) throw new Error(JSON.stringify(reply.error));
