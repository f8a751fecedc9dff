/**
 * A merge for the window: one summary, and steps and conflicts in blocks before it. A report is as large as what comes in;
 * in one message it would hold up every process that it passes through.
 */
import { fastClocks, newestFirst, sharesByAuthor, spanOf } from '../../shared/report/mergeSummary.ts';
import type { IncomingBatch, IncomingStep, MergeBlock, MergeReport, MergeSummary } from '../../shared/sharing.ts';
import { entityLabeller } from '../repositories/labels.ts';
import type { Arrived } from './merge.ts';

/** So many that a block is read in a few milliseconds, texts of some hundred letters included. */
const CONFLICTS_A_BLOCK = 200;
const STEPS_A_BLOCK = 1_000;
const NAMED_INSTRUMENTS = 12;
const NAMED_INCONSISTENCIES = 20;

/** Notes what only can be told while what came in is in the tables, and sends the report afterwards. */
export class MergeSummariser {
  #places: { rowLabel: string; rows: number }[] = [];
  #instruments: MergeSummary['instruments'] = { count: 0, added: 0, first: [] };

  /** For `mergeFiles`. */
  readonly onArrived = (arrived: Arrived): void => {
    this.#places = placesOf(arrived);
    this.#instruments = instrumentsOf(arrived);
  };

  /** Streams steps and conflicts, and answers with the rest. */
  send(report: MergeReport, nowMs: number, send: (block: MergeBlock) => void): MergeSummary {
    const { batches, conflicts } = report;
    const steps = newestFirst(batches.map((batch, index): IncomingStep => ({ ...batch, ...this.#placeOf(index) })));
    for (let at = 0; at < steps.length; at += STEPS_A_BLOCK)
      send({ steps: steps.slice(at, at + STEPS_A_BLOCK), conflicts: [] });
    for (let at = 0; at < conflicts.length; at += CONFLICTS_A_BLOCK)
      send({ steps: [], conflicts: conflicts.slice(at, at + CONFLICTS_A_BLOCK) });
    return {
      sources: report.sources,
      steps: batches.length,
      changes: report.changes,
      conflicts: conflicts.length,
      inconsistencies: {
        count: report.inconsistencies.length,
        first: report.inconsistencies.slice(0, NAMED_INCONSISTENCIES),
      },
      forks: report.forks.length,
      ...aboutBatches(batches, nowMs),
      instruments: this.#instruments,
    };
  }

  #placeOf(index: number): Pick<IncomingStep, 'rowLabel' | 'rows'> {
    return this.#places[index] ?? { rowLabel: '', rows: 0 };
  }
}

const aboutBatches = (
  batches: readonly IncomingBatch[],
  nowMs: number,
): Pick<MergeSummary, 'authors' | 'span' | 'clocks'> => ({
  authors: sharesByAuthor(batches),
  span: spanOf(batches),
  clocks: fastClocks(batches, nowMs),
});

/** What each batch is about, in the order of the batches. */
function placesOf({ file: { db, names }, changes, batches }: Arrived): { rowLabel: string; rows: number }[] {
  const label = entityLabeller(db);
  const rowsOf = new Map<number, Set<number>>();
  for (const { batch, row } of changes) {
    const rows = rowsOf.get(batch);
    if (rows) rows.add(row);
    else rowsOf.set(batch, new Set([row]));
  }
  return batches.map(({ id }) => {
    const rows = rowsOf.get(id) ?? new Set<number>();
    const [first] = rows;
    const name = first === undefined ? null : names.rowName(first);
    return { rowLabel: name ? (label(name.entity, name.key) ?? '') : '', rows: rows.size };
  });
}

function instrumentsOf({ file: { db }, instrumentIds, lastBefore }: Arrived): MergeSummary['instruments'] {
  const ids = JSON.stringify([...instrumentIds]);
  const first = db
    .prepare(
      `SELECT id, number, title FROM instrument WHERE id IN (SELECT value FROM json_each(?))
      ORDER BY number IS NULL, number, id LIMIT ${NAMED_INSTRUMENTS}`,
    )
    .all(ids) as MergeSummary['instruments']['first'];
  const added = db
    .prepare(
      `SELECT count(*) FROM instrument i WHERE i.id IN (SELECT value FROM json_each(?))
      AND NOT EXISTS (SELECT 1 FROM change c WHERE c.row = i.row AND c.batch <= ?)`,
    )
    .pluck()
    .get(ids, lastBefore) as number;
  return { count: instrumentIds.size, added, first };
}
