/** Above a table: find by name, and add by name. The new row is then filled in where it stands. */
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Reply } from '../../../shared/rpc/messages.ts';
import { refusalText } from '../../hooks/useRefusal.ts';
import styles from './PeoplePage.module.css';

interface TableToolsProps {
  findLabel: string;
  addLabel: string;
  sought: string;
  onSeek: (text: string) => void;
  onAdd: (name: string) => Promise<Reply<unknown>>;
  isReadOnly: boolean;
}

export function TableTools({ findLabel, addLabel, sought, onSeek, onAdd, isReadOnly }: TableToolsProps) {
  const { t } = useTranslation();
  const [name, setName] = useState('');
  const [refusal, setRefusal] = useState<string | null>(null);
  const add = async () => {
    if (name.trim() === '') return;
    const text = refusalText(await onAdd(name));
    setRefusal(text);
    if (text === null) {
      setName('');
      onSeek('');
    }
  };
  return (
    <div className={styles.tools}>
      <input
        className={styles.input}
        type="search"
        aria-label={findLabel}
        placeholder={findLabel}
        value={sought}
        dir="auto"
        onChange={(event) => onSeek(event.target.value)}
      />
      {!isReadOnly && (
        <form
          className={styles.addForm}
          onSubmit={(event) => {
            event.preventDefault();
            void add();
          }}
        >
          <input
            className={styles.input}
            aria-label={`${addLabel}: ${t('people.nameOfNew')}`}
            placeholder={addLabel}
            value={name}
            dir="auto"
            onChange={(event) => setName(event.target.value)}
          />
          <Button type="submit" variant="filled" disabled={name.trim() === ''}>
            {t('people.add')}
          </Button>
          {refusal && (
            <span role="alert" className={styles.refusal}>
              {refusal}
            </span>
          )}
        </form>
      )}
    </div>
  );
}
