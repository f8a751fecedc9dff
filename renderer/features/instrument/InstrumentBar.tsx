/** Above an instrument: back to the register, its neighbours there, and what can be done with it as a whole. */
import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { IconArrowLeft, IconChevronDown, IconChevronUp, IconTrash } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Instrument } from '../../../shared/entities/instrument.ts';
import { useUiStore } from '../../stores/uiStore.ts';
import styles from './InstrumentPage.module.css';
import type { Neighbours } from './neighbours.ts';
import { useIsReadOnly } from './useInstrument.ts';

interface InstrumentBarProps {
  instrument: Instrument;
  neighbours: Neighbours;
}

export function InstrumentBar({ instrument, neighbours }: InstrumentBarProps) {
  const { t } = useTranslation();
  const { go, openDialog } = useUiStore.getState();
  const isReadOnly = useIsReadOnly();

  return (
    <div className={styles.bar}>
      <Button
        variant="subtle"
        color="accent"
        leftSection={<IconArrowLeft size={16} className="flip" />}
        onClick={() => go({ page: 'register' })}
      >
        {t('instrument.toRegister')}
      </Button>
      <NeighbourButton label={t('instrument.previous')} id={neighbours.previous} keys="Alt+ArrowUp">
        <IconChevronUp size={16} />
      </NeighbourButton>
      <NeighbourButton label={t('instrument.next')} id={neighbours.next} keys="Alt+ArrowDown">
        <IconChevronDown size={16} />
      </NeighbourButton>
      {neighbours.at > 0 && (
        <span className={`${styles.place} tabular`}>
          {t('instrument.place', { at: neighbours.at, total: neighbours.total })}
        </span>
      )}
      <span className={styles.spring} />
      {!isReadOnly && (
        <Button
          variant="subtle"
          color="accent"
          leftSection={<IconTrash size={16} />}
          onClick={() => openDialog({ kind: 'delete-instruments', ids: [instrument.id] })}
        >
          {t('instrument.delete')}
        </Button>
      )}
    </div>
  );
}

interface NeighbourButtonProps {
  label: string;
  id: string | null;
  keys: string;
  children: ReactNode;
}

function NeighbourButton({ label, id, keys, children }: NeighbourButtonProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon
        aria-label={label}
        aria-keyshortcuts={keys}
        disabled={id === null}
        onClick={() => id !== null && useUiStore.getState().go({ page: 'instrument', id })}
      >
        {children}
      </ActionIcon>
    </Tooltip>
  );
}
