/** The commands by name. Each reads its arguments, does one thing to one file, and says how it went. */
import { todayCivil } from '../../shared/civilDate.ts';
import { matchesFilter } from '../../shared/rules/registerFilter.ts';
import { fieldText } from '../../shared/text/translator.ts';
import { checkFile, type Finding } from '../check.ts';
import { addNote } from '../commands/noteCommands.ts';
import { SETTABLE_FIELDS, setFields, settableField } from '../commands/setFields.ts';
import { createFile } from '../create.ts';
import { closeFile } from '../open.ts';
import { fileDetails } from '../repositories/fileRepository.ts';
import { listHistory } from '../repositories/historyRepository.ts';
import { listInstruments, notesOf, supportingBodyIds } from '../repositories/instrumentsRepository.ts';
import { listBodies } from '../repositories/peopleRepository.ts';
import {
  type Command,
  type CommandContext,
  choiceOption,
  instrumentByNumber,
  json,
  openOptions,
  parse,
  table,
  withFile,
} from './context.ts';
import { backupCommand, copyCommand } from './copyCommands.ts';
import { AppRefusal, Refusal, valueOrRefuse } from './errors.ts';
import { exportCommand } from './exportCommand.ts';
import { parseFilter } from './filters.ts';
import { historyLines } from './historyText.ts';
import { instrumentViewer } from './instrumentView.ts';
import { mergeCommand } from './mergeCommand.ts';
import { reportCommand } from './reportCommand.ts';

/** Part of the interface, not of this version. */
export const LATER_COMMANDS: ReadonlySet<string> = new Set(['import']);

const create: Command = (args, context) => {
  const parsed = parse(args, context, {
    empty: { type: 'boolean' },
    from: { type: 'string' },
    title: { type: 'string' },
  });
  const from = parsed.options.empty ? 'empty' : choiceOption(parsed, 'from', ['register'], [], context);
  const title = typeof parsed.options.title === 'string' ? parsed.options.title : context.t('cli.defaultTitle');
  const file = valueOrRefuse(createFile(parsed.path, { from, title }, openOptions(parsed, 'write')));
  const info = fileDetails(file);
  closeFile(file);
  if (parsed.isJson) context.print(json({ path: parsed.path, ...info }));
  else context.say(context.t('cli.created', { path: parsed.path, count: info.counts.instruments }));
  return 0;
};

const info: Command = (args, context) => {
  const parsed = parse(args, context);
  return withFile(parsed, 'read', (file) => {
    const { counts, lastChange, lockedBy, restriction, ...about } = fileDetails(file);
    if (parsed.isJson) {
      context.print(json({ path: parsed.path, ...about, counts, lastChange, lockedBy, restriction }));
      return 0;
    }
    const last =
      lastChange && `${new Date(lastChange.at).toISOString()}${lastChange.author ? `, ${lastChange.author}` : ''}`;
    const holder =
      lockedBy &&
      [lockedBy.person, lockedBy.machine, new Date(lockedBy.since).toISOString()].filter(Boolean).join(', ');
    const partOf = restriction && `${restriction.by} ${restriction.of.join(', ')}`;
    const lines = { path: parsed.path, ...about, ...counts, lastChange: last, lockedBy: holder, partOf };
    context.print(table(Object.entries(lines).map(([name, value]) => [name, String(value ?? '-')])));
    return 0;
  });
};

const list: Command = (args, context) => {
  const parsed = parse(args, context, { filter: { type: 'string', multiple: true } });
  return withFile(parsed, 'read', ({ db }) => {
    const today = todayCivil();
    const filters = ((parsed.options.filter ?? []) as string[]).map((text) => parseFilter(context.t, db, text));
    const rows = listInstruments(db)
      .filter((instrument) => filters.every((filter) => matchesFilter(instrument, filter, today)))
      .map(instrumentViewer(db, today));
    if (parsed.isJson) context.print(json(rows));
    else
      context.print(
        table(
          rows.map((row) => [
            String(row.number ?? ''),
            context.t(`health.${row.health}`),
            context.t(`stage.${row.stage}`),
            row.deadline ?? '-',
            row.owner ?? '-',
            row.title,
          ]),
        ),
      );
    return 0;
  });
};

