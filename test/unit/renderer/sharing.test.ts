// @vitest-environment jsdom
import { describe, expect, test } from 'vitest';
import { numberOf } from '../../../renderer/features/sharing/OtherValue.tsx';
import { chosenCount, partOptions, scopeOf } from '../../../renderer/features/sharing/part.ts';
import { strengthOf } from '../../../renderer/features/sharing/passphrase.ts';
import { wordDiff } from '../../../renderer/features/sharing/wordDiff.ts';
import {
  choiceOf,
  countUndecided,
  decisionsOf,
  fitting,
  groupByRow,
  keyOf,
  NO_CHOICES,
  NO_FILTER,
  takeOurs,
  takeTheirs,
  withChoice,
  withRule,
} from '../../../shared/conflictChoices.ts';
import { pageOf, placesOf } from '../../../shared/conflictPages.ts';
import { aheadUnit, fastClocks, sharesByAuthor, spanOf } from '../../../shared/report/mergeSummary.ts';
import type { ChoiceRule, Conflict, ConflictVersion, IncomingBatch } from '../../../shared/sharing.ts';
import {
  canWriteOther,
  decisionText,
  isLongText,
  isOfOneDay,
  kindOfField,
  outcomeText,
  versionText,
  whoText,
} from '../../../shared/text/conflictText.ts';
import { createTranslator } from '../../../shared/text/translator.ts';

const { t } = createTranslator('en');
const DAY = 86_400_000;
const NOON = Date.UTC(2026, 2, 5, 12);

const version = (value: ConflictVersion['value'], more: Partial<ConflictVersion> = {}): ConflictVersion => ({
  value,
  name: null,
  at: NOON,
  author: 'B. Serik',
  replica: 'r1',
  seq: 1,
  ...more,
});
const conflict = (field: string, ours: ConflictVersion | null, ...theirs: ConflictVersion[]): Conflict => ({
  entity: 'instrument',
  id: 'i4',
  label: '4 Railway sector cooperation',
  instrumentId: 'i4',
  field,
  base: null,
  ours,
  theirs,
});
const batch = (more: Partial<IncomingBatch>): IncomingBatch => ({
  replica: 'r1',
  seq: 1,
  at: NOON,
  author: 'B. Serik',
  label: 'edit',
  changes: 1,
  ...more,
});

describe('word diff', () => {
  const without = (kind: 'added' | 'removed', before: string, after: string) =>
    wordDiff(before, after)
      .filter((part) => part.kind !== kind)
      .map(({ text }) => text)
      .join('');

  const TEXTS: [string, string][] = [
    ['Draft sent to both sides before the session.', 'Final draft sent to both sides after the session.'],
    ['Қазақстан тарапы жол картасын келісті.', 'Қазақстан тарапы жол картасын қабылдады.'],
    ['وزارت نے مسودہ بھیج دیا۔', 'وزارت نے نیا مسودہ بھیج دیا۔'],
    ['one\ntwo\nthree', 'one\n2\nthree\nfour'],
    ['same', 'same'],
  ];

  test.each(TEXTS)('holds both versions whole: %s', (before, after) => {
    expect(without('removed', before, after)).toBe(after);
    expect(without('added', before, after)).toBe(before);
  });

  test('marks whole words, whatever their script', () => {
    expect(wordDiff('жол картасын келісті', 'жол картасын қабылдады').filter(({ kind }) => kind !== 'same')).toEqual([
      { kind: 'removed', text: 'келісті' },
      { kind: 'added', text: 'қабылдады' },
    ]);
    const urdu = wordDiff('وزارت نے مسودہ بھیج دیا۔', 'وزارت نے نیا مسودہ بھیج دیا۔').filter(
      ({ kind }) => kind !== 'same',
    );
    expect(urdu.map(({ kind, text }) => [kind, text.trim()])).toEqual([['added', 'نیا']]);
  });

  test('texts with nothing in common are shown whole, not as a heap of marks', () => {
    expect(wordDiff('Gauge study', 'Переговоры отложены до осени')).toEqual([
      { kind: 'added', text: 'Переговоры отложены до осени' },
    ]);
  });

  test('what only looks alike by another spelling of its accents is the same', () => {
    expect(wordDiff('й'.normalize('NFD'), 'й'.normalize('NFC')).every(({ kind }) => kind === 'same')).toBe(true);
  });
});

