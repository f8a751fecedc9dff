/** What a change with its whole history costs: in the file, and in the folder that a team shares. */
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Exchange } from '../../db/exchange/exchange.ts';
import type { ExchangeRecord } from '../../db/exchange/records.ts';
import { closeFile, openFile } from '../../db/open.ts';
import { connectSqlite } from '../../db/sqlite.ts';
import { benchOptions, must } from './data/files.ts';
import type { MergePair } from './data/mergePair.ts';

/** Bytes of the pages in use: those left empty by something before are neither here nor there. */
export function usedBytes(path: string): number {
  const db = connectSqlite(path, { readonly: true });
  try {
    const number = (pragma: string) => db.pragma(pragma, { simple: true }) as number;
    return (number('page_count') - number('freelist_count')) * number('page_size');
  } finally {
    db.close();
  }
}

/** Bytes that a folder grows by when a copy's changes are published where the file before it stands already. */
export async function exchangeBytes({ base, ours }: MergePair, work: string): Promise<number> {
  const place = mkdtempSync(join(work, 'exchange-'));
  const folder = join(place, 'folder');
  mkdirSync(folder);
  await publish(base, join(place, 'base.mou'), folder);
  const before = folderBytes(folder);
  await publish(ours, join(place, 'ours.mou'), folder);
  const bytes = folderBytes(folder) - before;
  rmSync(place, { recursive: true });
  return bytes;
}

async function publish(source: string, copy: string, folder: string): Promise<void> {
  copyFileSync(source, copy);
  const file = must(openFile(copy, benchOptions(true)));
  let kept: ExchangeRecord | null = null;
  const records = {
    find: () => kept,
    put: (_: string, record: ExchangeRecord) => {
      kept = record;
    },
  };
  const exchange = Exchange.start(file, records, folder, {});
  await exchange.round({ isThorough: true });
  exchange.stop();
  closeFile(file);
}

const folderBytes = (folder: string): number =>
  readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
