/** What every command shares: options, the file, who signs, and how results are printed. */
import { readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import type { Author } from '../../shared/api.ts';
import { type CivilDate, isCivilDate } from '../../shared/civilDate.ts';
import { checkValue } from '../../shared/entities/index.ts';
import type { Instrument } from '../../shared/entities/instrument.ts';
import type { Translate } from '../../shared/text/translator.ts';
import { Backups } from '../backup/backups.ts';
import type { CliIo } from '../cli.ts';
import { defaultInstallationDir, writerRecords } from '../installation.ts';
import { closeFile, type OpenOptions, openFile } from '../open.ts';
import type { OpenFile } from '../openFile.ts';
import { findInstrumentsByNumber } from '../repositories/instrumentsRepository.ts';
import { AppRefusal, type ExitStatus, Refusal, valueOrRefuse } from './errors.ts';

export interface CommandContext extends CliIo {
  t: Translate;
  /** A line for people, on standard error. */
  say: (text: string) => void;
  /** A result, on standard output. */
  print: (text: string) => void;
}

export type Command = (args: readonly string[], context: CommandContext) => ExitStatus | Promise<ExitStatus>;

export interface ParsedArgs {
  path: string;
  rest: string[];
  options: Record<string, string | boolean | (string | boolean)[] | undefined>;
  isJson: boolean;
}

/** `FILE ...` and options; what is not known, or more than `mostArguments` after the file, is refused, never ignored. */
export function parse(
  args: readonly string[],
  { t }: CommandContext,
  options: ParseArgsOptionsConfig = {},
  mostArguments = 0,
): ParsedArgs {
  let parsed: ReturnType<typeof parseArgs>;
  try {
    parsed = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { json: { type: 'boolean' }, author: { type: 'string' }, ...options },
    });
  } catch (error) {
    throw new Refusal(t('cli.unknownOption', { problem: error instanceof Error ? error.message : String(error) }));
  }
  const [path, ...rest] = parsed.positionals;
  if (path === undefined) throw new Refusal(t('cli.missing', { what: 'FILE' }));
  if (rest.length > mostArguments) throw new Refusal(t('cli.tooMany', { text: String(rest[mostArguments]) }));
  return { path: resolve(path), rest, options: parsed.values, isJson: parsed.values.json === true };
}

/** Who signs: `--author`, else the person of the window's profile, else the account of the computer. */
export function authorOf({ options }: ParsedArgs): Author {
  if (typeof options.author === 'string' && options.author.trim() !== '')
    return { name: String(checkValue('note', 'author', options.author)), post: null };
  return profileAuthor() ?? { name: userInfo().username, post: null };
}

function profileAuthor(): Author | null {
  try {
    const { profile } = JSON.parse(readFileSync(join(defaultInstallationDir(), 'profile.json'), 'utf8'));
    return typeof profile?.name === 'string' && profile.name
      ? { name: profile.name, post: profile.post || null }
      : null;
  } catch {
    return null;
  }
}

export const openOptions = (args: ParsedArgs, access: 'read' | 'write'): OpenOptions => ({
  records: writerRecords(defaultInstallationDir()),
  author: authorOf(args),
  isExclusive: access === 'write',
  backups: new Backups(defaultInstallationDir()),
});

/** Commands are brief: one that finds another at work waits for so long. */
const PATIENCE_MS = 2_000;
const PAUSE_MS = 50;

/**
 * Opens the file for as long as `use` runs, to itself when the command writes: two at once would go on under one name.
 * A command that writes is refused a file that opens for reading only.
 */
export async function withFile<T>(
  args: ParsedArgs,
  access: 'read' | 'write',
  use: (file: OpenFile) => T | Promise<T>,
): Promise<T> {
  const file = await openPatiently(args, access);
  try {
    if (access === 'write') {
      if (file.readOnlyReason === 'busy' && file.lockedBy)
        throw new AppRefusal({ code: 'file-locked', details: { path: args.path, ...file.lockedBy } });
      if (file.readOnlyReason)
        throw new AppRefusal({ code: 'file-read-only', details: { path: args.path, reason: file.readOnlyReason } });
      // A backup that cannot be made must not keep anybody from working.
      if (file.backups?.isDue(file)) file.backups.make(file, 'day');
    }
    return await use(file);
  } finally {
    closeFile(file);
  }
}

async function openPatiently(args: ParsedArgs, access: 'read' | 'write'): Promise<OpenFile> {
  const until = performance.now() + PATIENCE_MS;
  for (;;) {
    const file = valueOrRefuse(openFile(args.path, openOptions(args, access)));
    if (access === 'read' || file.readOnlyReason !== 'busy' || performance.now() > until) return file;
    closeFile(file);
    await setTimeout(PAUSE_MS);
  }
}

export function instrumentByNumber(file: OpenFile, text: string | undefined, { t }: CommandContext): Instrument {
  if (text === undefined) throw new Refusal(t('cli.missing', { what: 'NUMBER' }));
  if (!/^\d{1,5}$/.test(text)) throw new Refusal(t('cli.badNumber', { number: text }));
  const [instrument, ...others] = findInstrumentsByNumber(file.db, Number(text));
  if (!instrument) throw new AppRefusal({ code: 'not-found', details: { entity: 'instrument', id: text } });
  if (others.length > 0)
    throw new AppRefusal({ code: 'ambiguous', details: { entity: 'instrument', id: text, count: others.length + 1 } });
  return instrument;
}

/** The value of an option that names one of `choices`; the first is taken when the option is absent. */
export function choiceOption<const C extends string>(
  { options }: ParsedArgs,
  name: string,
  choices: readonly [C, ...C[]],
  later: readonly string[],
  { t }: CommandContext,
): C {
  const value = options[name];
  if (value === undefined) return choices[0];
  const found = choices.find((choice) => choice === value);
  if (found) return found;
  if (later.includes(String(value))) throw new Refusal(t('cli.notYet', { what: `--${name} ${value}` }));
  throw new Refusal(t('cli.badChoice', { value: String(value), choices: choices.join(', ') }));
}

export function dateOption({ options }: ParsedArgs, name: string, { t }: CommandContext): CivilDate | null {
  const value = options[name];
  if (value === undefined) return null;
  if (typeof value === 'string' && isCivilDate(value)) return value;
  throw new Refusal(t('cli.badDate', { value: String(value) }));
}

export const json = (value: unknown): string => JSON.stringify(value, null, 2);

/** Rows as lines with aligned columns; the last one is not padded. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row.map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(widths[column] ?? 0))).join('  '),
    )
    .join('\n');
}
