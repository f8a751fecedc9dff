/**
 * A database process to be killed: opens the file as db/process.ts does and edits without a pause. Every answer that an
 * edit was saved is written to standard output at once, before the next begins. Arguments: file, installation, first number.
 */
import { writeSync } from 'node:fs';
import { fileHandlers } from '../../db/handlers.ts';
import { writerRecords } from '../../db/installation.ts';
import { listInstruments } from '../../db/repositories/instrumentsRepository.ts';
import { Session } from '../../db/session.ts';
import { fileApi } from '../../shared/api.ts';
import { serveCall } from '../../shared/rpc/server.ts';

const [path = '', installation = '', first = '1'] = process.argv.slice(2);
const session = new Session(writerRecords(installation), { name: 'Writer', post: null }, () => undefined);
const opened = session.open(path);
if (!opened.ok || !session.file) throw new Error(JSON.stringify(opened));
const handlers = fileHandlers(() => session.file);
const ids = listInstruments(session.file.db).map(({ id }) => id);

async function write(method: 'note.add' | 'instrument.edit', input: unknown, saved: string): Promise<void> {
  const reply = await serveCall(fileApi, handlers, { method, input }, () => undefined, { logBug: String });
  if (!reply.ok) throw new Error(JSON.stringify(reply));
  writeSync(1, `${saved}\n`);
}

writeSync(1, 'open\n');
for (let number = Number(first); ; number++) {
  await write('note.add', { instrumentId: ids[number % ids.length], text: String(number) }, `note ${number}`);
  await write('instrument.edit', { ids, fields: { nextStep: String(number) } }, `edit ${number}`);
}
