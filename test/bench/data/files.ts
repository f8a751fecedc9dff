/**
 * Files to measure on, written by the program's own writer: the register it comes with (37 instruments), and one of
 * 10,000 instruments with or without 100,000 notes. Made once and kept in the system's temporary folder.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkFile } from '../../../db/check.ts';
import { createFile } from '../../../db/create.ts';
import { NO_RECORDS } from '../../../db/installation.ts';
import { type Batch, writeBatch } from '../../../db/log/writeBatch.ts';
import { closeFile, type OpenOptions, openFile } from '../../../db/open.ts';
import type { OpenFile } from '../../../db/openFile.ts';
import { KINDS, LEGAL_STATUSES, PRIORITIES, SIDES, STAGES } from '../../../shared/entities/values.ts';
import type { AppError } from '../../../shared/errors.ts';
import { ok, type Result } from '../../../shared/result.ts';
import { civilDate, maybe, mulberry32, pick, type Random, uuid, whole } from './random.ts';
import { drawText } from './words.ts';

export const DATA = {
  register37: { instruments: 37, notes: 0 },
  instruments10k: { instruments: 10_000, notes: 0 },
  notes100k: { instruments: 10_000, notes: 100_000 },
} as const;
export type DataName = keyof typeof DATA;

/** Rows of one user action: an import or a day's work, not one giant batch. */
const ROWS_PER_BATCH = 100;
const PERSONS = 200;
const BODIES = 100;
const STARTED_MS = Date.UTC(2026, 0, 5, 6);

/** Everyone who opens these files for measuring is the same installation without a memory. */
export const benchOptions = (isExclusive: boolean): OpenOptions => ({
  records: NO_RECORDS,
  author: { name: 'A. Bench', post: 'Secretary' },
  isExclusive,
});

/** The path of a file, which is made first if need be. Never write to it: copy it. */
export function dataFile(name: DataName): string {
  const folder = join(tmpdir(), `mou-tracker-bench-${recipeKey()}`);
  const path = join(folder, `${name}.mou`);
  if (existsSync(path)) return path;
  console.log(`Making ${name}.mou`);
  mkdirSync(folder, { recursive: true });
  const work = mkdtempSync(join(folder, 'making-'));
  try {
    const draft = join(work, `${name}.mou`);
    make(draft, name);
    renameSync(draft, path);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return path;
}

export function must<T>(result: Result<T, AppError>): T {
  if (result.ok) return result.value;
  throw new Error(`refused: ${JSON.stringify(result.error)}`);
}

/** Files of another generator, schema or index are not these files. */
function recipeKey(): string {
  const here = import.meta.dirname;
  const project = join(here, '..', '..', '..');
  const hash = createHash('sha256');
  for (const folder of [
    here,
    join(project, 'db', 'migrations'),
    join(project, 'db', 'seed'),
    join(project, 'db', 'log'),
  ])
    for (const file of readdirSync(folder).sort()) hash.update(readFileSync(join(folder, file)));
  for (const file of ['db/search/searchIndex.ts', 'shared/text/searchText.ts'])
    hash.update(readFileSync(join(project, file)));
  return hash.digest('hex').slice(0, 12);
}

function make(path: string, name: DataName): void {
  const { instruments, notes } = DATA[name];
  const isRegister = name === 'register37';
  const options = benchOptions(true);
  const file = must(createFile(path, { from: isRegister ? 'register' : 'empty', title: 'Bench' }, options));
  // A power cut while a file for measuring is made costs nothing: it is made again.
  file.db.pragma('synchronous = OFF');
  file.db.pragma('journal_mode = MEMORY');
  if (!isRegister) fill(file, instruments, notes);
  const findings = checkFile(file);
  if (findings.length > 0) throw new Error(`${name} is not sound: ${JSON.stringify(findings.slice(0, 3))}`);
  closeFile(file);
  // Opened once more as the program does, so that what is measured later is an ordinary file.
  closeFile(must(openFile(path, options)));
}

function fill(file: OpenFile, instruments: number, notes: number): void {
  const random = mulberry32(20_260_105);
  let nowMs = STARTED_MS;
  file.now = () => {
    nowMs += 1_000;
    return nowMs;
  };
  const ids = (count: number) => Array.from({ length: count }, () => uuid(random, nowMs));
  const bodyIds = ids(BODIES);
  const personIds = ids(PERSONS);
  const instrumentIds = ids(instruments);
  write(file, bodyIds, (batch, id) =>
    batch.create('body', id, { name: drawText(random, 2, 5), shortName: null, side: pick(random, SIDES) }),
  );
  write(file, personIds, (batch, id) => batch.create('person', id, person(random, bodyIds)));
  let number = 0;
  write(file, instrumentIds, (batch, id) => {
    number += 1;
    batch.create('instrument', id, instrument(random, number, bodyIds, personIds));
  });
  write(file, ids(notes), (batch, id) =>
    batch.create('note', id, {
      instrumentId: pick(random, instrumentIds),
      text: drawText(random, 30, 90),
      author: 'A. Bench',
      writtenAt: nowMs,
      isPinned: 0,
    }),
  );
}

function write(file: OpenFile, ids: readonly string[], create: (batch: Batch, id: string) => void): void {
  for (let from = 0; from < ids.length; from += ROWS_PER_BATCH) {
    const some = ids.slice(from, from + ROWS_PER_BATCH);
    must(
      writeBatch(file, { label: 'create' }, (batch) => {
        for (const id of some) create(batch, id);
        return ok(undefined);
      }),
    );
  }
}

const person = (random: Random, bodyIds: readonly string[]) => ({
  name: drawText(random, 2, 3),
  post: drawText(random, 1, 3),
  bodyId: pick(random, bodyIds),
  side: pick(random, SIDES),
  email: null,
  phone: null,
});

function instrument(random: Random, number: number, bodyIds: readonly string[], personIds: readonly string[]) {
  const deadline = maybe(random, 0.8, civilDate(random, 1_000));
  return {
    number,
    title: drawText(random, 4, 12),
    titleBasis: 'official',
    kind: pick(random, KINDS),
    sector: maybe(random, 0.9, `Sector ${whole(random, 1, 20)}`),
    summary: maybe(random, 0.7, drawText(random, 20, 60)),
    source: maybe(random, 0.5, drawText(random, 3, 8)),
    signedOn: '2026-01-01',
    legalStatus: pick(random, LEGAL_STATUSES),
    stage: pick(random, STAGES),
    priority: pick(random, PRIORITIES),
    pkLeadBodyId: maybe(random, 0.8, pick(random, bodyIds)),
    kzLeadBodyId: maybe(random, 0.8, pick(random, bodyIds)),
    pkOwnerId: maybe(random, 0.6, pick(random, personIds)),
    kzOwnerId: maybe(random, 0.6, pick(random, personIds)),
    startOn: maybe(random, 0.5, '2026-01-01'),
    deadline,
    originalDeadline: deadline,
    progress: maybe(random, 0.6, whole(random, 0, 100)),
    nextStep: maybe(random, 0.7, drawText(random, 5, 15)),
  };
}
