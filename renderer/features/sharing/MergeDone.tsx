/** The report of a merge: what came in, what was decided, what is still open; on paper if wanted, and the way back. */
import { Button } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppError } from '../../../shared/errors.ts';
import { sharesByAuthor, spanOf } from '../../../shared/report/mergeSummary.ts';
import type { Conflict, Decision, MergeReport } from '../../../shared/sharing.ts';
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
import { shell } from '../../api/client.ts';
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx';
import { type Choices, chosenValue, isDecided, keyOf } from '../../stores/mergeChoices.ts';
import { useMergeStore } from '../../stores/mergeStore.ts';
import { useSessionStore } from '../../stores/sessionStore.ts';
import { useUiStore } from '../../stores/uiStore.ts';
import { errorText } from '../../text/i18n.ts';
import { useExport } from '../exports/useExport.ts';
import { IncomingList } from './IncomingList.tsx';
import { Notices } from './MergeReview.tsx';
import styles from './SharingPage.module.css';

interface MergeDoneProps {
  report: MergeReport;
  choices: Choices;
  isTakenBack: boolean;
}

export function MergeDone({ report, choices, isTakenBack }: MergeDoneProps) {
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

  const span = spanOf(report.batches);
  const decided = report.conflicts.filter((conflict) => isDecided(conflict, choices));
  const open = report.conflicts.filter((conflict) => !isDecided(conflict, choices));
  return (
    <div className={styles.review}>
      <div className={styles.scroll}>
        <header className={styles.reviewHead}>
          <h1 ref={headingRef} tabIndex={-1}>
            {t('sharing.reportTitle', { files: filesText(t, report.sources) })}
          </h1>
          <p role="status">
            {isTakenBack
              ? t('sharing.tookBack')
              : span === null
                ? t('sharing.reportNothing')
                : t('sharing.reportIn', {
                    count: report.changes,
                    authors: authorsText(t, sharesByAuthor(report.batches), ownName),
                    span: spanText(t, span.from, span.to),
                  })}{' '}
            {!isTakenBack && report.conflicts.length === 0 && t('sharing.reportNoConflicts')}
          </p>
        </header>
        <Notices report={report} />
        {decided.length > 0 && (
          <section className={styles.section}>
            <h2>{t('sharing.reportDecided')}</h2>
            <dl className={styles.outcomes}>
              {decided.map((conflict) => (
                <Outcome
                  key={keyOf(conflict)}
                  conflict={conflict}
                  value={chosenValue(conflict, choices[keyOf(conflict)])}
                />
              ))}
            </dl>
          </section>
        )}
        {open.length > 0 && !isTakenBack && (
          <section className={styles.section}>
            <h2>{t('sharing.reportOpen')}</h2>
            <dl className={styles.outcomes}>
              {open.map((conflict) => (
                <Outcome key={keyOf(conflict)} conflict={conflict} value={undefined} />
              ))}
            </dl>
            <Button mt="xs" onClick={leave}>
              {t('sharing.decideNow')}
            </Button>
          </section>
        )}
        {report.batches.length > 0 && <IncomingList report={report} isDone />}
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
        {report.batches.length > 0 && !isTakenBack && (
          <Button onClick={() => setAsking(true)}>{t('sharing.takeBack')}</Button>
        )}
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

function Outcome({ conflict, value }: { conflict: Conflict; value: Decision['value'] | undefined }) {
  const { t } = useTranslation();
  const ownName = useSessionStore((s) => s.profile?.name ?? null);
  const where = t('sharing.fieldOf', { row: rowText(t, conflict), field: conflictField(t, conflict.field) });
  return (
    <div>
      <dt>
        <bdi>{where}</bdi>
      </dt>
      {value === undefined ? (
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
        <dd dir="auto">{outcomeText(t, conflict, value)}</dd>
      )}
    </div>
  );
}