describe('choices', () => {
  const deadline = conflict(
    'deadline',
    version('2027-08-15'),
    version('2027-09-30', { at: NOON + DAY }),
    version('2027-10-01'),
  );
  const stage = { ...conflict('stage', version('closed'), version('on-hold')), id: 'i5' };

  const all = (side: ChoiceRule['side'], more: Partial<ChoiceRule> = {}): ChoiceRule => ({
    side,
    row: null,
    field: null,
    isUndecided: false,
    ...more,
  });
  const both = [deadline, stage];
  const fieldsDecided = (choices: typeof NO_CHOICES) => decisionsOf(both, choices).map(({ field }) => field);

  test('nothing is chosen for anybody', () => {
    expect(decisionsOf(both, NO_CHOICES)).toEqual([]);
    expect(countUndecided(both, NO_CHOICES)).toBe(2);
  });

  test('a choice of theirs means that very version', () => {
    const choices = withChoice(NO_CHOICES, deadline, takeTheirs(deadline, 1));
    expect(choiceOf(deadline, choices)?.value).toBe('2027-10-01');
    expect(countUndecided(both, choices)).toBe(1);
  });

  test('all of theirs takes the latest of several', () => {
    const choices = withRule(NO_CHOICES, all('theirs'));
    expect(decisionsOf(both, choices).map(({ value }) => value)).toEqual(['2027-09-30', 'on-hold']);
    expect(countUndecided(both, choices)).toBe(0);
  });

  test('all of ours keeps emptiness where nobody wrote on our side', () => {
    const empty = conflict('nextStep', null, version('text'));
    expect(decisionsOf([empty], withRule(NO_CHOICES, all('ours')))).toEqual([
      { entity: 'instrument', id: 'i4', field: 'nextStep', value: null },
    ]);
  });

  test('later takes a choice away, and only of those meant', () => {
    const ours = withRule(NO_CHOICES, all('ours'));
    expect(fieldsDecided(withRule(ours, all('later', { row: 'instrument:i5' })))).toEqual(['deadline']);
    expect(fieldsDecided(withChoice(ours, stage, null))).toEqual(['deadline']);
    expect(fieldsDecided(withRule(withChoice(ours, stage, null), all('theirs')))).toEqual(['deadline', 'stage']);
  });

  test('one word for many gives way to one for a single conflict, and takes the place of what was said before', () => {
    const choices = withChoice(withRule(NO_CHOICES, all('ours')), stage, takeTheirs(stage, 0));
    expect(decisionsOf(both, choices).map(({ value }) => value)).toEqual(['2027-08-15', 'on-hold']);
    const again = withRule(choices, all('ours'));
    expect(again).toEqual({ rules: [all('ours')], single: {} });
    expect(decisionsOf(both, again).map(({ value }) => value)).toEqual(['2027-08-15', 'closed']);
  });

  test('one word for the undecided leaves alone what is decided', () => {
    const choices = withChoice(NO_CHOICES, deadline, takeOurs(deadline));
    const rest = withRule(choices, all('theirs', { isUndecided: true }));
    expect(decisionsOf(both, rest).map(({ value }) => value)).toEqual(['2027-08-15', 'on-hold']);
    const ruled = withRule(withRule(NO_CHOICES, all('ours', { field: 'stage' })), all('theirs', { isUndecided: true }));
    expect(decisionsOf(both, ruled).map(({ value }) => value)).toEqual(['2027-09-30', 'closed']);
  });

  test('a conflict stays in sight of the filter while it is being decided', () => {
    const filter = { ...NO_FILTER, state: 'undecided' as const };
    const choices = withChoice(NO_CHOICES, deadline, takeOurs(deadline));
    expect(both.filter(fitting(filter, NO_CHOICES))).toHaveLength(2);
    expect(both.filter(fitting(filter, choices))).toEqual([stage]);
    expect(both.filter(fitting({ ...filter, state: 'decided' }, choices))).toEqual([deadline]);
  });

  test('filters by row and by field; groups keep the order', () => {
    const shown = (more: Partial<typeof NO_FILTER>) => both.filter(fitting({ ...NO_FILTER, ...more }, NO_CHOICES));
    expect(shown({ field: 'stage' })).toEqual([stage]);
    expect(shown({ row: 'instrument:i4' })).toEqual([deadline]);
    expect(
      groupByRow([deadline, stage, { ...deadline, field: 'title' }]).map(({ key, conflicts }) => [
        key,
        conflicts.length,
      ]),
    ).toEqual([
      ['instrument:i4', 2],
      ['instrument:i5', 1],
    ]);
    expect(keyOf(deadline)).toBe('instrument:i4:deadline');
  });

  test('a page is a part of what fits, with the number of all that does', () => {
    const many = Array.from({ length: 25 }, (_, index) => ({ ...stage, id: `i${index}` }));
    const query = { filter: { ...NO_FILTER, field: 'stage' }, choices: NO_CHOICES, offset: 20, limit: 10 };
    expect(pageOf([...many, deadline], query)).toEqual({ shown: many.slice(20), total: 25 });
  });

  test('of thousands of rows the first are offered, and the others are found by their words', () => {
    const many = Array.from({ length: 300 }, (_, index) => ({
      ...stage,
      id: `i${index}`,
      label: `${index} Road ${index}`,
    }));
    const offered = placesOf(many, ({ label }) => label, '');
    expect([offered.rows.length, offered.isMore, offered.fields]).toEqual([200, true, ['stage']]);
    const found = placesOf(many, ({ label }) => label, 'road 299');
    expect([found.rows.map(({ id }) => id), found.isMore]).toEqual([['i299'], false]);
  });
});

