/** Everything that comes in: where, and step by step who did what when. Folded while there is something to decide above. */
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { newestFirst } from '../../../shared/report/mergeSummary.ts';
import type { MergeReport } from '../../../shared/sharing.ts';
import { authorName } from '../../../shared/text/conflictText.ts';
import { batchText } from '../../api/commands.ts';
import { When } from '../../components/When.tsx';
import { useInstrumentsStore } from '../../stores/instrumentsStore.ts';
import { useSessionStore } from '../../stores/sessionStore.ts';
import styles from './SharingPage.module.css';

const STEPS_AT_ONCE = 100;
const NAMED_INSTRUMENTS = 12;

export function IncomingList({ report, isDone = false }: { report: MergeReport; isDone?: boolean }) {
  const { t } = useTranslation();
  const { conflicts, changes } = report;
  const summary = isDone
    ? t('sharing.reportIncoming')
    : conflicts.length === 0
      ? t('sharing.incomingAll', { count: changes })
      : t('sharing.incoming', { count: Math.max(0, changes - conflicts.length) });
  return (
    <details className={styles.incoming} open={conflicts.length === 0 || isDone}>
      <summary>{summary}</summary>
      <Where ids={report.instrumentIds} />
      <Steps report={report} />
    </details>
  );
}

function Where({ ids }: { ids: readonly string[] }) {
  const { t } = useTranslation();
  const byId = useInstrumentsStore((s) => s.byId);
  const known = ids.flatMap((id) => byId[id] ?? []).sort((one, other) => (one.number ?? 1e9) - (other.number ?? 1e9));
  const unknown = ids.length - known.length;
  if (ids.length === 0) return null;
  return (
    <ul className={styles.where} aria-label={t('sharing.instruments')}>
      {known.slice(0, NAMED_INSTRUMENTS).map(({ id, number, title }) => (
        <li key={id}>
          <span className={`${styles.number} tabular`}>{number}</span>
          <bdi>{title}</bdi>
        </li>
      ))}
      {known.length > NAMED_INSTRUMENTS && (
        <li className="quiet">{t('sharing.moreInstruments', { count: known.length - NAMED_INSTRUMENTS })}</li>
      )}
      {unknown > 0 && <li>{t('sharing.newInstruments', { count: unknown })}</li>}
    </ul>
  );
}

function Steps({ report }: { report: MergeReport }) {
  const { t } = useTranslation();
  const ownName = useSessionStore((s) => s.profile?.name ?? null);
  const [shown, setShown] = useState(STEPS_AT_ONCE);
  const batches = newestFirst(report.batches);
  return (
    <>
      <table className={styles.steps}>
        <thead>
          <tr>
            <th scope="col">{t('sharing.when')}</th>
            <th scope="col">{t('sharing.by')}</th>
            <th scope="col">{t('sharing.what')}</th>
            <th scope="col" className={styles.figure}>
              {t('sharing.howMuch')}
            </th>
          </tr>
        </thead>
        <tbody>
          {batches.slice(0, shown).map(({ replica, seq, at, author, label, changes }) => (
            <tr key={`${replica}:${seq}`}>
              <td>
                <When atMs={at} />
              </td>
              <td>
                <bdi>{authorName(t, author, ownName)}</bdi>
              </td>
              <td>{batchText(label)}</td>
              <td className={styles.figure}>{changes}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {batches.length > shown && (
        <Button mt="xs" onClick={() => setShown(shown + STEPS_AT_ONCE)}>
          {t('sharing.moreSteps', { count: batches.length - shown })}
        </Button>
      )}
    </>
  );
}
