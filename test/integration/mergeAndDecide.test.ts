/** What is decided in the review of a merge belongs to the merge: one step, all or nothing. */
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkFile } from '../../db/check.ts';
import { editInstruments, moveDeadline } from '../../db/commands/instrumentCommands.ts';
import { redoLast, undoLast } from '../../db/commands/undo.ts';
import { mergeFiles } from '../../db/merge/merge.ts';
import { mergeAndDecide } from '../../db/merge/mergeAndDecide.ts';
import { MergeSummariser } from '../../db/merge/mergeSummary.ts';
import { closeFile } from '../../db/open.ts';
import type { OpenFile } from '../../db/openFile.ts';
import {
  conflictsOfInstrument,
  countOpenConflicts,
  listConflicts,
  openDecisions,
  pageOfConflicts,
  streamConflictMarks,
} from '../../db/repositories/conflictsRepository.ts';
import { findInstrument, listInstruments } from '../../db/repositories/instrumentsRepository.ts';
import type { ConflictMarks } from '../../shared/api.ts';
import type { CivilDate } from '../../shared/civilDate.ts';
import { keyOf, NO_CHOICES, NO_FILTER, withRule } from '../../shared/conflictChoices.ts';
import type { ChoiceRule, Choices, MergeBlock } from '../../shared/sharing.ts';
import { copyTo, newFile, openAgain, refusalOf, tempFolder, unwrap } from '../helpers/tempFile.ts';

const deadlineOf = (file: OpenFile, id: string) => findInstrument(file.db, id)?.deadline;
const move = (file: OpenFile, id: string, day: string) =>
  unwrap(moveDeadline(file, { ids: [id as never], deadline: day as CivilDate }));

/** Ours open, with the deadline moved on both sides; theirs alone have written a next step. */
function twoCopies() {
  const folder = tempFolder();
  const path = join(folder, 'ours.mou');
  const theirs = join(folder, 'theirs.mou');
  const first = newFile({ path });
  const id = listInstruments(first.db)[3]?.id as string;
  closeFile(first);
  copyTo(path, theirs);
  const other = openAgain(theirs);
  move(other, id, '2027-09-30');
  unwrap(editInstruments(other, { ids: [id as never], fields: { nextStep: 'Draft' } }));
  closeFile(other);
  const ours = openAgain(path);
  move(ours, id, '2027-08-15');
  const cell = { entity: 'instrument', id, field: 'deadline' };
  const deadline = (value: string): Choices => ({
    rules: [],
    single: { [keyOf(cell)]: { ...cell, choice: { kind: 'other', value } } },
  });
  return { ours, theirs, id, deadline };
}

const ALL_OF_THEIRS: ChoiceRule = { side: 'theirs', row: null, field: null, isUndecided: false };