const show: Command = (args, context) => {
  const parsed = parse(args, context, {}, 1);
  return withFile(parsed, 'read', (file) => {
    const instrument = instrumentByNumber(file, parsed.rest[0], context);
    const view = instrumentViewer(file.db, todayCivil())(instrument);
    const bodies = new Map<string, string>(listBodies(file.db).map(({ id, name }) => [id, name]));
    const supportingBodies = supportingBodyIds(file.db, instrument.id).map((id) => bodies.get(id) ?? id);
    const notes = notesOf(file.db, instrument.id).map(({ deleted: _, ...note }) => note);
    const { entries } = listHistory(file, { instrumentId: instrument.id, limit: 500 });
    if (parsed.isJson) {
      context.print(json({ ...view, supportingBodies, notes, history: entries }));
      return 0;
    }
    const { healthReasons: _, ...fields } = view;
    const lines = Object.entries({ ...fields, supportingBodies: supportingBodies.join('; ') || null });
    context.print(table(lines.map(([field, value]) => [field, String(value ?? '-')])));
    for (const note of notes)
      context.print(`\n${new Date(note.writtenAt).toISOString().slice(0, 10)}  ${note.author ?? '-'}\n${note.text}`);
    context.print(`\n${historyLines(context.t, entries).join('\n')}`);
    return 0;
  });
};

const set: Command = (args, context) => {
  const parsed = parse(args, context, {}, Number.POSITIVE_INFINITY);
  const [number, ...texts] = parsed.rest;
  return withFile(parsed, 'write', (file) => {
    const instrument = instrumentByNumber(file, number, context);
    if (texts.length === 0) throw new Refusal(context.t('cli.missing', { what: 'FIELD=VALUE' }));
    const batch = valueOrRefuse(
      setFields(
        file,
        instrument,
        texts.map((text) => assignmentOf(text, context)),
        context.t,
      ),
    );
    if (parsed.isJson) context.print(json({ batch: batch && { replica: batch.replica, seq: batch.seq } }));
    else context.say(context.t(batch ? 'cli.changed' : 'cli.unchanged'));
    return 0;
  });
};

function assignmentOf(text: string, { t }: CommandContext) {
  const cut = text.indexOf('=');
  if (cut <= 0) throw new Refusal(t('cli.badAssignment', { text }));
  const field = text.slice(0, cut).trim();
  const known = settableField(field);
  if (known === null) throw new AppRefusal({ code: 'unknown-field', details: { field, known: SETTABLE_FIELDS } });
  return { field: known, text: text.slice(cut + 1) };
}

const note: Command = (args, context) => {
  const parsed = parse(args, context, {}, Number.POSITIVE_INFINITY);
  const [number, ...words] = parsed.rest;
  return withFile(parsed, 'write', (file) => {
    const instrument = instrumentByNumber(file, number, context);
    const text = words.join(' ');
    if (text.trim() === '') throw new Refusal(context.t('cli.missing', { what: 'TEXT' }));
    const added = valueOrRefuse(addNote(file, { instrumentId: instrument.id, text }));
    if (parsed.isJson) context.print(json(added));
    else context.say(context.t('cli.noteAdded', { number: String(number) }));
    return 0;
  });
};

const history: Command = (args, context) => {
  const parsed = parse(args, context, { limit: { type: 'string' } }, 1);
  const limit = Number(parsed.options.limit ?? 500);
  if (!Number.isInteger(limit) || limit < 1)
    throw new Refusal(context.t('cli.badNumber', { number: String(parsed.options.limit) }));
  return withFile(parsed, 'read', (file) => {
    const number = parsed.rest[0];
    const instrumentId = number === undefined ? undefined : instrumentByNumber(file, number, context).id;
    const { entries } = listHistory(file, { instrumentId, limit });
    if (parsed.isJson) context.print(json(entries));
    else context.print(historyLines(context.t, entries).join('\n') || context.t('cli.noHistory'));
    return 0;
  });
};

const check: Command = (args, context) => {
  const parsed = parse(args, context);
  return withFile(parsed, 'read', (file) => {
    const findings = checkFile(file);
    const { counts } = fileDetails(file);
    if (parsed.isJson) context.print(json({ ok: findings.length === 0, findings, counts }));
    else if (findings.length === 0) context.say(context.t('cli.checkPassed', counts));
    else {
      context.say(context.t('cli.checkFailed', { count: findings.length }));
      for (const finding of findings) context.print(findingText(context, finding));
    }
    return findings.length === 0 ? 0 : 1;
  });
};

function findingText({ t }: CommandContext, finding: Finding): string {
  switch (finding.kind) {
    case 'projection':
      return t('cli.finding.projection', {
        ...finding,
        fields: finding.fields.map((field) => fieldText(t, field)).join(', '),
      });
    case 'value':
      return t('cli.finding.value', { ...finding, field: fieldText(t, finding.field) });
    case 'reference':
      return t('cli.finding.reference', { ...finding, field: fieldText(t, finding.field) });
    case 'integrity':
    case 'log':
      return t(`cli.finding.${finding.kind}`, { problem: finding.problem });
  }
}

export const COMMANDS: Readonly<Record<string, Command>> = {
  new: create,
  info,
  list,
  show,
  set,
  note,
  export: exportCommand,
  report: reportCommand,
  history,
  check,
  merge: mergeCommand,
  copy: copyCommand,
  backup: backupCommand,
};
