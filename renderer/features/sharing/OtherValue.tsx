/** Where another value is written than those that stand against each other: by the field's own kind of editor. */
import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type CivilDate, isCivilDate } from '../../../shared/civilDate.ts';
import type { Conflict, Decision } from '../../../shared/sharing.ts';
import {
  CHOICES,
  conflictField,
  decisionText,
  kindOfField,
  OPTIONAL_CHOICES,
} from '../../../shared/text/conflictText.ts';
import { ChoiceField } from '../../components/ChoiceField.tsx';
import { DateField } from '../../components/DateField.tsx';
import type { Option } from '../../components/OptionList.tsx';
import { usePeopleStore } from '../../stores/peopleStore.ts';
import styles from './Conflict.module.css';

interface OtherValueProps {
  conflict: Conflict;
  value: Decision['value'];
  onChange: (value: Decision['value']) => void;
}

export function OtherValue({ conflict, value, onChange }: OtherValueProps) {
  const { t } = useTranslation();
  const { field } = conflict;
  const label = conflictField(t, field);
  const written = value === null ? '' : String(value);
  switch (kindOfField(field)) {
    case 'date':
      return (
        <DateField
          label={<span className="visually-hidden">{label}</span>}
          value={isCivilDate(written) ? (written as CivilDate) : null}
          isAutoFocus
          onChange={onChange}
        />
      );
    case 'choice':
    case 'person':
    case 'body':
      return <ReferenceOrChoice conflict={conflict} label={label} value={value} onChange={onChange} />;
    case 'text':
      return (
        <textarea
          className={styles.textarea}
          aria-label={label}
          value={written}
          dir="auto"
          rows={3}
          onChange={(event) => onChange(event.target.value === '' ? null : event.target.value)}
        />
      );
    case 'number':
      return (
        <TextInput
          aria-label={label}
          value={written}
          inputMode="decimal"
          onChange={(event) => onChange(numberOf(event.currentTarget.value))}
        />
      );
    default:
      return (
        <TextInput
          aria-label={label}
          value={written}
          dir="auto"
          onChange={(event) => onChange(event.currentTarget.value === '' ? null : event.currentTarget.value)}
        />
      );
  }
}

/** What is no number goes on as it was typed: the file's rule refuses it with its sentence. */
export function numberOf(typed: string): number | string | null {
  const text = typed.trim();
  if (text === '') return null;
  const number = Number(text.replace(',', '.').replace(/\s*%$/, ''));
  return Number.isFinite(number) && !/[.,]$/.test(text) ? number : typed;
}

const NONE = '';

function ReferenceOrChoice({ conflict, label, value, onChange }: OtherValueProps & { label: string }) {
  const { t } = useTranslation();
  const persons = usePeopleStore((s) => s.persons);
  const bodies = usePeopleStore((s) => s.bodies);
  const { field } = conflict;
  const kind = kindOfField(field);
  const options: Option[] =
    kind === 'person'
      ? persons.map(({ id, name, post }) => ({ value: id, label: name, hint: post }))
      : kind === 'body'
        ? bodies.map(({ id, name, shortName }) => ({ value: id, label: name, hint: shortName }))
        : (CHOICES[field] ?? []).map((code) => ({ value: code, label: decisionText(t, field, code, null) }));
  // Those that come with the merge are not in the lists yet.
  for (const version of [conflict.ours, ...conflict.theirs])
    if (version?.name && !options.some((option) => option.value === version.value))
      options.unshift({ value: String(version.value), label: version.name });
  if (kind !== 'choice' || OPTIONAL_CHOICES.includes(field))
    options.unshift({ value: NONE, label: t('sharing.nothing'), isAlways: true });
  return (
    <ChoiceField
      label={label}
      options={options}
      chosen={[value === null ? NONE : String(value)]}
      emptyText={t('sharing.nothing')}
      searchLabel={options.length > 8 ? label : undefined}
      onPick={(picked) => onChange(picked === NONE ? null : picked)}
    />
  );
}
