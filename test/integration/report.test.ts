import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import * as instruments from '../../db/commands/instrumentCommands.ts';
import * as notes from '../../db/commands/noteCommands.ts';
import * as registry from '../../db/commands/registryCommands.ts';
import { exportRegister } from '../../db/exportRegister.ts';
import type { OpenFile } from '../../db/openFile.ts';
import { reportFacts, statusReport } from '../../db/reportFacts.ts';
import { findInstrumentsByNumber, listInstruments } from '../../db/repositories/instrumentsRepository.ts';
import type { CivilDate } from '../../shared/civilDate.ts';
import { unguardText } from '../../shared/export/csv.ts';
import { createTranslator } from '../../shared/text/translator.ts';
import { newFile, refusalOf, unwrap } from '../helpers/tempFile.ts';

const { t } = createTranslator();
const day = (text: string) => text as CivilDate;
/** Noon on this computer's wall clock. */
const noon = (text: string) => new Date(`${text}T12:00:00`).getTime();
const idOf = (file: OpenFile, number: number) => findInstrumentsByNumber(file.db, number)[0]?.id as string;
const numberIn = (facts: ReturnType<typeof reportFacts>, number: number) =>
  facts.instruments.find((instrument) => instrument.number === number);

describe('the facts of a report', () => {
  test('as of an earlier day are what was written up to its end, and today’s are the tables', () => {
    let now = noon('2026-03-10');
    const file = newFile({ now: () => now });
    unwrap(instruments.editInstruments(file, { ids: [idOf(file, 4)], fields: { stage: 'action-plan-agreed' } }));
    now = new Date('2026-03-11T23:59:59.999').getTime();
    unwrap(instruments.editInstruments(file, { ids: [idOf(file, 4)], fields: { stage: 'in-implementation' } }));
    now = noon('2026-03-12');
    unwrap(instruments.deleteInstruments(file, { ids: [idOf(file, 5)] }));
    unwrap(notes.addNote(file, { instrumentId: idOf(file, 4), text: 'later' }));

    const stageOn = (text: string) => numberIn(reportFacts(file, day(text)), 4)?.stage;
    expect(['2026-03-09', '2026-03-10', '2026-03-11', '2026-03-12'].map(stageOn)).toEqual([
      'not-started',
      'action-plan-agreed',
      'in-implementation',
      'in-implementation',
    ]);
    expect(reportFacts(file, day('2026-03-11')).instruments).toHaveLength(37);
    expect(reportFacts(file, day('2026-03-12')).instruments).toHaveLength(36);
    expect(reportFacts(file, day('2026-03-11')).lastNotes.size).toBe(0);
    expect(reportFacts(file, day('2026-03-12')).lastNotes.size).toBe(1);
    expect(reportFacts(file, day('2030-01-01')).instruments).toEqual(listInstruments(file.db));
  });

  test('before the register was signed there is nothing', () => {
    expect(reportFacts(newFile(), day('2026-02-03')).instruments).toEqual([]);
    expect(reportFacts(newFile(), day('2026-02-05')).instruments).toHaveLength(37);
  });

  test('a row that was added later by its clock is absent, though an edit of it bears an earlier date', () => {
    let now = noon('2030-01-01');
    const file = newFile({ now: () => now });
    const { id } = unwrap(instruments.createInstrument(file, { title: 'Made when the clock was ahead', number: 40 }));
    const note = unwrap(notes.addNote(file, { instrumentId: id, text: 'ahead' })).id;
    now = noon('2026-03-10');
    unwrap(instruments.editInstruments(file, { ids: [id], fields: { nextStep: 'set right' } }));
    unwrap(notes.editNote(file, { id: note, text: 'set right' }));
    const facts = reportFacts(file, day('2026-06-30'));
    expect(facts.instruments.map(({ id }) => id)).not.toContain(id);
    expect([...facts.lastNotes.keys()]).toEqual([]);
    expect(reportFacts(file, day('2030-01-02')).instruments.map(({ id }) => id)).toContain(id);
  });

  test('a report as of the past changes nothing and comes out the same again', () => {
    let now = noon('2026-03-10');
    const file = newFile({ now: () => now });
    unwrap(instruments.editInstruments(file, { ids: [idOf(file, 4)], fields: { stage: 'on-hold' } }));
    now = noon('2026-05-01');
    const before = statusReport(file, day('2026-03-31'), day('2026-03-01'));
    unwrap(instruments.editInstruments(file, { ids: [idOf(file, 4)], fields: { stage: 'closed' } }));
    expect(statusReport(file, day('2026-03-31'), day('2026-03-01'))).toEqual(before);
  });
});

describe('export of the register', () => {
  const write = (file: OpenFile, path: string) =>
    exportRegister(file, { path, today: day('2026-06-30'), delimiter: ';', bom: true, t });

  test('holds every instrument with what hangs on it, and no formula', () => {
    const file = newFile();
    const ids = [idOf(file, 4)];
    unwrap(
      instruments.editInstruments(file, {
        ids,
        fields: { nextStep: '=HYPERLINK("http://x")', title: 'ریلوے; "تعاون"\nدوسری سطر' },
      }),
    );
    unwrap(instruments.assignOwner(file, { ids, side: 'pk', personId: null, newName: 'B. Khan' }));
    unwrap(notes.addNote(file, { instrumentId: ids[0] as string, text: 'Latest word' }));
    const path = join(dirname(file.path), 'out.csv');
    expect(unwrap(write(file, path))).toEqual({ rows: 37 });
    const rows = parse(readFileSync(path), { columns: true, delimiter: ';', bom: true }) as Record<string, string>[];
    const row = rows.find(({ number }) => number === '4') as Record<string, string>;
    expect(row).toMatchObject({ title: 'ریلوے; "تعاون"\nدوسری سطر', pkOwner: 'B. Khan', lastNote: 'Latest word' });
    expect(row.nextStep).toBe('\'=HYPERLINK("http://x")');
    expect(unguardText(row.nextStep as string)).toBe('=HYPERLINK("http://x")');
  });

  test('replaces an earlier export, and never the tracker’s own file', () => {
    const file = newFile();
    const path = join(dirname(file.path), 'out.csv');
    unwrap(write(file, path));
    unwrap(registry.renameFile(file, { title: 'x' }));
    unwrap(write(file, path));
    expect(refusalOf(write(file, file.path)).code).toBe('file-exists');
    expect(listInstruments(file.db)).toHaveLength(37);
  });

  test('into a folder that is not there is refused, leaves nothing, and the file can be closed', () => {
    const file = newFile();
    const path = join(dirname(file.path), 'missing', 'out.csv');
    expect(refusalOf(write(file, path)).code).toBe('folder-missing');
    expect(existsSync(dirname(path))).toBe(false);
    expect(() => file.db.close()).not.toThrow();
  });
});