describe('a merge with decisions', () => {
  test('is taken back by one undo, decisions included, and leaves no conflict', () => {
    const { ours, theirs, id, deadline } = twoCopies();
    const report = unwrap(mergeAndDecide(ours, [theirs], deadline('2027-12-01')));
    expect(report.conflicts.map(({ field }) => field)).toContain('deadline');
    expect(deadlineOf(ours, id)).toBe('2027-12-01');
    expect(ours.undoStack.state().undo).toBe('merge');
    unwrap(undoLast(ours));
    expect(deadlineOf(ours, id)).toBe('2027-08-15');
    expect(findInstrument(ours.db, id)?.nextStep ?? null).toBeNull();
    expect(listConflicts(ours)).toEqual([]);
    expect(checkFile(ours)).toEqual([]);
  });

  test('what was taken back can be done again', () => {
    const { ours, theirs, id, deadline } = twoCopies();
    unwrap(mergeAndDecide(ours, [theirs], deadline('2027-09-30')));
    unwrap(undoLast(ours));
    unwrap(redoLast(ours));
    expect(deadlineOf(ours, id)).toBe('2027-09-30');
    expect(findInstrument(ours.db, id)?.nextStep).toBe('Draft');
  });

  test('a value that the field refuses stops it before anything is merged', () => {
    const { ours, theirs, id, deadline } = twoCopies();
    expect(refusalOf(mergeAndDecide(ours, [theirs], deadline('soon'))).code).toBe('invalid-value');
    expect(deadlineOf(ours, id)).toBe('2027-08-15');
    expect(unwrap(mergeFiles(ours, [theirs], { isDryRun: true })).batches.length).toBeGreaterThan(0);
  });

  test('one word for all of a side decides the conflicts that it is about, and no other', () => {
    const { ours, theirs } = twoCopies();
    unwrap(mergeAndDecide(ours, [theirs], withRule(NO_CHOICES, { ...ALL_OF_THEIRS, field: 'originalDeadline' })));
    expect(listConflicts(ours).map(({ field }) => field)).toEqual(['deadline']);
  });

  test('all of theirs is taken back by the same undo', () => {
    const { ours, theirs, id } = twoCopies();
    unwrap(mergeAndDecide(ours, [theirs], withRule(NO_CHOICES, ALL_OF_THEIRS)));
    expect(deadlineOf(ours, id)).toBe('2027-09-30');
    expect(listConflicts(ours)).toEqual([]);
    unwrap(undoLast(ours));
    expect(deadlineOf(ours, id)).toBe('2027-08-15');
    expect(checkFile(ours)).toEqual([]);
  });

  test('what is not decided stays open, and the step before the merge is the next to be taken back', () => {
    const { ours, theirs, id } = twoCopies();
    unwrap(mergeAndDecide(ours, [theirs], NO_CHOICES));
    expect(listConflicts(ours).map(({ field }) => field)).toContain('deadline');
    unwrap(undoLast(ours));
    expect(listConflicts(ours)).toEqual([]);
    expect(ours.undoStack.state().undo).toBe('move-deadline');
    expect(deadlineOf(ours, id)).toBe('2027-08-15');
  });
});

describe('conflicts for the window', () => {
  test('are told by place, by page and by instrument, all the same ones', () => {
    const { ours, theirs, id } = twoCopies();
    unwrap(mergeAndDecide(ours, [theirs], NO_CHOICES));
    const all = listConflicts(ours);
    const marks: ConflictMarks['marks'] = [];
    expect(streamConflictMarks(ours, (block) => marks.push(...block.marks))).toBe(all.length);
    expect(marks).toEqual(all.map((one) => [one.entity, one.id, one.field, one.instrumentId]));
    expect(conflictsOfInstrument(ours, id)).toEqual(all);
    const query = { filter: NO_FILTER, choices: NO_CHOICES, offset: 1, limit: 1 };
    expect(pageOfConflicts(ours, query)).toEqual({ conflicts: all.slice(1, 2), total: all.length });
    expect(countOpenConflicts(ours, withRule(NO_CHOICES, ALL_OF_THEIRS))).toBe(0);
  });

  test('what somebody else has decided meanwhile is not written over', () => {
    const { ours, theirs, id, deadline } = twoCopies();
    unwrap(mergeAndDecide(ours, [theirs], NO_CHOICES));
    const chosen = deadline('2027-09-30');
    expect(openDecisions(ours, chosen)).toHaveLength(1);
    move(ours, id, '2027-12-01');
    expect(openDecisions(ours, chosen)).toEqual([]);
  });

  test('a report goes in blocks, and its steps say which row they are about', () => {
    const { ours, theirs, id } = twoCopies();
    const summariser = new MergeSummariser();
    const report = unwrap(mergeFiles(ours, [theirs], { isDryRun: true, onArrived: summariser.onArrived }));
    const blocks: MergeBlock[] = [];
    const summary = summariser.send(report, Date.now(), (block) => blocks.push(block));
    expect(blocks.flatMap(({ conflicts }) => conflicts)).toEqual(report.conflicts);
    const { number, title } = findInstrument(ours.db, id) as { number: number; title: string };
    const steps = blocks.flatMap((block) => block.steps);
    expect(steps.map(({ rowLabel, rows }) => [rowLabel, rows])).toEqual(
      report.batches.map(() => [`${number} ${title}`, 1]),
    );
    expect(summary).toMatchObject({ steps: report.batches.length, conflicts: report.conflicts.length });
    expect(summary.instruments).toEqual({ count: 1, added: 0, first: [{ id, number, title }] });
  });
});
