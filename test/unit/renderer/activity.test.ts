// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { entryText, storiesOf } from '../../../renderer/features/activity/changeText.ts';
import { minutesText } from '../../../renderer/features/activity/minutes.ts';
import type { HistoryChange, HistoryEntry } from '../../../shared/api.ts';
import { createTranslator } from '../../../shared/text/translator.ts';
import { clipped, valueText } from '../../../shared/text/valueText.ts';

const { t } = createTranslator('en');

const change = (field: string, before: HistoryChange['before'], after: HistoryChange['after'], more = {}) => ({
  entity: 'instrument',
  entityId: 'i4',
  entityLabel: '4 Railway sector cooperation',
  field,
  before,
  after,
  beforeName: null,
  afterName: null,
  ...more,
});

const entry = (changes: HistoryChange[], more: Partial<HistoryEntry> = {}): HistoryEntry => ({
  batch: { replica: 'r', seq: 1 },
  kind: 'edit',
  at: 0,
  author: 'A. Khan',
  authorPost: null,
  label: 'edit',
  reverts: null,
  isUndone: false,
  changes,
  changeCount: changes.length,
  ...more,
});

describe('values of the history', () => {
  it('are said in words: dates, choices, percent, names; never an id', () => {
    expect(valueText(t, 'deadline', '2027-06-30', null)).toBe('30 Jun 2027');
    expect(valueText(t, 'stage', 'on-hold', null)).toBe('On hold');
    expect(valueText(t, 'healthOverride', 'at-risk', null)).toBe('At risk');
    expect(valueText(t, 'progress', 45, null)).toBe('45%');
    expect(valueText(t, 'isPinned', 1, null)).toBe('yes');
    expect(valueText(t, 'latest', 1250.5, null)).toBe('1,250.5');
    expect(valueText(t, 'number', 1250, null)).toBe('1250');
    expect(valueText(t, 'pkOwnerId', 'some-id', 'B. Khan')).toBe('B. Khan');
    expect(valueText(t, 'pkOwnerId', 'some-id', null)).toBe('removed');
    expect(valueText(t, 'stage', null, null)).toBe('nothing');
  });

  it('that this version does not know are shown as they are', () => {
    expect(valueText(t, 'stage', 'postponed', null)).toBe('postponed');
    expect(valueText(t, 'mood', 'good', null)).toBe('good');
  });

  it('are cut between words when they are long', () => {
    expect(clipped('word '.repeat(100), 22)).toBe('word word word word…');
    expect(clipped('short')).toBe('short');
  });
});

describe('stories of a batch', () => {
  it('gather each row, without what goes along by itself', () => {
    const stories = storiesOf(
      entry([
        change('deadline', null, '2027-06-30'),
        change('originalDeadline', null, '2027-06-30'),
        change('stage', 'on-hold', 'on-hold'),
        change('name', null, 'B. Khan', { entity: 'person', entityId: 'p1', entityLabel: 'B. Khan' }),
        change('side', null, 'pk', { entity: 'person', entityId: 'p1', entityLabel: 'B. Khan' }),
        change('deleted', null, 0, { entity: 'person', entityId: 'p1', entityLabel: 'B. Khan' }),
      ]),
    );
    expect(stories.map(({ label, kind, changes }) => [label, kind, changes.map(({ field }) => field)])).toEqual([
      ['4 Railway sector cooperation', 'changed', ['deadline']],
      ['B. Khan', 'added', ['side']],
    ]);
  });

  it('tell deleted from brought back', () => {
    expect(storiesOf(entry([change('deleted', 0, 1)]))[0]?.kind).toBe('deleted');
    expect(storiesOf(entry([change('deleted', 1, 0)]))[0]?.kind).toBe('restored');
  });

  it('name what an undo took back', () => {
    expect(entryText(t, { kind: 'undo', label: 'move-deadline' })).toBe('Took back: Moved the deadline');
    expect(entryText(t, { kind: 'edit', label: 'of-a-later-version' })).toBe('of-a-later-version');
  });
});

describe('minutes', () => {
  const said = (...changes: HistoryChange[]) => minutesText(t, entry(changes));

  it('give the reason with the move, once', () => {
    expect(
      said(change('deadline', '2027-06-30', '2027-08-15'), change('deadlineReason', null, 'tender repeated')),
    ).toBe('moved the deadline from 30 Jun 2027 to 15 Aug 2027: tender repeated');
  });

  it('do not call a first deadline moved', () => {
    expect(said(change('deadline', null, '2027-06-30'), change('originalDeadline', null, '2027-06-30'))).toBe(
      'set the deadline to 30 Jun 2027',
    );
  });

  it('say who came, who went and who followed whom', () => {
    expect(said(change('pkOwnerId', null, 'a', { afterName: 'B. Khan' }))).toBe('made B. Khan the owner for Pakistan');
    expect(said(change('kzOwnerId', 'a', null, { beforeName: 'Serik' }))).toBe(
      'removed Serik as the owner for Kazakhstan',
    );
    expect(said(change('pkOwnerId', 'a', 'b', { beforeName: 'B. Khan', afterName: 'Z. Iqbal' }))).toBe(
      'made Z. Iqbal the owner for Pakistan instead of B. Khan',
    );
  });

  it('join several changes of one step, and count those that are not listed', () => {
    const both = entry([change('stage', 'not-started', 'on-hold'), change('progress', null, 10)], { changeCount: 3 });
    expect(minutesText(t, both)).toBe(
      'changed the stage from Not started to On hold; set the progress to 10%; and changed 1 more value',
    );
  });

  it('quote notes, and say when a step was taken back', () => {
    const note = { entity: 'note', entityId: 'n1', entityLabel: '4 Railway sector cooperation' };
    const changes = [change('text', null, 'Tender papers handed over', note), change('deleted', null, 0, note)];
    expect(said(...changes)).toBe('wrote a note: “Tender papers handed over”');
    expect(minutesText(t, entry([change('progress', 50, 45)], { kind: 'undo' }))).toBe(
      'took a change back: changed the progress from 50% to 45%',
    );
  });

  it('give the reason of a health set by hand, and say when it is left to the rule', () => {
    expect(
      said(change('healthOverride', null, 'off-track'), change('healthOverrideReason', null, 'donor has withdrawn')),
    ).toBe('set the health to Off track by hand: donor has withdrawn');
    expect(
      said(change('healthOverride', 'off-track', null), change('healthOverrideReason', 'donor has withdrawn', null)),
    ).toBe('left the health to the rule again');
  });
});
