/** The text of a note while it is edited: Ctrl+Enter keeps it, Esc leaves it as it was. */
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Note } from '../../../shared/entities/note.ts';
import { refusalText } from '../../hooks/useRefusal.ts';
import { useInstrumentDetailStore } from '../../stores/instrumentDetailStore.ts';
import { Refusal } from './Fact.tsx';
import { langOf } from './langOf.ts';
import styles from './Notes.module.css';

export function NoteEditor({ note }: { note: Note }) {
  const { t } = useTranslation();
  const draft = useInstrumentDetailStore((s) => s.drafts[note.id] ?? note.text);
  const { setDraft, editNote } = useInstrumentDetailStore.getState();
  const [refusal, setRefusal] = useState<string | null>(null);

  const leave = () => setDraft(note.id, null);
  const save = async () => {
    if (draft.trim() === note.text.trim()) return leave();
    setRefusal(refusalText(await editNote(note.id, draft)));
  };
  return (
    <div>
      <textarea
        className={styles.input}
        aria-label={t('instrument.noteText')}
        value={draft}
        dir="auto"
        lang={langOf(draft)}
        // biome-ignore lint/a11y/noAutofocus: the person has just asked to edit this very text
        autoFocus
        rows={2}
        onChange={(event) => setDraft(note.id, event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') {
            event.stopPropagation();
            leave();
          } else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
            event.preventDefault();
            void save();
          }
        }}
      />
      <Refusal text={refusal} />
      <div className={styles.editorFoot}>
        <Button onClick={leave}>{t('instrument.noteCancel')}</Button>
        <Button variant="filled" onClick={() => void save()}>
          {t('instrument.noteSave')}
        </Button>
      </div>
    </div>
  );
}
