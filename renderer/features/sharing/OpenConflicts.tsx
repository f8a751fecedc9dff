/** Conflicts that are in the file: chosen one by one or all of one side, decided together as one step. */
import { Button } from '@mantine/core';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { NO_CHOICES, withChoice, withRule } from '../../../shared/conflictChoices.ts';
import type { Conflict } from '../../../shared/sharing.ts';
import { shell } from '../../api/client.ts';
import { refusalText } from '../../hooks/useRefusal.ts';
import { useUndecided } from '../../stores/conflictSource.ts';
import { useConflictsStore } from '../../stores/conflictsStore.ts';
import { useUiStore } from '../../stores/uiStore.ts';
import type { Chosen } from './ConflictChooser.tsx';
import { ConflictList } from './ConflictList.tsx';
import styles from './SharingPage.module.css';

export function OpenConflicts({ isReadOnly }: { isReadOnly: boolean }) {
  const { t } = useTranslation();
  const source = useConflictsStore((s) => s.source);
  const total = useConflictsStore((s) => s.count);
  const [choices, setChoices] = useState(NO_CHOICES);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [isDeciding, setDeciding] = useState(false);
  const [isStopping, setStopping] = useState(false);
  const count = total - useUndecided(source, choices, total);

  const choose = useCallback((conflict: Conflict, choice: Chosen | null) => {
    setChoices((before) => withChoice(before, conflict, choice));
    setRefusal(null);
  }, []);
  const decide = async () => {
    setDeciding(true);
    const reply = await useConflictsStore.getState().decide(choices);
    setDeciding(false);
    setStopping(false);
    // Who stopped it knows.
    const isStopped = !reply.ok && reply.error.code === 'cancelled';
    setRefusal(isStopped ? null : refusalText(reply));
    if (!reply.ok) return;
    setChoices(NO_CHOICES);
    useUiStore.getState().tell(t('sharing.decided', { count: reply.value.count }));
  };
  const stop = () => {
    setStopping(true);
    void shell['task.cancel']({});
  };
  return (
    <>
      <ConflictList
        source={source}
        total={total}
        choices={choices}
        onChoose={choose}
        onChooseAll={(rule) => setChoices(withRule(choices, rule))}
        isMerge={false}
        isDisabled={isReadOnly || isDeciding}
      />
      {!isReadOnly && (
        <div className={styles.decide}>
          {refusal && (
            <p role="alert" className={styles.problem}>
              {refusal}
            </p>
          )}
          {isDeciding && (
            <Button className={styles.late} disabled={isStopping} onClick={stop}>
              {t('sharing.stop')}
            </Button>
          )}
          <Button variant="filled" disabled={count === 0} loading={isDeciding} onClick={() => void decide()}>
            {count === 0 ? t('sharing.decideNothing') : t('sharing.decide', { count })}
          </Button>
        </div>
      )}
    </>
  );
}
