/** `export`: rows of the file as CSV for people or JSON for programs. */
import { resolve } from 'node:path';
import { todayCivil } from '../../shared/civilDate.ts';
import { type EntityName, fieldNames } from '../../shared/entities/index.ts';
import { type CsvCell, csvChunks } from '../../shared/export/csv.ts';
import { registerCsvChunks } from '../../shared/export/registerCsv.ts';
import { iterateInstruments, lastNotes, listInstruments } from '../repositories/instrumentsRepository.ts';
import { listBodies, listPersons } from '../repositories/peopleRepository.ts';
import type { Database } from '../sqlite.ts';
import { writeWhole } from '../writeWhole.ts';
import { type Command, type CommandContext, choiceOption, json, parse, withFile } from './context.ts';
import { valueOrRefuse } from './errors.ts';
import { instrumentViewer } from './instrumentView.ts';

export const EXPORTS = ['register', 'notes', 'persons', 'bodies', 'targets', 'risks'] as const;
type Exported = (typeof EXPORTS)[number];
const LATER_EXPORTS = ['milestones', 'meetings', 'history'];

const ENTITY_OF: Record<Exclude<Exported, 'register'>, EntityName> = {
  notes: 'note',
  persons: 'person',
  bodies: 'body',
  targets: 'target',
  risks: 'risk',
};

export const exportCommand: Command = (args, context) => {
  const parsed = parse(args, context, {
    format: { type: 'string' },
    what: { type: 'string' },
    out: { type: 'string' },
    delimiter: { type: 'string' },
    'no-bom': { type: 'boolean' },
  });
  const format = choiceOption(parsed, 'format', ['csv', 'json'], ['xlsx', 'ics'], context);
  const what = choiceOption(parsed, 'what', EXPORTS, LATER_EXPORTS, context);
  const delimiter = choiceOption(parsed, 'delimiter', ['comma', 'semicolon'], [], context) === 'comma' ? ',' : ';';
  const out = typeof parsed.options.out === 'string' && parsed.options.out !== '-' ? resolve(parsed.options.out) : null;
  return withFile(parsed, 'read', ({ db }) => {
    // A byte order mark is for programs that open files; in a pipe it would stand before the first column's name.
    const options = { delimiter, bom: out !== null && !parsed.options['no-bom'] } as const;
    const chunks = format === 'json' ? [`${json(jsonRows(db, what))}\n`] : csvOf(db, what, options, context);
    if (out === null) for (const chunk of chunks) context.stdout.write(chunk);
    else {
      valueOrRefuse(writeWhole(out, chunks));
      if (parsed.isJson) context.print(json({ path: out }));
      else context.say(context.t('cli.written', { path: out }));
    }
    return 0;
  });
};

function jsonRows(db: Database, what: Exported): unknown[] {
  return what === 'register'
    ? listInstruments(db).map(instrumentViewer(db, todayCivil()))
    : db.prepare(`SELECT ${columnsOf(what).join()} FROM ${ENTITY_OF[what]} WHERE deleted = 0 ORDER BY id`).all();
}

function csvOf(
  db: Database,
  what: Exported,
  options: { delimiter: ',' | ';'; bom: boolean },
  { t }: CommandContext,
): Iterable<string> {
  if (what === 'register') {
    const facts = { persons: listPersons(db), bodies: listBodies(db), lastNotes: lastNotes(db) };
    return registerCsvChunks(iterateInstruments(db), facts, { ...options, today: todayCivil(), t });
  }
  const columns = columnsOf(what);
  const select = `SELECT ${columns.join()} FROM ${ENTITY_OF[what]} WHERE deleted = 0 ORDER BY id`;
  function* rows(): Generator<CsvCell[]> {
    yield columns;
    yield* db.prepare(select).raw().iterate() as IterableIterator<CsvCell[]>;
  }
  return csvChunks(rows(), options);
}

const columnsOf = (what: Exclude<Exported, 'register'>): string[] => [
  'id',
  ...fieldNames(ENTITY_OF[what]).filter((field) => field !== 'deleted'),
];
