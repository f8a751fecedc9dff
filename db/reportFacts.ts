/** The facts that reports are made of, today or as of an earlier day. */
import { type CivilDate, endOfDayMs } from '../shared/civilDate.ts';
import { buildStatusReport, type ReportFacts } from '../shared/report/buildStatusReport.ts';
import type { StatusReport } from '../shared/report/statusReport.ts';
import { projectInto } from './log/project.ts';
import { migrate } from './migrations/index.ts';
import type { OpenFile } from './openFile.ts';
import { fileTitle } from './repositories/fileRepository.ts';
import { lastNotes, listInstruments } from './repositories/instrumentsRepository.ts';
import { listBodies, listPersons } from './repositories/peopleRepository.ts';
import { listTargets } from './repositories/targetsRepository.ts';
import { connectSqlite, type Database } from './sqlite.ts';

const factsIn = (db: Database): ReportFacts => ({
  title: fileTitle({ db }),
  instruments: listInstruments(db),
  persons: listPersons(db),
  bodies: listBodies(db),
  targets: listTargets(db),
  lastNotes: lastNotes(db),
});

/** The projection of everything written up to the end of a day, by the authors' clocks, in memory. The caller closes it. */
function projectionAsOf(file: OpenFile, asOf: CivilDate): Database {
  const memory = connectSqlite(':memory:');
  migrate(memory);
  memory.transaction(() => projectInto(memory, file.db, endOfDayMs(asOf)))();
  return memory;
}

/** The register as it stood at the end of `asOf`. The present one is read from the tables, an earlier one from the log. */
export function reportFacts(file: OpenFile, asOf: CivilDate): ReportFacts {
  const laterBatches = file.db.prepare('SELECT EXISTS (SELECT 1 FROM batch WHERE at > ?)').pluck();
  if (laterBatches.get(endOfDayMs(asOf)) === 0) return factsIn(file.db);
  const memory = projectionAsOf(file, asOf);
  try {
    return { ...factsIn(memory), title: fileTitle(file) };
  } finally {
    memory.close();
  }
}

export const statusReport = (file: OpenFile, asOf: CivilDate, since: CivilDate | null): StatusReport =>
  buildStatusReport(reportFacts(file, asOf), {
    asOf,
    since: since && { on: since, facts: reportFacts(file, since) },
    preparedBy: file.author,
  });
