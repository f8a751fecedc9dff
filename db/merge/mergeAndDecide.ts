/**
 * A merge together with what a person decided in its review, as one step: taken back together, by one undo. What the rules
 * refuse is refused before anything is merged.
 */
import { decisionsOf, singleDecisions } from '../../shared/conflictChoices.ts';
import { checkValue, isEntityName } from '../../shared/entities/index.ts';
import { type AppError, AppErrorException } from '../../shared/errors.ts';
import { err, type Result } from '../../shared/result.ts';
import type { Choices, Decision, MergeReport } from '../../shared/sharing.ts';
import { decideConflicts } from '../commands/decideConflicts.ts';
import type { OpenFile } from '../openFile.ts';
import { type Arrived, mergeFiles } from './merge.ts';
import type { CopySource } from './otherFile.ts';

/** Rules decide what stands in conflict then; their values were checked when they came into the logs. */
export function mergeAndDecide(
  file: OpenFile,
  copies: readonly (string | CopySource)[],
  choices: Choices,
  onArrived?: (arrived: Arrived) => void,
): Result<MergeReport, AppError> {
  const chosen = singleDecisions(choices);
  const refusal = refusalOf(chosen);
  if (refusal) return err(refusal);
  const merged = mergeFiles(file, copies, { isDryRun: false, onArrived });
  if (!merged.ok) return merged;
  const decisions = decisionsOf(merged.value.conflicts, choices);
  if (decisions.length === 0) return merged;
  const decided = decideConflicts(file, decisions);
  if (!decided.ok) return decided;
  if (decided.value.batch && merged.value.changes > 0) joinToMerge(file);
  return merged;
}

function refusalOf(decisions: readonly Decision[]): AppError | null {
  try {
    for (const { entity, field, value } of decisions) if (isEntityName(entity)) checkValue(entity, field, value);
    return null;
  } catch (error) {
    if (error instanceof AppErrorException) return error.appError;
    throw error;
  }
}

/** The decisions are the merge's own: its event reaches to them, and they are no step of their own. */
function joinToMerge(file: OpenFile): void {
  file.db
    .prepare(
      'UPDATE merge_event SET lastBatch = (SELECT max(id) FROM batch) WHERE id = (SELECT max(id) FROM merge_event)',
    )
    .run();
  file.undoStack.dropUndo();
  file.onCommit({ instrumentIds: new Set(), entities: new Set() }, file.undoStack.state());
}
