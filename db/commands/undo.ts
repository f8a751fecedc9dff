/**
 * Undo and redo are batches like any other: an undo is history too, and can itself be taken back. Taking a batch back
 * gives each of its cells the value it had in the eyes of that batch's author; cells that somebody has written since are
 * left as they are and counted.
 */
import type { BatchRef } from '../../shared/api.ts';
import type { CellValue } from '../../shared/entities/index.ts';
import type { AppError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { SEED_KIND } from '../log/batchKinds.ts';
import { type CellHistory, cellHistories } from '../log/cellHistory.ts';
import { hasTable } from '../log/names.ts';
import { isNullable } from '../log/project.ts';
import { type Batch, writeBatch } from '../log/writeBatch.ts';
import { undoMerge } from '../merge/undoMerge.ts';
import type { OpenFile } from '../openFile.ts';
import { MERGES } from '../repositories/historyRepository.ts';
import { refOf } from './instrumentCommands.ts';

export interface Reverted {
  batch: BatchRef;
  /** Label code of the batch that was taken back. */
  label: string;
  reverted: number;
  kept: number;
}

/** Takes back this installation's own last step. A step overtaken by others is given up, so that the next can follow. */
export function undoLast(file: OpenFile): Result<Reverted, AppError> {
  const entry = file.undoStack.nextUndo;
  if (!entry) return err({ code: 'nothing-to-undo', details: { label: '' } });
  const done = entry.kind === 'merge' ? undoMerge(file, entry.merge ?? 0) : revert(file, entry.id, 'undo');
  if (!done.ok && done.error.code === 'nothing-to-undo') file.undoStack.dropUndo();
  return done;
}

export function redoLast(file: OpenFile): Result<Reverted, AppError> {
  const entry = file.undoStack.nextRedo;
  if (!entry) return err({ code: 'nothing-to-redo', details: {} });
  const done = revert(file, entry.id, 'redo');
  if (!done.ok && done.error.code === 'nothing-to-undo') file.undoStack.dropRedo();
  return done;
}

export function undoBatch(file: OpenFile, { replica, seq }: BatchRef): Result<Reverted, AppError> {
  if (replica === MERGES) return undoMerge(file, seq);
  const batch = file.db
    .prepare('SELECT b.id, b.kind FROM batch b JOIN replica r ON r.id = b.replica WHERE r.key = ? AND b.seq = ?')
    .get(replica, seq) as { id: number; kind: number } | undefined;
  if (!batch) return err({ code: 'not-found', details: { entity: 'batch', id: `${replica}:${seq}` } });
  // Nobody did this, so nobody can take it back: the register would be deleted whole.
  if (batch.kind === SEED_KIND) return err({ code: 'nothing-to-undo', details: { label: 'seed' } });
  return revert(file, batch.id, 'undo');
}

function revert(file: OpenFile, batchId: number, kind: 'undo' | 'redo'): Result<Reverted, AppError> {
  const target = file.db
    .prepare(
      'SELECT b.replica AS replica, b.seq AS seq, l.code AS label FROM batch b JOIN label l ON l.id = b.label WHERE b.id = ?',
    )
    .get(batchId) as { replica: number; seq: number; label: string };
  const written = writeBatch(file, { label: target.label, kind, reverts: target }, (batch) => {
    const counts = revertCells(file, batchId, batch);
    if (counts.reverted === 0) return err({ code: 'nothing-to-undo', details: { label: target.label } });
    return ok(counts);
  });
  if (!written.ok) return written;
  const { batch, value } = written.value;
  // Every cell held its earlier value already (an edit and its opposite by hand): nothing is left to take back.
  if (!batch) return err({ code: 'nothing-to-undo', details: { label: target.label } });
  return ok({ batch: refOf(batch), label: target.label, ...value });
}

function revertCells(file: OpenFile, batchId: number, batch: Batch): { reverted: number; kept: number } {
  const cells = cellHistories(file, batchId);
  // A row this batch brought into being is simply deleted again; its other cells may stay for whoever brings it back.
  const createdRows = new Set(cells.filter(isCreation).map((cell) => cell.row));
  let reverted = 0;
  let kept = 0;
  for (const cell of cells) {
    if (!hasTable(cell.entity)) continue;
    if (createdRows.has(cell.row) && !isCreation(cell)) continue;
    const value = isCreation(cell) ? 1 : (cell.before?.value ?? null);
    if (!cell.isStanding || !canHold(cell, value)) {
      kept += 1;
      continue;
    }
    batch.set(cell.entity, cell.key, { [cell.field]: value });
    reverted += 1;
  }
  return { reverted, kept };
}

const isCreation = (cell: CellHistory): boolean => cell.field === 'deleted' && cell.own.value === 0 && !cell.before;

const canHold = (cell: CellHistory, value: CellValue): boolean =>
  value !== null || (hasTable(cell.entity) && isNullable(cell.entity, cell.field));
