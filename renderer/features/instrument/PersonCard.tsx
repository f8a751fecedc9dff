/** How to reach a person: name, post, e-mail, phone, each edited where it stands. */
import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Person } from '../../../shared/entities/person.ts';
import { fileClient } from '../../api/client.ts';
import { InlineEdit } from '../../components/InlineEdit.tsx';
import { refusalText } from '../../hooks/useRefusal.ts';
import { usePeopleStore } from '../../stores/peopleStore.ts';
import { useUiStore } from '../../stores/uiStore.ts';
import { write } from '../../stores/write.ts';
import styles from './InstrumentPage.module.css';

const FIELDS = ['post', 'email', 'phone'] as const;

export function PersonCard({ person, isReadOnly }: { person: Person; isReadOnly: boolean }) {
  const { t } = useTranslation();
  const bodyName = usePeopleStore((s) => (person.bodyId === null ? null : (s.bodyById[person.bodyId]?.name ?? null)));
  const save = async (field: 'name' | (typeof FIELDS)[number], text: string) => {
    const value = text.trim() === '' && field !== 'name' ? null : text;
    const reply = await write(() => fileClient['person.edit']({ id: person.id, fields: { [field]: value } }));
    if (reply.ok) await usePeopleStore.getState().load();
    return refusalText(reply);
  };
  return (
    <div>
      <h2 className={styles.personName}>
        <InlineEdit
          label={t('field.name')}
          value={person.name}
          emptyText={t('instrument.write')}
          isDisabled={isReadOnly}
          onSave={(text) => save('name', text)}
        />
      </h2>
      <dl className={styles.rows}>
        {FIELDS.map((field) => (
          <div key={field} className={styles.row}>
            <dt>{t(`field.${field}`)}</dt>
            <dd>
              <InlineEdit
                label={t(`field.${field}`)}
                value={person[field] ?? ''}
                emptyText={t(isReadOnly ? 'instrument.none' : 'instrument.write')}
                isDisabled={isReadOnly}
                onSave={(text) => save(field, text)}
              />
            </dd>
          </div>
        ))}
        {bodyName && (
          <div className={styles.row}>
            <dt>{t('field.bodyId')}</dt>
            <dd dir="auto">{bodyName}</dd>
          </div>
        )}
      </dl>
      <Button
        className={styles.cardFoot}
        variant="subtle"
        color="accent"
        onClick={() => useUiStore.getState().go({ page: 'people' })}
      >
        {t('instrument.openPeople')}
      </Button>
    </div>
  );
}
