/** Persons: name, post, body, side, how to reach them, and what they own. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Body, Person } from '../../../shared/entities/person.ts';
import { foldedWords, foldText, hasWords } from '../../../shared/text/searchText.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { useSessionStore } from '../../stores/sessionStore.ts';
import { DeleteDialog } from './DeleteDialog.tsx';
import styles from './PeoplePage.module.css';
import { PersonRow } from './PersonRow.tsx';
import { addPerson, deletePerson } from './peopleActions.ts';
import { TableTools } from './TableTools.tsx';

interface PersonsTableProps {
  persons: readonly Person[];
  bodies: readonly Body[];
  owned: ReadonlyMap<string, number>;
}

export function PersonsTable({ persons, bodies, owned }: PersonsTableProps) {
  const { t } = useTranslation();
  const isReadOnly = useSessionStore((s) => s.file?.info.isReadOnly ?? true);
  const [sought, setSought] = useState('');
  const [deleting, setDeleting] = useState<Person | null>(null);
  const words = foldedWords(sought);
  const shown = [...persons]
    .filter(({ name, post, email }) => hasWords(foldText([name, post, email].join(' ')), words))
    .sort((a, b) => a.name.localeCompare(b.name));
  return (
    <>
      <TableTools
        findLabel={t('people.findPersons')}
        addLabel={t('people.addPerson')}
        sought={sought}
        onSeek={setSought}
        onAdd={addPerson}
        isReadOnly={isReadOnly}
      />
      {persons.length === 0 && <EmptyState text={t('people.emptyPersons')} />}
      {persons.length > 0 && shown.length === 0 && <EmptyState text={t('people.noMatch')} />}
      {shown.length > 0 && (
        <table className={`${styles.table} ${styles.persons}`} aria-label={t('people.persons')}>
          <thead>
            <tr>
              <th scope="col">{t('people.name')}</th>
              <th scope="col">{t('people.post')}</th>
              <th scope="col">{t('people.body')}</th>
              <th scope="col">{t('people.side')}</th>
              <th scope="col">{t('people.email')}</th>
              <th scope="col">{t('people.phone')}</th>
              <th scope="col" className={styles.count}>
                {t('people.owns')}
              </th>
              <th scope="col">
                <span className="visually-hidden">{t('people.actions')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map((person) => (
              <PersonRow
                key={person.id}
                person={person}
                bodies={bodies}
                owned={owned.get(person.id) ?? 0}
                isReadOnly={isReadOnly}
                onDelete={() => setDeleting(person)}
              />
            ))}
          </tbody>
        </table>
      )}
      {deleting && (
        <DeleteDialog
          title={t('people.deletePerson', { name: deleting.name })}
          name={deleting.name}
          remove={() => deletePerson(deleting.id)}
          onClose={() => setDeleting(null)}
        >
          <p>
            {owned.has(deleting.id) ? t('people.ownsSome', { count: owned.get(deleting.id) }) : t('people.ownsNothing')}
          </p>
        </DeleteDialog>
      )}
    </>
  );
}
