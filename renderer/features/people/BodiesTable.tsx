/** Bodies: name, short name, side, and what they lead. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Body, Person } from '../../../shared/entities/person.ts';
import { foldedWords, foldText, hasWords } from '../../../shared/text/searchText.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { useSessionStore } from '../../stores/sessionStore.ts';
import { CountCell, DeleteCell, SideCell, TextCell } from './cells.tsx';
import { DeleteDialog } from './DeleteDialog.tsx';
import styles from './PeoplePage.module.css';
import { addBody, deleteBody, editBody } from './peopleActions.ts';
import { TableTools } from './TableTools.tsx';

interface BodiesTableProps {
  bodies: readonly Body[];
  persons: readonly Person[];
  led: ReadonlyMap<string, number>;
}

export function BodiesTable({ bodies, persons, led }: BodiesTableProps) {
  const { t } = useTranslation();
  const isReadOnly = useSessionStore((s) => s.file?.info.isReadOnly ?? true);
  const [sought, setSought] = useState('');
  const [deleting, setDeleting] = useState<Body | null>(null);
  const words = foldedWords(sought);
  const shown = [...bodies]
    .filter(({ name, shortName }) => hasWords(foldText([name, shortName].join(' ')), words))
    .sort((a, b) => a.name.localeCompare(b.name));
  const members = persons.filter(({ bodyId }) => bodyId === deleting?.id).length;
  return (
    <>
      <TableTools
        findLabel={t('people.findBodies')}
        addLabel={t('people.addBody')}
        sought={sought}
        onSeek={setSought}
        onAdd={addBody}
        isReadOnly={isReadOnly}
      />
      {bodies.length === 0 && <EmptyState text={t('people.emptyBodies')} />}
      {bodies.length > 0 && shown.length === 0 && <EmptyState text={t('people.noMatch')} />}
      {shown.length > 0 && (
        <table className={`${styles.table} ${styles.bodies}`} aria-label={t('people.bodies')}>
          <thead>
            <tr>
              <th scope="col">{t('people.name')}</th>
              <th scope="col">{t('people.shortName')}</th>
              <th scope="col">{t('people.side')}</th>
              <th scope="col" className={styles.count}>
                {t('people.leads')}
              </th>
              <th scope="col">
                <span className="visually-hidden">{t('people.actions')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map((body) => (
              <BodyRow
                key={body.id}
                body={body}
                led={led.get(body.id) ?? 0}
                isReadOnly={isReadOnly}
                onDelete={() => setDeleting(body)}
              />
            ))}
          </tbody>
        </table>
      )}
      {deleting && (
        <DeleteDialog
          title={t('people.deleteBody', { name: deleting.name })}
          name={deleting.name}
          remove={() => deleteBody(deleting.id)}
          onClose={() => setDeleting(null)}
        >
          <p>
            {led.has(deleting.id) ? t('people.leadsSome', { count: led.get(deleting.id) }) : t('people.leadsNothing')}
          </p>
          {members > 0 && <p>{t('people.members', { count: members })}</p>}
        </DeleteDialog>
      )}
    </>
  );
}

interface BodyRowProps {
  body: Body;
  led: number;
  isReadOnly: boolean;
  onDelete: () => void;
}

function BodyRow({ body, led, isReadOnly, onDelete }: BodyRowProps) {
  const { t } = useTranslation();
  const labelOf = (field: string) => t('people.fieldOf', { field, name: body.name });
  return (
    <tr>
      <th scope="row">
        <TextCell
          label={labelOf(t('people.name'))}
          value={body.name}
          isReadOnly={isReadOnly}
          isRequired
          onSave={(name) => editBody(body.id, { name: name ?? '' })}
        />
      </th>
      <td>
        <TextCell
          label={labelOf(t('people.shortName'))}
          value={body.shortName}
          isReadOnly={isReadOnly}
          onSave={(shortName) => editBody(body.id, { shortName })}
        />
      </td>
      <td>
        <SideCell
          label={labelOf(t('people.side'))}
          side={body.side}
          isReadOnly={isReadOnly}
          onSave={(side) => editBody(body.id, { side })}
        />
      </td>
      <td className={styles.count}>
        <CountCell
          count={led}
          label={t('people.leadsCount', { name: body.name, count: led })}
          filter={{ bodyIds: [body.id] }}
        />
      </td>
      <td className={styles.action}>{!isReadOnly && <DeleteCell name={body.name} onDelete={onDelete} />}</td>
    </tr>
  );
}
