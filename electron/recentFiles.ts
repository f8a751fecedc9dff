/** The files opened lately (userData/recent.json). Windows get tokens: a page can name a file only if a person had it open. */
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { access } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, dirname, sep } from 'node:path';
import { app } from 'electron';
import type { RecentFile } from '../shared/api.ts';
import { keepRecord, readRecord } from './ownRecords.ts';

const RECORD = 'recent.json';
const MAX_FILES = 10;
/** A network drive that is away answers after many seconds; until then its files count as there. */
const LOOK_MS = 300;

interface Entry {
  path: string;
  openedAt: number;
}
interface Recent {
  files: Entry[];
  /** The file that was open when the program ended; null after it was closed by hand. */
  lastOpen: string | null;
}

let recent: Recent = { files: [], lastOpen: null };
const tokens = new Map<string, string>();

export function setupRecentFiles(): void {
  recent = recentFrom(readRecord(RECORD));
}

/** The file to go on with at the start, if it is still where it was. */
export const lastOpenFile = (): string | null =>
  recent.lastOpen && existsSync(recent.lastOpen) ? recent.lastOpen : null;

export function rememberOpened(path: string): void {
  const files = [{ path, openedAt: Date.now() }, ...recent.files.filter((file) => file.path !== path)];
  save({ files: files.slice(0, MAX_FILES), lastOpen: path });
  app.addRecentDocument(path);
}

export const rememberClosed = (): void => save({ ...recent, lastOpen: null });

export const forget = (path: string): void =>
  save({
    files: recent.files.filter((file) => file.path !== path),
    lastOpen: recent.lastOpen === path ? null : recent.lastOpen,
  });

export const pathOfToken = (token: string): string | null => tokens.get(token) ?? null;

export const recentPaths = (): string[] => recent.files.map((file) => file.path);

export const recentFiles = (): Promise<RecentFile[]> =>
  Promise.all(
    recent.files.map(async ({ path, openedAt }) => ({
      token: tokenOf(path),
      ...namesOf(path),
      openedAt,
      isMissing: await isMissing(path),
    })),
  );

/** A path as people read it: the name, and its folder from the home folder on. */
export function namesOf(path: string): { name: string; folder: string } {
  const folder = dirname(path);
  const home = homedir();
  const isAtHome = folder === home || folder.startsWith(home + sep);
  return { name: basename(path), folder: isAtHome ? `~${folder.slice(home.length)}` : folder };
}

function tokenOf(path: string): string {
  for (const [token, known] of tokens) if (known === path) return token;
  const token = randomUUID();
  tokens.set(token, path);
  return token;
}

function isMissing(path: string): Promise<boolean> {
  const look = access(path).then(
    () => false,
    () => true,
  );
  const enough = new Promise<boolean>((resolve) => setTimeout(resolve, LOOK_MS, false));
  return Promise.race([look, enough]);
}

function save(next: Recent): void {
  recent = next;
  void keepRecord(RECORD, recent);
}

/** What can be understood of a stored record. */
export function recentFrom(record: unknown): Recent {
  const { files, lastOpen } = (record ?? {}) as Partial<Recent>;
  const isEntry = (entry: unknown): entry is Entry =>
    typeof entry === 'object' && entry !== null && 'path' in entry && typeof entry.path === 'string';
  return {
    files: (Array.isArray(files) ? files : [])
      .filter(isEntry)
      .slice(0, MAX_FILES)
      .map(({ path, openedAt }) => ({ path, openedAt: typeof openedAt === 'number' ? openedAt : 0 })),
    lastOpen: typeof lastOpen === 'string' ? lastOpen : null,
  };
}
