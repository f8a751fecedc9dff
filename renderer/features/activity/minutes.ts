/** History as minutes tell it: "moved the deadline from 30 Jun 2027 to 15 Aug 2027: tender repeated". */
import type { HistoryChange, HistoryEntry } from '../../../shared/api.ts';
import { fieldText, type Translate } from '../../../shared/text/translator.ts';
import { clipped } from '../../../shared/text/valueText.ts';
import { afterText, beforeText, type RowStory, storiesOf } from './changeText.ts';

const OWNERS = ['pkOwnerId', 'kzOwnerId'];
/** Texts are told by what they say now; what they said before is a click away on the activity page. */
const TEXTS = ['nextStep', 'summary', 'source', 'title', 'basis', 'description'];
const NOTE_CHARACTERS = 120;

/** What the author did in one batch, without the author: the predicate of the sentence. */
export function minutesText(t: Translate, entry: HistoryEntry): string {
  if (entry.kind === 'seed') return t('activity.minutes.seeded');
  const clauses = storiesOf(entry).flatMap((story) => storyClauses(t, story));
  const hidden = entry.changeCount - entry.changes.length;
  if (hidden > 0) clauses.push(t('activity.minutes.more', { count: hidden }));
  const what = clauses.join(t('activity.minutes.join'));
  if (entry.kind === 'undo') return t('activity.minutes.tookBack', { what });
  if (entry.kind === 'redo') return t('activity.minutes.didAgain', { what });
  return what;
}

function storyClauses(t: Translate, story: RowStory): string[] {
  if (story.entity === 'note') return [noteClause(t, story)];
  if (story.entity === 'support') return [supportClause(t, story)];
  const row = story.entity === 'instrument' ? t('activity.minutes.thisInstrument') : quoted(t, story.label);
  const own = story.kind === 'changed' ? [] : [t(`activity.minutes.${story.kind}`, { row })];
  if (story.kind === 'added' || story.kind === 'deleted') return own;
  return [...own, ...fieldClauses(t, story.changes)];
}

/** Clauses of one row's fields; a reason given with a change stands at the end of that change's clause. */
function fieldClauses(t: Translate, changes: readonly HistoryChange[]): string[] {
  const reasonOf = (field: string) => changes.find((change) => change.field === field)?.after ?? null;
  const reasons: Record<string, HistoryChange['after']> = {
    deadline: reasonOf('deadlineReason'),
    healthOverride: reasonOf('healthOverrideReason'),
  };
  const isTold = ({ field }: HistoryChange) =>
    (field === 'deadlineReason' && changes.some((change) => change.field === 'deadline')) ||
    (field === 'healthOverrideReason' && changes.some((change) => change.field === 'healthOverride'));
  return changes
    .filter((change) => !isTold(change))
    .map((change) => {
      const what = fieldClause(t, change);
      const reason = reasons[change.field];
      return reason ? t('activity.minutes.withReason', { what, reason }) : what;
    });
}

function fieldClause(t: Translate, change: HistoryChange): string {
  const { field, before, after } = change;
  const words = { field: fieldInSentence(t, field), before: beforeText(t, change), after: afterText(t, change) };
  if (field === 'healthOverride')
    return after === null ? t('activity.minutes.healthFreed') : t('activity.minutes.healthSet', words);
  if (OWNERS.includes(field)) {
    if (after === null) return t('activity.minutes.ownerRemoved', words);
    return t(before === null ? 'activity.minutes.ownerSet' : 'activity.minutes.ownerChanged', words);
  }
  if (TEXTS.includes(field) && after !== null)
    return t(before === null ? 'activity.minutes.wrote' : 'activity.minutes.rewrote', {
      ...words,
      after: quoted(t, words.after),
    });
  if (after === null) return t('activity.minutes.removed', words);
  if (before === null) return t('activity.minutes.set', words);
  return t(field === 'deadline' ? 'activity.minutes.deadlineMoved' : 'activity.minutes.changed', words);
}

function noteClause(t: Translate, { kind, changes }: RowStory): string {
  const text = changes.find(({ field }) => field === 'text')?.after ?? '';
  const pinned = changes.find(({ field }) => field === 'isPinned');
  const words = { text: quoted(t, clipped(String(text), NOTE_CHARACTERS)) };
  if (kind === 'added') return t('activity.minutes.noteWritten', words);
  if (kind === 'deleted') return t('activity.minutes.noteDeleted');
  if (kind === 'restored') return t('activity.minutes.noteRestored');
  if (pinned) return t(pinned.after === 1 ? 'activity.minutes.notePinned' : 'activity.minutes.noteUnpinned');
  return t('activity.minutes.noteEdited', words);
}

function supportClause(t: Translate, { kind, changes }: RowStory): string {
  const body = changes.find(({ field }) => field === 'bodyId')?.afterName;
  if (kind === 'deleted') return t('activity.minutes.supportRemoved');
  return body ? t('activity.minutes.supportAdded', { body }) : t('activity.minutes.supportRestored');
}

const quoted = (t: Translate, text: string): string => t('activity.minutes.quoted', { text });

const fieldInSentence = (t: Translate, field: string): string =>
  t(`activity.inSentence.${field}` as 'activity.inSentence.stage', { defaultValue: fieldText(t, field) });
