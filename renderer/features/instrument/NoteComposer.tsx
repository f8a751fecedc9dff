/** Where a new note is written. What has been typed stays until it is in the file, wherever the person goes meanwhile. */
import { Button } from '@mantine/core';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { refusalText } from '../../hooks/useRefusal.ts';
import { useInstrumentDetailStore } from '../../stores/instrumentDetailStore.ts';
import { Refusal } from './Fact.tsx';
import { langOf } from './langOf.ts';
import styles from './Notes.module.css';

export function NoteComposer({ instrumentId }: { instrumentId: string }) {
  const { t } = useTranslation();
  const draft = useInstrumentDetailStore((s) => s.drafts[instrumentId] ?? '');
  const { setDraft, addNote } = useInstrumentDetailStore.getState();
  const [refusal, setRefusal] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  // Shown from the first visit on: hiding it again would move what is being clicked below.
  const [isBegun, setBegun] = useState(draft !== '');
  const hintId = useId();
  const isEmpty = draft.trim() === '';

  const add = async () => {
    if (isEmpty || isBusy) return;
    setBusy(true);
    setRefusal(refusalText(await addNote(draft)));
    setBusy(false);
  };
  return (
    <form
      className={styles.composer}
      onSubmit={(event) => {
        event.preventDefault();
        void add();
      }}
    >
      <textarea
        className={styles.input}
        aria-label={t('instrument.noteNew')}
        aria-describedby={hintId}
        aria-keyshortcuts="Control+Enter"
        placeholder={t('instrument.notePlaceholder')}
        value={draft}
        dir="auto"
        lang={langOf(draft)}
        rows={2}
        onFocus={() => setBegun(true)}
        onChange={(event) => setDraft(instrumentId, event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
          event.preventDefault();
          void add();
        }}
      />
      <Refusal text={refusal} />
      <div className={styles.composerFoot} data-shown={isBegun || undefined}>
        <span id={hintId} className={styles.hint}>
          {t('instrument.noteKeys')}
        </span>
        <Button type="submit" variant="filled" disabled={isEmpty} loading={isBusy}>
          {t('instrument.noteAdd')}
        </Button>
      </div>
    </form>
  );
}
