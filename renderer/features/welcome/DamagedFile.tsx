/** What is left of a file that cannot be opened any more, and the ways back to work: a backup, or what can still be read. */
import { Button, Checkbox, Loader } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DamagedFile as Damaged } from '../../../shared/api.ts';
import type { BackupEntry, Damage, Salvaged } from '../../../shared/safekeeping.ts';
import { formatDateTime } from '../../../shared/text/formatDate.ts';
import type { Translate } from '../../../shared/text/translator.ts';
import { shell } from '../../api/client.ts';
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx';
import { useSessionStore } from '../../stores/sessionStore.ts';
import { useUiStore } from '../../stores/uiStore.ts';
import { errorText } from '../../text/i18n.ts';
import { BackupTable, ChangesBy } from '../sharing/BackupTable.tsx';
import styles from './DamagedFile.module.css';

export function DamagedFile() {
  const { t } = useTranslation();
  const { damaged, survey, problem, setProblem } = useDamage();
  const [restoring, setRestoring] = useState<BackupEntry | null>(null);
  if (damaged === null) return null;
  const backups = survey?.backups ?? damaged.backups;
  // None of ours, and never was: there is nothing to offer.
  if (backups.length === 0 && !survey?.salvage) return null;

  const since = (backup: BackupEntry) => {
    if (survey === null) return <span className="quiet">…</span>;
    if (survey.salvage === null) return <span className="quiet">{t('damage.unknown')}</span>;
    return <ChangesBy shares={backup.since} none={t('damage.nothing')} />;
  };
  return (
    <section className={styles.damage} aria-labelledby="damage">
      <h2 id="damage">
        <bdi>{t('damage.title', { name: damaged.name })}</bdi>
      </h2>
      <p className="quiet">
        <bdi>{damaged.folder}</bdi>
      </p>
      <p>{t('damage.kept')}</p>
      {problem && (
        <p role="alert" className={styles.problem}>
          {problem}
        </p>
      )}
      <h3 id="damage-backups">{t('damage.backups')}</h3>
      <p className="quiet">{t(backups.length === 0 ? 'damage.backupsNone' : 'damage.backupsText')}</p>
      <BackupTable
        backups={backups}
        labelledBy="damage-backups"
        sinceTitle={t('damage.wouldBeMissing')}
        since={since}
        onRestore={setRestoring}
      />
      <h3>{t('damage.salvage')}</h3>
      {survey === null ? (
        <p role="status" className={styles.busy}>
          <Loader size={16} color="accent" />
          {t('damage.looking')}
        </p>
      ) : (
        <Readable survey={survey} token={damaged.token} onRefused={setProblem} />
      )}
      {/* Its entry as it is by now: what can be read may have become known since it was chosen. */}
      {restoring && (
        <RestoreDialog
          damaged={damaged}
          backup={backups.find(({ id }) => id === restoring.id) ?? restoring}
          isSurveyed={survey !== null}
          onClose={() => setRestoring(null)}
          onRefused={setProblem}
        />
      )}
    </section>
  );
}

/** The damaged file with its backups at once; what can be read of it takes longer. */
function useDamage() {
  const [damaged, setDamaged] = useState<Damaged | null>(null);
  const [survey, setSurvey] = useState<Damage | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    let isCurrent = true;
    const look = async () => {
      const found = await shell['damage.find']({});
      if (!isCurrent || !found.ok || found.value.damaged === null) return;
      setDamaged(found.value.damaged);
      const looked = await shell['damage.survey']({ token: found.value.damaged.token });
      if (!isCurrent) return;
      if (looked.ok) setSurvey(looked.value);
      else setProblem(errorText(looked.error));
    };
    void look();
    return () => {
      isCurrent = false;
    };
  }, []);
  return { damaged, survey, problem, setProblem };
}

interface ReadableProps {
  survey: Damage;
  token: string;
  onRefused: (text: string | null) => void;
}

