/** Cells that both tables share: a text, a side, the count of instruments, the way to delete. */
import { ActionIcon, Tooltip } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { SIDES, type Side } from '../../../shared/entities/values.ts';
import type { Reply } from '../../../shared/rpc/messages.ts';
import type { RegisterFilter } from '../../../shared/rules/registerFilter.ts';
import { ChoiceField } from '../../components/ChoiceField.tsx';
import { CountLink } from '../../components/CountLink.tsx';
import { InlineEdit } from '../../components/InlineEdit.tsx';
import { refusalText, useRefusal } from '../../hooks/useRefusal.ts';
import { useUiStore } from '../../stores/uiStore.ts';
import styles from './PeoplePage.module.css';

interface TextCellProps {
  /** "Post of B. Khan". */
  label: string;
  value: string | null;
  isReadOnly: boolean;
  isRequired?: boolean;
  onSave: (text: string | null) => Promise<Reply<unknown>>;
}

export function TextCell({ label, value, isReadOnly, isRequired = false, onSave }: TextCellProps) {
  const { t } = useTranslation();
  return (
    <InlineEdit
      label={label}
      value={value ?? ''}
      emptyText={t(isReadOnly ? 'people.none' : 'people.write')}
      isDisabled={isReadOnly}
      onSave={async (text) => refusalText(await onSave(text.trim() === '' && !isRequired ? null : text))}
    />
  );
}

const NO_SIDE = '';

interface SideCellProps {
  label: string;
  side: Side | null;
  isReadOnly: boolean;
  onSave: (side: Side | null) => Promise<Reply<unknown>>;
}

export function SideCell({ label, side, isReadOnly, onSave }: SideCellProps) {
  const { t } = useTranslation();
  const { refusal, run } = useRefusal();
  return (
    <>
      <ChoiceField
        label={label}
        options={[
          ...SIDES.map((value) => ({ value, label: t(`side.${value}`) })),
          { value: NO_SIDE, label: t('people.noSide') },
        ]}
        chosen={side === null ? [] : [side]}
        emptyText={t(isReadOnly ? 'people.none' : 'people.choose')}
        isDisabled={isReadOnly}
        onPick={(value) => void run(onSave(value === NO_SIDE ? null : (value as Side)))}
      />
      <CellRefusal text={refusal} />
    </>
  );
}

export function CellRefusal({ text }: { text: string | null }) {
  if (text === null) return null;
  return (
    <div role="alert" className={styles.refusal}>
      {text}
    </div>
  );
}

export function CountCell({ count, label, filter }: { count: number; label: string; filter: RegisterFilter }) {
  const { openRegister } = useUiStore.getState();
  if (count === 0) return <span className="quiet">0</span>;
  return (
    <CountLink label={label} onOpen={() => openRegister(filter)}>
      {count}
    </CountLink>
  );
}

export function DeleteCell({ name, onDelete }: { name: string; onDelete: () => void }) {
  const { t } = useTranslation();
  const label = t('people.deleteOf', { name });
  return (
    <Tooltip label={label}>
      <ActionIcon size={28} className={styles.delete} aria-label={label} onClick={onDelete}>
        <IconTrash size={16} />
      </ActionIcon>
    </Tooltip>
  );
}