describe('words of a conflict', () => {
  test('values are written as people write them', () => {
    expect(versionText(t, 'deadline', version('2027-06-30'))).toBe('30 Jun 2027');
    expect(versionText(t, 'pkOwnerId', version('p1', { name: 'B. Khan' }))).toBe('B. Khan');
    expect(versionText(t, 'deadline', null)).toBe('nothing');
    expect(decisionText(t, 'deleted', 1, null)).toBe('deleted');
    expect(decisionText(t, 'deleted', 0, null)).toBe('not deleted');
    expect(versionText(t, 'summary', version('long '.repeat(200)))).toHaveLength(1000);
  });

  test('who wrote it: you, somebody, by name; with the time when all is of one day', () => {
    expect(whoText(t, version(1), 'B. Serik')).toBe('you, 5 Mar 2026');
    expect(whoText(t, version(1, { author: null }), null)).toBe('somebody, 5 Mar 2026');
    expect(whoText(t, version(1), null, { isOfOneDay: true })).toMatch(/^B\. Serik, 5 Mar 2026, \d\d:\d\d$/);
    expect(isOfOneDay(conflict('stage', version('a'), version('b')))).toBe(true);
    expect(isOfOneDay(conflict('stage', version('a'), version('b', { at: NOON + 3 * DAY })))).toBe(false);
  });

  test('an outcome says whose value it is', () => {
    const owner = conflict('pkOwnerId', version('p1', { name: 'A. Khan' }), version('p2', { name: 'B. Serik' }));
    expect(outcomeText(t, owner, 'p1')).toBe('kept ours: A. Khan');
    expect(outcomeText(t, owner, 'p2')).toBe('took theirs: B. Serik');
    expect(outcomeText(t, conflict('stage', version('closed'), version('on-hold')), 'implemented')).toBe(
      'wrote another: Implemented',
    );
  });

  test('each field has its kind of editor; flags and what the program writes have none', () => {
    expect(
      ['deadline', 'stage', 'pkOwnerId', 'kzLeadBodyId', 'progress', 'summary', 'sector'].map(kindOfField),
    ).toEqual(['date', 'choice', 'person', 'body', 'number', 'text', 'line']);
    expect(['isPinned', 'deleted', 'writtenAt'].map(canWriteOther)).toEqual([false, false, false]);
    expect(canWriteOther('deadline')).toBe(true);
  });

  test('only texts that one has to compare are shown as a difference', () => {
    expect(isLongText(conflict('nextStep', version('short'), version('other')))).toBe(false);
    expect(isLongText(conflict('nextStep', version('short'), version('word '.repeat(20))))).toBe(true);
    expect(isLongText(conflict('deadline', version('2027-06-30'), version('2027-07-30')))).toBe(false);
  });

  test('numbers are read as people type them; what is none goes to the rule as typed', () => {
    expect(['45', '45 %', '1,5', ' ', 'half'].map(numberOf)).toEqual([45, 45, 1.5, null, 'half']);
  });
});

