/**
 * A process to be killed while it exchanges: edits and runs rounds without a pause. Says "open" and then each round that
 * is over. Arguments: file, installation, folder.
 */
import { writeSync } from 'node:fs';
import { editInstruments } from '../../db/commands/instrumentCommands.ts';
import { Exchange } from '../../db/exchange/exchange.ts';
import { exchangeRecords } from '../../db/exchange/records.ts';
import { writerRecords } from '../../db/installation.ts';
import { openFile } from '../../db/open.ts';
import { listInstruments } from '../../db/repositories/instrumentsRepository.ts';

const [path = '', installation = '', folder = ''] = process.argv.slice(2);
const opened = openFile(path, {
  records: writerRecords(installation),
  author: { name: 'Writer', post: null },
  isExclusive: true,
});
if (!opened.ok) throw new Error(JSON.stringify(opened));
const file = opened.value;
const records = exchangeRecords(installation);
const exchange = Exchange.resume(file, records) ?? Exchange.start(file, records, folder);
const ids = listInstruments(file.db).map(({ id }) => id);

writeSync(1, 'open\n');
for (let number = 0; ; number += 1) {
  // Now and then many at once, so that files are taken together, written and removed.
  for (let edit = 0; edit < (number % 7 === 0 ? 40 : 1); edit += 1) {
    const nextStep = `step ${process.pid} ${number} ${edit}`;
    const written = editInstruments(file, { ids: [ids[(number + edit) % ids.length] as never], fields: { nextStep } });
    if (!written.ok) throw new Error(JSON.stringify(written));
  }
  await exchange.round();
  writeSync(1, `round ${number}\n`);
}
