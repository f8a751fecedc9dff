/** One note: author and day in the margin, the text as it was written, and what can be done with it. */
import { Button } from '@mantine/core';
import { IconPinFilled } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Note } from '../../../shared/entities/note.ts';
import { formatDateTime } from '../../../shared/text/formatDate.ts';
import { undoBatch } from '../../api/commands.ts';
import { When } from '../../components/When.tsx';
import { refusalText } from '../../hooks/useRefusal.ts';
import { useInstrumentDetailStore } from '../../stores/instrumentDetailStore.ts';
import { useUiStore } from '../../stores/uiStore.ts';
import { errorText } from '../../text/i18n.ts';
import { FieldConflict } from '../sharing/FieldConflict.tsx';
import { Refusal } from './Fact.tsx';
import { langOf } from './langOf.ts';
import { NoteEditor } from './NoteEditor.tsx';
import styles from './Notes.module.css';

export function NoteRow({ note, isReadOnly }: { note: Note; isReadOnly: boolean }) {
  const { t } = useTranslation();
  const isEditing = useInstrumentDetailStore((s) => s.drafts[note.id] !== undefined);
  const { setDraft, pinNote, deleteNote } = useInstrumentDetailStore.getState();
  const { tell, tellProblem } = useUiStore.getState();
  const [refusal, setRefusal] = useState<string | null>(null);
  const author = note.author ?? t('instrument.unknownAuthor');
  const when = formatDateTime(note.writtenAt, t('locale'));
  const labelOf = (what: string) => t('instrument.noteOf', { what, author, when });

  const pin = async () => setRefusal(refusalText(await pinNote(note.id, note.isPinned === 0)));
  const remove = async () => {
    const reply = await deleteNote(note.id);
    if (!reply.ok) return tellProblem(errorText(reply.error));
    const { batch } = reply.value;
    if (batch) tell(t('instrument.noteDeleted'), { label: t('window.undo'), run: () => void undoBatch(batch) });
  };

  const actions = [
    { what: t(note.isPinned ? 'instrument.noteUnpin' : 'instrument.notePin'), run: () => void pin() },
    { what: t('instrument.noteEdit'), run: () => setDraft(note.id, note.text) },
    { what: t('instrument.noteDelete'), run: () => void remove() },
  ];
  return (
    <li className={styles.note}>
      <div className={styles.margin}>
        <div className={styles.author}>
          <bdi>{author}</bdi>
        </div>
        <div className={styles.day}>
          <When atMs={note.writtenAt} />
        </div>
        <FieldConflict entity="note" id={note.id} field="text" />
        {note.isPinned === 1 && (
          <div className={styles.pinned}>
            <IconPinFilled size={12} aria-hidden="true" /> {t('instrument.notePinned')}
          </div>
        )}
      </div>
      <div className={styles.body}>
        {isEditing ? (
          <NoteEditor note={note} />
        ) : (
          <>
            <p className={styles.text} dir="auto" lang={langOf(note.text)}>
              {note.text}
            </p>
            {!isReadOnly && (
              <div className={styles.actions}>
                {actions.map(({ what, run }) => (
                  <Button
                    key={what}
                    size="compact-xs"
                    variant="subtle"
                    color="accent"
                    aria-label={labelOf(what)}
                    onClick={run}
                  >
                    {what}
                  </Button>
                ))}
              </div>
            )}
          </>
        )}
        <Refusal text={refusal} />
      </div>
    </li>
  );
}
