/** One durable edit inside the database process, against the UPDATE that no program could do without. */
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileHandlers } from '../../db/handlers.ts';
import { closeFile, openFile } from '../../db/open.ts';
import { fileApi } from '../../shared/api.ts';
import { STAGES } from '../../shared/entities/values.ts';
import { serveCall } from '../../shared/rpc/server.ts';
import { bareTable } from './bareTable.ts';
import { benchOptions, dataFile, must } from './data/files.ts';
import { mulberry32, pick, whole } from './data/random.ts';
import { drawText } from './data/words.ts';
import { type BenchRow, line, median, quantile } from './measure.ts';

const ROUNDS = 11;
const EDITS = 200;

interface Edit {
  name: string;
  fields: () => Record<string, string | number>;
}

export async function benchEdit(): Promise<BenchRow> {
  const folder = mkdtempSync(join(tmpdir(), 'mou-tracker-bench-edit-'));
  try {
    const path = join(folder, 'edited.mou');
    copyFileSync(dataFile('instruments10k'), path);
    const file = must(openFile(path, benchOptions(true)));
    const handlers = fileHandlers(() => file);
    const bare = bareTable(join(folder, 'bare.db'), file.db);
    const ids = file.db.prepare('SELECT id FROM instrument WHERE deleted = 0').pluck().all() as string[];
    const random = mulberry32(7);
    const save = (input: unknown) =>
      serveCall(fileApi, handlers, { method: 'instrument.edit', input }, () => undefined, {
        logBug: (_, error) => {
          throw error;
        },
      });

    const edits: Edit[] = [
      {
        name: 'stage and progress of one of 10,000 instruments',
        fields: () => ({ stage: pick(random, STAGES), progress: whole(random, 0, 100) }),
      },
      // A text that is searched: its words go into the full-text index in the same transaction.
      { name: 'next step (a searched text) of the same', fields: () => ({ nextStep: drawText(random, 5, 15) }) },
    ];
    const rounds = edits.map(() => ({ ours: [] as number[][], floor: [] as number[][] }));
    for (let round = -1; round < ROUNDS; round += 1) {
      for (const [index, edit] of edits.entries()) {
        const ours: number[] = [];
        const floor: number[] = [];
        for (let count = 0; count < EDITS; count += 1) {
          const id = pick(random, ids);
          const fields = edit.fields();
          const startedAt = performance.now();
          const reply = await save({ ids: [id], fields });
          ours.push(performance.now() - startedAt);
          if (!reply.ok) throw new Error(JSON.stringify(reply));
          floor.push(bare.update(id, fields));
        }
        if (round < 0) continue;
        rounds[index]?.ours.push(ours);
        rounds[index]?.floor.push(floor);
      }
    }
    bare.close();
    closeFile(file);

    const lines = edits.flatMap(({ name }, index) => {
      const { ours, floor } = rounds[index] as (typeof rounds)[number];
      const p95 = (values: number[]) => quantile(values, 0.95);
      const about = { floor: 'bare UPDATE of the same fields', unit: 'ms' };
      return [
        line(
          { ...about, what: `${name}, p50`, goals: [{ kind: 'ratio', atMost: 1.3 }] },
          ours.map(median),
          floor.map(median),
        ),
        line({ ...about, what: `${name}, p95`, goals: [] }, ours.map(p95), floor.map(p95)),
      ];
    });
    return {
      title: 'One durable edit, in the database process',
      lines,
      how: [
        `The request \`instrument.edit\` as the database process serves it (input parsed, rule, batch, change log, table, search index, undo stack, commit), on a file of 10,000 instruments in Node with the better-sqlite3 of package.json; ${ROUNDS} rounds of ${EDITS} edits of random instruments after one to warm up, one of ours and one of the floor in turns.`,
        `Floor: a database that holds nothing but the same table with the same rows and indexes, opened with the same pragmas (${bare.pragmas.join(', ')}): BEGIN IMMEDIATE, one prepared UPDATE of the same fields by id, COMMIT.`,
      ],
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
