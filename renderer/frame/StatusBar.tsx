/** Present only while there is something to say about the file as a whole, with what can be done about it. */
import { UnstyledButton } from '@mantine/core';
import { memo, type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FileInfo } from '../../shared/api.ts';
import type { FilePlace } from '../../shared/safekeeping.ts';
import { formatDateTime } from '../../shared/text/formatDate.ts';
import { shell } from '../api/client.ts';
import { takeCopyOrTell } from '../stores/copies.ts';
import { leaveCopyOrTell } from '../stores/secondCopy.ts';
import { useSessionStore } from '../stores/sessionStore.ts';
import { useUiStore } from '../stores/uiStore.ts';
import styles from './StatusBar.module.css';

export const StatusBar = memo(function StatusBar() {
  const { t } = useTranslation();
  const isLost = useSessionStore((s) => s.isDatabaseLost);
  const file = useSessionStore((s) => s.file);
  const isDamaged = useSessionStore((s) => s.damage !== null);
  const { place, forget } = usePlace();
  if (isLost)
    return (
      <div className={`${styles.bar} ${styles.lost}`} role="alert">
        {t('window.databaseLost')}
      </div>
    );
  if (file === null) return null;
  const { info, cameFrom } = file;
  const lines = [
    isDamaged && <Damaged key="damaged" />,
    info.readOnlyReason && <ReadOnly key="read-only" info={info} reason={info.readOnlyReason} cameFrom={cameFrom} />,
    info.restriction && <Restricted key="part" restriction={info.restriction} />,
    place && !info.isReadOnly && <Place key="place" place={place} onLeave={forget} />,
  ].filter(Boolean);
  if (lines.length === 0) return null;
  return (
    <div className={styles.bar} role="status">
      {lines}
    </div>
  );
});

function Line({ text, children }: { text: string; children?: ReactNode }) {
  return (
    <div className={styles.line}>
      <span dir="auto">{text}</span>
      {children}
    </div>
  );
}

const Offer = ({ label, run }: { label: string; run: () => void }) => (
  <UnstyledButton className={styles.offer} onClick={run}>
    {label}
  </UnstyledButton>
);

function Damaged() {
  const { t } = useTranslation();
  const see = () => useUiStore.getState().openDialog({ kind: 'damaged' });
  return (
    <Line text={t('damage.atWork')}>
      <Offer label={t('damage.seeWhatIsLeft')} run={see} />
    </Line>
  );
}

interface ReadOnlyProps {
  info: FileInfo;
  reason: NonNullable<FileInfo['readOnlyReason']>;
  cameFrom: string | null;
}

function ReadOnly({ info, reason, cameFrom }: ReadOnlyProps) {
  const { t } = useTranslation();
  const { lockedBy } = info;
  const text =
    reason === 'busy' && lockedBy
      ? t('sharing.lockedBy', { ...lockedBy, when: formatDateTime(lockedBy.since, t('locale')) })
      : t('window.readOnly', { reason: t(`readOnlyReasons.${reason}`) });
  return (
    <Line text={text}>
      {/* What a newer version wrote, this one cannot copy whole. */}
      {reason !== 'newer-version' && reason !== 'looking' && (
        <Offer
          label={t(reason === 'busy' ? 'sharing.takeCopy' : 'sharing.takeOwn')}
          run={() => void takeCopyOrTell()}
        />
      )}
      {cameFrom !== null && (
        <Offer label={t('sharing.backTo', { name: cameFrom })} run={() => void leaveCopyOrTell()} />
      )}
    </Line>
  );
}

function Restricted({ restriction }: { restriction: NonNullable<FileInfo['restriction']> }) {
  const { t } = useTranslation();
  const { instruments, of } = restriction;
  return <Line text={t('sharing.restricted', { count: instruments, what: of.join(', ') })} />;
}

function Place({ place, onLeave }: { place: Exclude<FilePlace, { kind: 'local' }>; onLeave: () => void }) {
  const { t } = useTranslation();
  const text =
    place.kind === 'cloud' ? t('sharing.place.cloud', { service: place.service }) : t(`sharing.place.${place.kind}`);
  return (
    <Line text={text}>
      <Offer label={t('sharing.workLocally')} run={() => void takeCopyOrTell()} />
      <Offer label={t('sharing.placeLater')} run={onLeave} />
    </Line>
  );
}

/** Where the open file lies, when that is a bad place to write in and nobody has said "not now". */
function usePlace() {
  const where = useSessionStore((s) => (s.file ? `${s.file.folder}/${s.file.name}` : null));
  const [place, setPlace] = useState<Exclude<FilePlace, { kind: 'local' }> | null>(null);
  useEffect(() => {
    let isCurrent = true;
    setPlace(null);
    if (where !== null)
      void shell['file.place']({}).then((reply) => {
        if (isCurrent && reply?.ok && reply.value.kind !== 'local') setPlace(reply.value);
      });
    return () => {
      isCurrent = false;
    };
  }, [where]);
  return { place, forget: () => setPlace(null) };
}
