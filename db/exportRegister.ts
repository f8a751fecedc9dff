/** Writes the register as CSV, one row at a time: memory does not grow with the register. */
import type { CivilDate } from '../shared/civilDate.ts';
import type { Instrument } from '../shared/entities/instrument.ts';
import type { AppError } from '../shared/errors.ts';
import { registerCsvChunks } from '../shared/export/registerCsv.ts';
import { ok, type Result } from '../shared/result.ts';
import type { Translate } from '../shared/text/translator.ts';
import type { OpenFile } from './openFile.ts';
import { iterateInstruments, lastNotes } from './repositories/instrumentsRepository.ts';
import { listBodies, listPersons } from './repositories/peopleRepository.ts';
import { writeWhole } from './writeWhole.ts';

export interface RegisterExport {
  path: string;
  today: CivilDate;
  delimiter: ',' | ';';
  bom: boolean;
  t: Translate;
}

export function exportRegister(
  { db }: OpenFile,
  { path, ...options }: RegisterExport,
): Result<{ rows: number }, AppError> {
  const facts = { persons: listPersons(db), bodies: listBodies(db), lastNotes: lastNotes(db) };
  let rows = 0;
  function* counted(): Generator<Instrument> {
    for (const instrument of iterateInstruments(db)) {
      rows += 1;
      yield instrument;
    }
  }
  const written = writeWhole(path, registerCsvChunks(counted(), facts, options));
  return written.ok ? ok({ rows }) : written;
}