describe('what a merge brings', () => {
  test('by whom, since when', () => {
    const batches = [
      batch({ changes: 2 }),
      batch({ author: 'A. Khan', changes: 9, at: NOON + 4 * DAY }),
      batch({ changes: 3, at: NOON - DAY }),
    ];
    expect(sharesByAuthor(batches).map(({ author, steps, changes }) => [author, steps, changes])).toEqual([
      ['A. Khan', 1, 9],
      ['B. Serik', 2, 5],
    ]);
    expect(spanOf(batches)).toEqual({ from: NOON - DAY, to: NOON + 4 * DAY });
    expect(spanOf([])).toBeNull();
  });

  test('a clock is told of when it is more than a day ahead, once for each author', () => {
    const ahead = [
      batch({ at: NOON + 23 * 3_600_000 }),
      batch({ at: NOON + 730 * DAY }),
      batch({ at: NOON + 40 * DAY }),
    ];
    expect(fastClocks(ahead, NOON)).toEqual([{ author: 'B. Serik', aheadMs: 730 * DAY, steps: 2 }]);
    expect(fastClocks([batch({})], NOON)).toEqual([]);
  });

  test('says by how much in a unit that people count in', () => {
    expect(aheadUnit(1.2 * DAY)).toEqual({ unit: 'days', count: 1 });
    expect(aheadUnit(90 * DAY)).toEqual({ unit: 'months', count: 3 });
    expect(aheadUnit(731 * DAY)).toEqual({ unit: 'years', count: 2 });
  });
});

describe('giving away', () => {
  test('a passphrase is as good as it is hard to guess, in any script', () => {
    expect(['', 'password', '12345678901234567890', 'aaaaaaaaaaaaaaaaaaaaaa', 'Secret2026'].map(strengthOf)).toEqual(
      Array.from({ length: 5 }, () => 'weak'),
    );
    expect(strengthOf('horse lamp river cedar')).not.toBe('weak');
    expect(strengthOf('horse lamp river cedar minister window')).toBe('good');
    expect(strengthOf('жол картасы келісілді қараша айында')).toBe('good');
  });

  test('a part is counted as the copy will hold it', () => {
    const row = (id: string, more: object) => ({ id, number: 1, title: id, sector: null, ...more }) as never;
    const rows = {
      instruments: [
        row('i1', { sector: 'Energy', pkOwnerId: 'p1' }),
        row('i2', { sector: 'Energy', kzLeadBodyId: 'b1' }),
        row('i3', { pkLeadBodyId: 'b1', pkOwnerId: 'p1' }),
      ],
      personById: { p1: { name: 'B. Khan' } },
      bodyById: { b1: { name: 'KTZ' } },
    };
    expect(partOptions('sector', rows).map(({ value }) => value)).toEqual(['Energy']);
    expect(partOptions('body', rows).map(({ value }) => value)).toEqual(['B. Khan', 'KTZ']);
    expect(chosenCount('sector', new Set(['Energy']), rows)).toBe(2);
    expect(chosenCount('body', new Set(['B. Khan', 'KTZ']), rows)).toBe(3);
    expect(chosenCount('instrument', new Set(['i3']), rows)).toBe(1);
    expect(scopeOf('sector', new Set(['Energy']))).toEqual({ by: 'sector', sectors: ['Energy'] });
    expect(scopeOf('body', new Set())).toBeNull();
  });
});
