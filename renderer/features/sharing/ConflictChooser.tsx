/**
 * One field and the versions that stand against each other: what was before, each version whole with who and when, and
 * the choice. Nothing is chosen for anybody; "decide later" is a choice like the others.
 */
import { memo, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { takeOurs, takeTheirs } from '../../../shared/conflictChoices.ts';
import type { Choice, Conflict, ConflictVersion } from '../../../shared/sharing.ts';
import {
  canWriteOther,
  conflictField,
  isLongText,
  isOfOneDay,
  rowText,
  versionText,
  whoText,
} from '../../../shared/text/conflictText.ts';
import { formatDateTime } from '../../../shared/text/formatDate.ts';
import { useSessionStore } from '../../stores/sessionStore.ts';
import styles from './Conflict.module.css';
import { OtherValue } from './OtherValue.tsx';
import { WordDiff } from './WordDiff.tsx';

export type Chosen = Exclude<Choice, { kind: 'later' }>;

interface ConflictChooserProps {
  conflict: Conflict;
  /** Null: later. */
  choice: Chosen | null;
  onChoose: (conflict: Conflict, choice: Chosen | null) => void;
  /** In a merge there is our side and theirs; in the file, what shows and what stands against it. */
  isMerge: boolean;
  isDisabled?: boolean;
  /** Without its own heading: whoever shows it names the field. */
  isBare?: boolean;
}

/** In a long list only the one that is being decided is drawn again. */
export const ConflictChooser = memo(function ConflictChooser(props: ConflictChooserProps) {
  const { conflict, choice, isMerge, isDisabled = false, isBare = false } = props;
  const onChoose = (chosen: Chosen | null) => props.onChoose(conflict, chosen);
  const { t } = useTranslation();
  const name = useId();
  const field = conflictField(t, conflict.field);
  const { base, ours, theirs } = conflict;
  const isLong = isLongText(conflict);
  return (
    <fieldset className={styles.conflict} disabled={isDisabled} data-decided={choice !== null || undefined}>
      <legend className={isBare ? 'visually-hidden' : styles.field}>
        <span className="visually-hidden">{rowText(t, conflict)}: </span>
        {field}
      </legend>
      <div className={styles.version} data-kind="before">
        <span className={styles.side}>{t('sharing.before')}</span>
        <span className={styles.value}>
          {base === null && conflict.field !== 'deleted' ? (
            <span className="quiet">{t('sharing.unknownBefore')}</span>
          ) : (
            <Value conflict={conflict} version={base} />
          )}
        </span>
      </div>
      {/* What nobody wrote on our side is nothing to keep but emptiness; it is still a choice. */}
      <Version
        name={name}
        side={t(isMerge ? 'sharing.ours' : 'sharing.shows')}
        verb={t('sharing.keep')}
        conflict={conflict}
        version={ours}
        against={isLong ? (base ?? null) : null}
        isChosen={choice?.kind === 'ours'}
        onChoose={() => onChoose(takeOurs(conflict))}
      />
      {theirs.map((version, index) => (
        <Version
          key={`${version.replica}:${version.seq}`}
          name={name}
          side={t(isMerge ? 'sharing.theirs' : 'sharing.against')}
          verb={t('sharing.take')}
          conflict={conflict}
          version={version}
          against={isLong ? (base ?? ours) : null}
          isChosen={choice?.kind === 'theirs' && choice.index === index}
          onChoose={() => onChoose(takeTheirs(conflict, index))}
        />
      ))}
      <div className={styles.version} data-kind="other" data-chosen={choice?.kind === 'other' || undefined}>
        <span className={styles.side} />
        <span className={styles.value}>
          {choice?.kind === 'other' ? (
            <OtherValue
              conflict={conflict}
              value={choice.value}
              onChange={(value) => onChoose({ kind: 'other', value })}
            />
          ) : (
            isLong && (
              <span className={styles.hint}>{t(base === null ? 'sharing.diffLegendOurs' : 'sharing.diffLegend')}</span>
            )
          )}
        </span>
        <label className={styles.later}>
          <input
            type="radio"
            name={name}
            checked={choice === null}
            aria-label={t('sharing.optionLater')}
            onChange={() => onChoose(null)}
          />
          {t('sharing.later')}
        </label>
        {canWriteOther(conflict.field) && (
          <label className={styles.pick}>
            <input
              type="radio"
              name={name}
              checked={choice?.kind === 'other'}
              aria-label={t('sharing.optionOther')}
              onChange={() => onChoose({ kind: 'other', value: ours?.value ?? null })}
            />
            {t('sharing.other')}
          </label>
        )}
      </div>
    </fieldset>
  );
});

interface VersionProps {
  name: string;
  side: string;
  verb: string;
  conflict: Conflict;
  version: ConflictVersion | null;
  /** The text to mark differences against. */
  against: ConflictVersion | null;
  isChosen: boolean;
  onChoose: () => void;
}

function Version({ name, side, verb, conflict, version, against, isChosen, onChoose }: VersionProps) {
  const { t } = useTranslation();
  const ownName = useSessionStore((s) => s.profile?.name ?? null);
  return (
    <label className={styles.version} data-chosen={isChosen || undefined}>
      <span className={styles.side}>{side}</span>
      <span className={styles.value}>
        {against !== null && typeof version?.value === 'string' ? (
          <WordDiff before={String(against.value ?? '')} after={version.value} />
        ) : (
          <Value conflict={conflict} version={version} />
        )}
      </span>
      <span className={styles.who} title={version ? formatDateTime(version.at, t('locale')) : undefined}>
        {version && <bdi>{whoText(t, version, ownName, { isOfOneDay: isOfOneDay(conflict) })}</bdi>}
      </span>
      <span className={styles.pick}>
        <input type="radio" name={name} checked={isChosen} onChange={onChoose} />
        {verb}
      </span>
    </label>
  );
}

function Value({ conflict, version }: { conflict: Conflict; version: ConflictVersion | null }) {
  const { t } = useTranslation();
  const text = versionText(t, conflict.field, version);
  const isNothing = conflict.field !== 'deleted' && (version?.value ?? null) === null;
  return (
    <span className={isNothing ? 'quiet' : styles.text} dir="auto">
      {text}
    </span>
  );
}
