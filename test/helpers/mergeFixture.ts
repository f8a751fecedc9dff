/** Copies of one small file in which several people have gone on: enough of it that a merge writes for a while. */
import { join } from 'node:path';
import { createInstrument, editInstruments } from '../../db/commands/instrumentCommands.ts';
import { addNote } from '../../db/commands/noteCommands.ts';
import { createFile } from '../../db/create.ts';
import { closeFile, openFile } from '../../db/open.ts';
import type { OpenFile } from '../../db/openFile.ts';
import { listInstruments } from '../../db/repositories/instrumentsRepository.ts';
import { copyTo, optionsOf, unwrap } from './tempFile.ts';

export interface Copies {
  ours: string;
  others: string[];
}

/** Half of what they edit is the same on all sides. */
export function divergedCopies(folder: string, names: readonly string[], edits: number): Copies {
  const base = join(folder, 'base.mou');
  const file = unwrap(createFile(base, { from: 'empty', title: 'Committee' }, optionsOf()));
  file.db.pragma('synchronous = OFF');
  for (let number = 1; number <= 12; number += 1) unwrap(createInstrument(file, { title: `Instrument ${number}` }));
  closeFile(file);
  const paths = names.map((name, side) => {
    const path = copyTo(base, join(folder, `${name}.mou`));
    const file = unwrap(openFile(path, optionsOf({ author: { name, post: null } })));
    file.db.pragma('synchronous = OFF');
    for (let edit = 0; edit < edits; edit += 1) editSomething(file, name, side, edit);
    closeFile(file);
    return path;
  });
  const [ours = '', ...others] = paths;
  return { ours, others };
}

function editSomething(file: OpenFile, name: string, side: number, edit: number): void {
  const instruments = listInstruments(file.db);
  const id = instruments[(edit % 2 === 0 ? edit : edit + side) % instruments.length]?.id as never;
  if (edit % 3 === 2) unwrap(addNote(file, { instrumentId: id, text: `${name} writes note ${edit}` }));
  else
    unwrap(
      editInstruments(file, { ids: [id], fields: { nextStep: `${name} ${edit}`, progress: (edit * 7 + side) % 101 } }),
    );
}

/** Runs SQL-free: how much of everything a file holds. */
export const sizesOf = ({ db }: OpenFile): Record<string, number> =>
  db
    .prepare(
      `SELECT (SELECT count(*) FROM batch) AS batches, (SELECT count(*) FROM change) AS changes,
         (SELECT count(*) FROM conflict) AS conflicts, (SELECT count(*) FROM note) AS notes,
         (SELECT count(*) FROM seen) AS seen, (SELECT count(*) FROM merge_event) AS merges`,
    )
    .get() as Record<string, number>;
