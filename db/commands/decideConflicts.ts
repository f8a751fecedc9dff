/** Conflicts are decided by writing: a change that has seen every head of a cell is the cell. One batch, to be taken back as one. */

import type { Written } from '../../shared/api.ts';
import type { AppError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Conflict, Decision } from '../../shared/sharing.ts';
import { hasTable } from '../log/names.ts';
import type { OpenFile } from '../openFile.ts';
import { write } from './instrumentCommands.ts';

export const decideConflicts = (file: OpenFile, decisions: readonly Decision[]): Result<Written, AppError> =>
  write(file, { label: 'decide' }, (batch) => {
    for (const { entity, id, field, value } of decisions) {
      if (!hasTable(entity)) return err({ code: 'unknown-field', details: { field: `${entity}.${field}`, known: [] } });
      batch.set(entity, id, { [field]: value });
    }
    return ok(undefined);
  });

/** One side's value for every conflict; what only one side has wins by itself. */
export const preferSide = (conflicts: readonly Conflict[], side: 'ours' | 'theirs'): Decision[] =>
  conflicts.map(({ entity, id, field, ours, theirs }) => {
    const latest = theirs.toSorted((one, other) => other.at - one.at)[0] ?? null;
    const chosen = side === 'ours' ? (ours ?? latest) : (latest ?? ours);
    return { entity, id, field, value: chosen?.value ?? null };
  });
