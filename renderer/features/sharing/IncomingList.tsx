/** Everything that comes in: where, and step by step who did what when. Folded while there is something to decide above. */
import { Button } from '@mantine/core';
import { startTransition, useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MergeOffer } from '../../../shared/api.ts';
import type { IncomingStep, MergeSummary } from '../../../shared/sharing.ts';
import { authorName, stepPlaceText } from '../../../shared/text/conflictText.ts';
import { shell } from '../../api/client.ts';
import { batchText } from '../../api/commands.ts';
import { When } from '../../components/When.tsx';
import { useSessionStore } from '../../stores/sessionStore.ts';
import styles from './SharingPage.module.css';

export function IncomingList({ merge, isDone = false }: { merge: MergeOffer; isDone?: boolean }) {
  const { t } = useTranslation();
  const { conflicts, changes, instruments } = merge.summary;
  const [isOpen, setOpen] = useState(conflicts === 0 || isDone);
  const words = isDone
    ? t('sharing.reportIncoming')
    : conflicts === 0
      ? t('sharing.incomingAll', { count: changes })
      : t('sharing.incoming', { count: Math.max(0, changes - conflicts) });
  return (
    <details className={styles.incoming} open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{words}</summary>
      <Where instruments={instruments} />
      {isOpen && <Steps merge={merge} />}
    </details>
  );
}

function Where({ instruments: { count, added, first } }: Pick<MergeSummary, 'instruments'>) {
  const { t } = useTranslation();
  if (count === 0) return null;
  return (
    <ul className={styles.where} aria-label={t('sharing.instruments')}>
      {first.map(({ id, number, title }) => (
        <li key={id}>
          <span className={`${styles.number} tabular`}>{number}</span>
          <bdi>{title}</bdi>
        </li>
      ))}
      {count > first.length && (
        <li className="quiet">{t('sharing.moreInstruments', { count: count - first.length })}</li>
      )}
      {added > 0 && <li className="quiet">{t('sharing.newInstruments', { count: added })}</li>}
    </ul>
  );
}

function Steps({ merge: { token, summary } }: { merge: MergeOffer }) {
  const { t } = useTranslation();
  const ownName = useSessionStore((s) => s.profile?.name ?? null);
  const [steps, setSteps] = useState<readonly IncomingStep[]>([]);
  const more = useCallback(
    async (offset: number) => {
      const page = await shell['merge.steps']({ token, offset });
      if (page.ok) startTransition(() => setSteps((before) => [...before.slice(0, offset), ...page.value.steps]));
    },
    [token],
  );
  useEffect(() => void more(0), [more]);
  return (
    <>
      <table className={styles.steps}>
        <thead>
          <tr>
            <th scope="col">{t('sharing.when')}</th>
            <th scope="col">{t('sharing.by')}</th>
            <th scope="col">{t('sharing.byInstrument')}</th>
            <th scope="col">{t('sharing.what')}</th>
            <th scope="col" className={styles.figure}>
              {t('sharing.howMuch')}
            </th>
          </tr>
        </thead>
        <tbody>
          {steps.map((step) => (
            <tr key={`${step.replica}:${step.seq}`}>
              <td>
                <When atMs={step.at} />
              </td>
              <td>
                <bdi>{authorName(t, step.author, ownName)}</bdi>
              </td>
              <td>
                <bdi>{stepPlaceText(t, step)}</bdi>
              </td>
              <td>{batchText(step.label)}</td>
              <td className={styles.figure}>{step.changes}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {summary.steps > steps.length && (
        <Button mt="xs" onClick={() => void more(steps.length)}>
          {t('sharing.moreSteps', { count: summary.steps - steps.length })}
        </Button>
      )}
    </>
  );
}
