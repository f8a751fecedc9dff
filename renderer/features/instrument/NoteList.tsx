/** Notes on an instrument: the composer, then what is pinned, then the newest first. */
import { useTranslation } from 'react-i18next';
import { useInstrumentDetailStore } from '../../stores/instrumentDetailStore.ts';
import { NoteComposer } from './NoteComposer.tsx';
import { NoteRow } from './NoteRow.tsx';
import styles from './Notes.module.css';
import { useIsReadOnly } from './useInstrument.ts';

export function NoteList({ instrumentId }: { instrumentId: string }) {
  const { t } = useTranslation();
  const isReadOnly = useIsReadOnly();
  const notes = useInstrumentDetailStore((s) => (s.id === instrumentId ? s.detail?.notes : undefined));
  return (
    <section className={styles.notes}>
      <h2>
        {t('instrument.notes')}{' '}
        {notes !== undefined && notes.length > 0 && <span className={styles.count}>{notes.length}</span>}
      </h2>
      {!isReadOnly && <NoteComposer key={instrumentId} instrumentId={instrumentId} />}
      {notes?.length === 0 && <p className={styles.empty}>{t('instrument.noNotes')}</p>}
      <ol className={styles.list}>
        {notes?.map((note) => (
          <NoteRow key={note.id} note={note} isReadOnly={isReadOnly} />
        ))}
      </ol>
    </section>
  );
}