function Readable({ survey: { backups, salvage }, token, onRefused }: ReadableProps) {
  const { t } = useTranslation();
  const [isBusy, setBusy] = useState(false);
  if (salvage === null) return <p className="quiet">{t('damage.salvageNone')}</p>;
  const { counts, missing } = salvage;
  const latest = backups.find((backup) => backup.counts !== null);
  const save = async () => {
    setBusy(true);
    onRefused(null);
    const reply = await shell['damage.salvage']({ token });
    setBusy(false);
    if (!reply.ok) return onRefused(errorText(reply.error));
    if (reply.value.file === null) return;
    useSessionStore.getState().fileOpened(reply.value.file);
    useUiStore.getState().tell(t(isWhole(reply.value.missing) ? 'damage.salvagedWhole' : 'damage.salvaged'));
  };
  return (
    <>
      <p>
        {t('damage.holds', {
          instruments: t('damage.instruments', { count: counts.instruments }),
          notes: t('damage.notes', { count: counts.notes }),
        })}
      </p>
      <p className={isWhole(missing) ? undefined : styles.missing}>
        {isWhole(missing) ? t('damage.ownCountNone') : t('damage.ownCount', { what: missingText(t, missing) })}
      </p>
      {latest && (
        <p className={latest.onlyHere.changes === 0 ? undefined : styles.missing}>
          {latest.onlyHere.changes === 0
            ? t('damage.backupHasNothing')
            : t('damage.backupHas', { count: latest.onlyHere.changes })}
        </p>
      )}
      {latest && latest.onlyHere.changes > 0 && <p className="quiet">{t('damage.both')}</p>}
      <Button mt="sm" loading={isBusy} onClick={() => void save()}>
        {t('damage.salvageSave')}
      </Button>
    </>
  );
}

/** "2 steps and 5 values"; of steps that are lost as a whole nobody knows how many values they had. */
function missingText(t: Translate, { batches, changes }: Salvaged['missing']): string {
  const steps = t('sharing.steps', { count: batches });
  const values = t('sharing.values', { count: changes });
  if (changes === 0) return steps;
  return batches === 0 ? values : t('sharing.and', { first: steps, last: values });
}

const isWhole = (missing: Salvaged['missing'] | null): boolean =>
  missing !== null && missing.batches === 0 && missing.changes === 0;

interface RestoreDialogProps {
  damaged: Damaged;
  backup: BackupEntry;
  /** It is known what can be read, and so how much of it the backup has not. */
  isSurveyed: boolean;
  onClose: () => void;
  onRefused: (text: string) => void;
}

function RestoreDialog({ damaged: { token, name }, backup, isSurveyed, onClose, onRefused }: RestoreDialogProps) {
  const { t } = useTranslation();
  const when = formatDateTime(backup.at, t('locale'));
  const readable = backup.since.reduce((sum, share) => sum + share.changes, 0);
  const canAdd = readable > 0 || !isSurveyed;
  const [isAdding, setAdding] = useState(true);
  const restore = async () => {
    const reply = await shell['damage.restore']({ token, id: backup.id, addReadable: canAdd && isAdding });
    onClose();
    if (!reply.ok) return onRefused(errorText(reply.error));
    const { file, aside, added, problem } = reply.value;
    useSessionStore.getState().fileOpened(file);
    const { tell, tellProblem } = useUiStore.getState();
    const said = t('damage.restored', { when, aside });
    tell(added > 0 ? `${said} ${t('damage.added', { count: added })}` : said);
    if (problem) tellProblem(errorText(problem));
  };
  return (
    <ConfirmDialog
      title={t('damage.restoreTitle', { when })}
      verb={t('sharing.backupRestore')}
      onCancel={onClose}
      onConfirm={restore}
    >
      <p>
        <bdi>{t('damage.restoreText', { name })}</bdi>
      </p>
      {canAdd && (
        <Checkbox
          mt="md"
          label={isSurveyed ? t('damage.addReadable', { count: readable }) : t('damage.addWhatever')}
          description={t('damage.addReadableHint')}
          checked={isAdding}
          onChange={(event) => setAdding(event.currentTarget.checked)}
        />
      )}
    </ConfirmDialog>
  );
}
