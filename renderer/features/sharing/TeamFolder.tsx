/** The team's folder: whether this file is exchanged there, who takes part and has what, and what is in the way. */
import { Button, Loader } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ExchangeParticipant, ExchangeProblem, ExchangeStatus } from '../../../shared/exchange.ts';
import type { Reply } from '../../../shared/rpc/messages.ts';
import type { Translate } from '../../../shared/text/translator.ts';
import { fileClient, onExchanged, shell } from '../../api/client.ts';
import { When } from '../../components/When.tsx';
import { useUiStore } from '../../stores/uiStore.ts';
import { errorText } from '../../text/i18n.ts';
import styles from './SharingPage.module.css';

export function TeamFolder({ isReadOnly }: { isReadOnly: boolean }) {
  const { t } = useTranslation();
  const [status, setStatus] = useState<ExchangeStatus | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  useEffect(() => {
    let isCurrent = true;
    void fileClient['exchange.status']({}).then((reply) => {
      if (isCurrent && reply.ok) setStatus(reply.value);
    });
    const stop = onExchanged(setStatus);
    return () => {
      isCurrent = false;
      stop();
    };
  }, []);

  const take = (reply: Reply<ExchangeStatus | null>): boolean => {
    setRefusal(reply.ok ? null : errorText(reply.error));
    if (!reply.ok || reply.value === null) return false;
    setStatus(reply.value);
    return true;
  };
  const choose = async () => {
    const reply = await shell['exchange.chooseFolder']({});
    take(reply.ok ? { ok: true, value: reply.value.status } : reply);
  };
  const stopExchanging = async () => {
    if (take(await fileClient['exchange.stop']({}))) useUiStore.getState().tell(t('exchange.stopped'));
  };

  return (
    <section className={styles.block} aria-labelledby="sharing-folder">
      <h2 id="sharing-folder">{t('exchange.title')}</h2>
      <p className={styles.explain}>{t('exchange.text')}</p>
      {refusal && (
        <p role="alert" className={styles.problem}>
          {refusal}
        </p>
      )}
      {status !== null && status.folder === null && !isReadOnly && (
        <Button onClick={() => void choose()}>{t('exchange.choose')}</Button>
      )}
      {status !== null && status.folder !== null && (
        <>
          <StateLine status={status} folder={status.folder} />
          {status.problems.map((problem) => (
            <p key={`${problem.code} ${problem.file}`} className={styles.problem}>
              {problemText(t, problem)} {t('exchange.since', { when: '' })}
              <When atMs={problem.since} />
            </p>
          ))}
          <div className={styles.actions}>
            <Button disabled={status.isBusy} onClick={async () => take(await fileClient['exchange.now']({}))}>
              {t('exchange.now')}
            </Button>
            <Button variant="subtle" onClick={() => void stopExchanging()}>
              {t('exchange.stop')}
            </Button>
          </div>
          <Participants participants={status.participants} />
        </>
      )}
    </section>
  );
}

function StateLine({ status, folder }: { status: ExchangeStatus; folder: string }) {
  const { t } = useTranslation();
  return (
    <p role="status" className={styles.explain}>
      {t('exchange.folder', { name: folder })}
      {'. '}
      {status.isBusy && (
        <>
          <Loader size={12} color="accent" /> {t('exchange.busy')}{' '}
        </>
      )}
      {status.unpublished === 0 ? t('exchange.allPublished') : t('exchange.unpublished', { count: status.unpublished })}
      {'. '}
      {status.readAt !== null && (
        <>
          {t('exchange.readAt', { when: '' })}
          <When atMs={status.readAt} />
          {', '}
          {status.wroteAt === null ? (
            t('exchange.neverWrote')
          ) : (
            <>
              {t('exchange.wroteAt', { when: '' })}
              <When atMs={status.wroteAt} />
            </>
          )}
          .
        </>
      )}
    </p>
  );
}

function Participants({ participants }: { participants: readonly ExchangeParticipant[] }) {
  const { t } = useTranslation();
  const others = participants.filter(({ isMe }) => !isMe);
  if (others.length === 0) return <p className={styles.explain}>{t('exchange.alone')}</p>;
  return (
    <table className={styles.steps} aria-labelledby="sharing-folder">
      <thead>
        <tr>
          <th scope="col">{t('exchange.participant')}</th>
          <th scope="col">{t('exchange.lastSeen')}</th>
          <th scope="col">{t('exchange.hasOfMine')}</th>
          <th scope="col">{t('exchange.hasOfTheirs')}</th>
        </tr>
      </thead>
      <tbody>
        {others.map((other) => (
          <tr key={other.id}>
            <td dir="auto">{[other.name ?? t('exchange.nobody'), other.post].filter(Boolean).join(', ')}</td>
            <td>
              <When atMs={other.lastSeenAt} />
            </td>
            <td className="tabular">{shareText(t, other.ofMine)}</td>
            <td className="tabular">{shareText(t, other.ofTheirs)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const shareText = (t: Translate, { has, of }: ExchangeParticipant['ofMine']): string =>
  has === of ? t('exchange.all') : t('exchange.share', { has, of });

function problemText(t: Translate, { code, file, name }: ExchangeProblem): string {
  const words = { file: file ?? '', name: name ?? t('exchange.nobody') };
  return code === 'damaged' && name !== null
    ? t('exchange.problems.damagedOf', words)
    : t(`exchange.problems.${code}`, words);
}
