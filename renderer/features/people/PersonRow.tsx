/** One person as a row whose every cell is edited where it stands. */
import { useTranslation } from 'react-i18next';
import type { Body, Person } from '../../../shared/entities/person.ts';
import { ChoiceField } from '../../components/ChoiceField.tsx';
import { useRefusal } from '../../hooks/useRefusal.ts';
import { bodyOptions } from '../instrument/bodyOptions.ts';
import { CellRefusal, CountCell, DeleteCell, SideCell, TextCell } from './cells.tsx';
import styles from './PeoplePage.module.css';
import { addBody, editPerson } from './peopleActions.ts';

interface PersonRowProps {
  person: Person;
  bodies: readonly Body[];
  owned: number;
  isReadOnly: boolean;
  onDelete: () => void;
}

export function PersonRow({ person, bodies, owned, isReadOnly, onDelete }: PersonRowProps) {
  const { t } = useTranslation();
  const labelOf = (field: string) => t('people.fieldOf', { field, name: person.name });
  const edit = (fields: Parameters<typeof editPerson>[1]) => editPerson(person.id, fields);
  return (
    <tr>
      <th scope="row">
        <TextCell
          label={labelOf(t('people.name'))}
          value={person.name}
          isReadOnly={isReadOnly}
          isRequired
          onSave={(name) => edit({ name: name ?? '' })}
        />
      </th>
      <td>
        <TextCell
          label={labelOf(t('people.post'))}
          value={person.post}
          isReadOnly={isReadOnly}
          onSave={(post) => edit({ post })}
        />
      </td>
      <td>
        <BodyCell label={labelOf(t('people.body'))} person={person} bodies={bodies} isReadOnly={isReadOnly} />
      </td>
      <td>
        <SideCell
          label={labelOf(t('people.side'))}
          side={person.side}
          isReadOnly={isReadOnly}
          onSave={(side) => edit({ side })}
        />
      </td>
      <td>
        <TextCell
          label={labelOf(t('people.email'))}
          value={person.email}
          isReadOnly={isReadOnly}
          onSave={(email) => edit({ email })}
        />
      </td>
      <td>
        <TextCell
          label={labelOf(t('people.phone'))}
          value={person.phone}
          isReadOnly={isReadOnly}
          onSave={(phone) => edit({ phone })}
        />
      </td>
      <td className={styles.count}>
        <CountCell
          count={owned}
          label={t('people.ownsCount', { name: person.name, count: owned })}
          filter={{ ownerIds: [person.id] }}
        />
      </td>
      <td className={styles.action}>{!isReadOnly && <DeleteCell name={person.name} onDelete={onDelete} />}</td>
    </tr>
  );
}

const NO_BODY = '';

interface BodyCellProps {
  label: string;
  person: Person;
  bodies: readonly Body[];
  isReadOnly: boolean;
}

function BodyCell({ label, person, bodies, isReadOnly }: BodyCellProps) {
  const { t } = useTranslation();
  const { refusal, run } = useRefusal();
  const options = bodyOptions(t, bodies, person.side);
  if (person.bodyId !== null) options.unshift({ value: NO_BODY, label: t('people.noBody') });
  const create = async (name: string) => {
    const created = await addBody(name);
    await run(created.ok ? editPerson(person.id, { bodyId: created.value.id }) : Promise.resolve(created));
  };
  return (
    <>
      <ChoiceField
        label={label}
        options={options}
        chosen={person.bodyId === null ? [] : [person.bodyId]}
        emptyText={person.bodyId === null ? t(isReadOnly ? 'people.none' : 'people.choose') : t('window.removedBody')}
        isDisabled={isReadOnly}
        searchLabel={t('people.findBody')}
        creating={{ label: (name) => t('people.newBody', { name }), run: (name) => void create(name) }}
        onPick={(id) => void run(editPerson(person.id, { bodyId: id === NO_BODY ? null : id }))}
      />
      <CellRefusal text={refusal} />
    </>
  );
}
