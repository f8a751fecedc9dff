/** The report of a merge: what came in, what was decided, what is still open; on paper if wanted, and the way back. */
import { Button } from '@mantine/core';
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MergeOffer } from '../../../shared/api.ts';
import { choiceOf, keyOf, NO_FILTER } from '../../../shared/conflictChoices.ts';
import type { AppError } from '../../../shared/errors.ts';
import type { Choices, Conflict, ConflictFilter } from '../../../shared/sharing.ts';
import {
  authorsText,
  conflictField,
  filesText,
  isOfOneDay,
  outcomeText,
  rowText,
  spanText,
  versionText,
  whoText,
} from '../../../shared/text/conflictText.ts';
import { formatNumber } from '../../../shared/text/formatDate.ts';
import { shell } from '../../api/client.ts';
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx';
import { type ConflictSource, mergeSource, useConflictPages } from '../../stores/conflictSource.ts';
import { useMergeStore } from '../../stores/mergeStore.ts';
import { useSessionStore } from '../../stores/sessionStore.ts';
import { useUiStore } from '../../stores/uiStore.ts';
import { errorText } from '../../text/i18n.ts';
import { useExport } from '../exports/useExport.ts';
import type { Chosen } from './ConflictChooser.tsx';
import { IncomingList } from './IncomingList.tsx';
import { Notices } from './MergeReview.tsx';
import styles from './SharingPage.module.css';

interface MergeDoneProps {
  merge: MergeOffer;
  choices: Choices;
  isTakenBack: boolean;
}

export function MergeDone({ merge, choices, isTakenBack }: MergeDoneProps) {
  const { t } = useTranslation();
  const ownName = useSessionStore((s) => s.profile?.name ?? null);
  const { leave, takeBack } = useMergeStore.getState();
  const headingRef = useRef<HTMLHeadingElement>(null);
  const [isAsking, setAsking] = useState(false);
  const [problem, setProblem] = useState<AppError | null>(null);
  const printing = useExport(() => undefined);
  // Again when it was taken back: the button that was pressed is gone then, and its dialog with it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: as said
  useEffect(() => {
    const timer = setTimeout(() => headingRef.current?.focus(), 50);
    return () => clearTimeout(timer);
  }, [isTakenBack]);

  const { summary, token } = merge;
  const { span } = summary;
  const source = useMemo(() => mergeSource(token), [token]);
  return (
    <div className={styles.review}>
      <div className={styles.scroll}>
        <header className={styles.reviewHead}>
          <h1 ref={headingRef} tabIndex={-1}>
            {t('sharing.reportTitle', { files: filesText(t, summary.sources) })}
          </h1>
          <p role="status">
            {isTakenBack
              ? t('sharing.tookBack')
              : span === null
                ? t('sharing.reportNothing')
                : t('sharing.reportIn', {
                    count: summary.changes,
                    authors: authorsText(t, summary.authors, ownName),
                    span: spanText(t, span.from, span.to),
                  })}{' '}
            {!isTakenBack && summary.conflicts === 0 && t('sharing.reportNoConflicts')}
          </p>
        </header>
        <Notices summary={summary} />
        {summary.conflicts > 0 && (
          <>
            <Outcomes heading={t('sharing.reportDecided')} source={source} filter={DECIDED} choices={choices} />
            {!isTakenBack && (
              <Outcomes heading={t('sharing.reportOpen')} source={source} filter={UNDECIDED} choices={choices}>
                <Button mt="xs" onClick={leave}>
                  {t('sharing.decideNow')}
                </Button>
              </Outcomes>
            )}
          </>
        )}
        {summary.steps > 0 && <IncomingList merge={merge} isDone />}
      </div>
      <footer className={styles.foot}>
        <div className={styles.footText}>
          {problem && (
            <p role="alert" className={styles.problem}>
              {errorText(problem)}
            </p>
          )}
          {printing.error && (
            <p role="alert" className={styles.problem}>
              {printing.error}
            </p>
          )}
        </div>
        {summary.steps > 0 && !isTakenBack && <Button onClick={() => setAsking(true)}>{t('sharing.takeBack')}</Button>}
        <Button loading={printing.isRunning} onClick={() => void printing.run(() => shell['merge.print']({}))}>
          {t('sharing.print')}
        </Button>
        <Button variant="filled" onClick={leave}>
          {t('sharing.done')}
        </Button>
      </footer>
      {isAsking && (
        <ConfirmDialog
          title={t('sharing.takeBackTitle')}
          verb={t('sharing.takeBack')}
          onCancel={() => setAsking(false)}
          onConfirm={async () => {
            const refused = await takeBack();
            setProblem(refused);
            setAsking(false);
            if (refused === null) useUiStore.getState().tell(t('sharing.tookBack'));
          }}
        >
          {t('sharing.takeBackText')}
        </ConfirmDialog>
      )}
    </div>
  );
}

const DECIDED: ConflictFilter = { ...NO_FILTER, state: 'decided' };
const UNDECIDED: ConflictFilter = { ...NO_FILTER, state: 'undecided' };

interface OutcomesProps {
  heading: string;
  source: ConflictSource;
  filter: ConflictFilter;
  choices: Choices;
  /** What can be done about them. */
  children?: ReactNode;
}

/** Those that the filter shows, some at a time; nothing while there are none. */
function Outcomes({ heading, source, filter, choices, children }: OutcomesProps) {
  const { t } = useTranslation();
  const { shown, more } = useConflictPages(source, filter, choices);
  if (shown === null || shown.total === 0) return null;
  const left = shown.total - shown.conflicts.length;
  return (
    <section className={styles.section}>
      <h2>
        {heading} <span className={`${styles.count} tabular`}>{formatNumber(shown.total, t('locale'))}</span>
      </h2>
      <dl className={styles.outcomes}>
        {shown.conflicts.map((conflict) => (
          <Outcome key={keyOf(conflict)} conflict={conflict} choice={choiceOf(conflict, choices)} />
        ))}
      </dl>
      {left > 0 && (
        <Button mt="xs" mie="xs" onClick={more}>
          {t('sharing.moreConflicts', { count: left })}
        </Button>
      )}
      {children}
    </section>
  );
}

function Outcome({ conflict, choice }: { conflict: Conflict; choice: Chosen | null }) {
  const { t } = useTranslation();
  const ownName = useSessionStore((s) => s.profile?.name ?? null);
  const where = t('sharing.fieldOf', { row: rowText(t, conflict), field: conflictField(t, conflict.field) });
  return (
    <div>
      <dt>
        <bdi>{where}</bdi>
      </dt>
      {choice === null ? (
        [conflict.ours, ...conflict.theirs].map(
          (version) =>
            version && (
              <dd key={`${version.replica}:${version.seq}`} dir="auto">
                {versionText(t, conflict.field, version)}{' '}
                <bdi className={styles.by}>{whoText(t, version, ownName, { isOfOneDay: isOfOneDay(conflict) })}</bdi>
              </dd>
            ),
        )
      ) : (
        <dd dir="auto">{outcomeText(t, conflict, choice.value)}</dd>
      )}
    </div>
  );
}
