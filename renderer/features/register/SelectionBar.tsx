/** What can be done with the selected rows at once; present only while some are selected. */
import { Button, Radio } from '@mantine/core';
import { IconChevronUp } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { SIDES, type Side } from '../../../shared/entities/values.ts';
import type { Reply } from '../../../shared/rpc/messages.ts';
import { EditorPopover } from '../../components/EditorPopover.tsx';
import { useInstrumentsStore } from '../../stores/instrumentsStore.ts';
import { useSessionStore } from '../../stores/sessionStore.ts';
import { useUiStore } from '../../stores/uiStore.ts';
import { errorText } from '../../text/i18n.ts';
import { ChoiceList, OwnerPicker } from './CellEditor.tsx';
import { DeadlineForm } from './DeadlineForm.tsx';
import styles from './SelectionBar.module.css';

export function SelectionBar() {
  const { t } = useTranslation();
  const selectedIds = useUiStore((s) => s.selectedIds);
  const isReadOnly = useSessionStore((s) => s.file?.info.isReadOnly ?? false);
  const { select, openDialog, tell, tellProblem } = useUiStore.getState();
  const { edit, assignOwner } = useInstrumentsStore.getState();
  const ids = [...selectedIds];
  const count = ids.length;
  if (count === 0) return null;

  const told = () => tell(t('register.changed', { count }));
  const run = async (reply: Promise<Reply<unknown>>) => {
    const answer = await reply;
    if (answer.ok) told();
    else tellProblem(errorText(answer.error));
  };
  return (
    <section className={styles.bar} aria-label={t('register.selection')} data-bottom-bar>
      <span className={styles.count} role="status">
        {t('register.selected', { count })}
      </span>
      {!isReadOnly && (
        <>
          <BarAction label={t('register.assignOwner')}>
            {(leave) => (
              <AssignOwner
                onPick={(side, owner) => {
                  leave();
                  void run(assignOwner(ids, side, owner));
                }}
                onLeave={leave}
              />
            )}
          </BarAction>
          <BarAction label={t('register.setDeadline')} padding={12}>
            {(leave) => (
              <DeadlineForm
                ids={ids}
                deadline={null}
                onDone={(isChanged) => {
                  leave();
                  if (isChanged) told();
                }}
              />
            )}
          </BarAction>
          {(['stage', 'priority'] as const).map((columnId) => {
            const label = t(columnId === 'stage' ? 'register.setStage' : 'register.setPriority');
            return (
              <BarAction key={columnId} label={label}>
                {(leave) => (
                  <ChoiceList
                    label={label}
                    columnId={columnId}
                    chosen={null}
                    onPick={(fields) => {
                      leave();
                      void run(edit(ids, fields));
                    }}
                    onLeave={leave}
                  />
                )}
              </BarAction>
            );
          })}
          <Button onClick={() => openDialog({ kind: 'delete-instruments', ids })}>{t('register.delete')}</Button>
        </>
      )}
      <span className={styles.space} />
      <Button variant="subtle" onClick={() => select(new Set())}>
        {t('register.clearSelection')}
      </Button>
    </section>
  );
}

interface BarActionProps {
  label: string;
  padding?: number;
  children: (leave: () => void) => ReactNode;
}

/** A button that opens a panel above itself. */
function BarAction({ label, padding = 0, children }: BarActionProps) {
  const [isOpen, setOpen] = useState(false);
  const leave = () => setOpen(false);
  return (
    <EditorPopover
      isOpen={isOpen}
      position="top-start"
      returnFocus
      padding={padding}
      onLeave={leave}
      // Many rows at once are changed by saying so, not by clicking elsewhere.
      onAway={leave}
      target={
        <Button rightSection={<IconChevronUp size={16} />} onClick={() => setOpen(!isOpen)}>
          {label}
        </Button>
      }
    >
      {children(leave)}
    </EditorPopover>
  );
}

interface AssignOwnerProps {
  onPick: (side: Side, owner: { personId: string } | { newName: string } | null) => void;
  onLeave: () => void;
}

/** For which side first, then who; one's own side is the likelier. */
function AssignOwner({ onPick, onLeave }: AssignOwnerProps) {
  const { t } = useTranslation();
  const [side, setSide] = useState<Side>(useSessionStore((s) => s.profile?.side) ?? 'pk');
  return (
    <>
      <Radio.Group
        className={styles.sides}
        aria-label={t('field.side')}
        value={side}
        onChange={(value) => setSide(value === 'kz' ? 'kz' : 'pk')}
      >
        {SIDES.map((value) => (
          <Radio key={value} size="xs" value={value} label={t(`side.${value}`)} mb={4} />
        ))}
      </Radio.Group>
      <OwnerPicker
        key={side}
        label={t(side === 'pk' ? 'field.pkOwnerId' : 'field.kzOwnerId')}
        side={side}
        personId={null}
        onPick={(owner) => onPick(side, owner)}
        onLeave={onLeave}
      />
    </>
  );
}
