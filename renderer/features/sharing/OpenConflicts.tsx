/** Conflicts that are in the file: chosen one by one or all of one side, decided together as one step. */
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { refusalText } from '../../hooks/useRefusal.ts';
import { useConflictsStore } from '../../stores/conflictsStore.ts';
import { type Choices, chooseAll, decisionsOf, keyOf } from '../../stores/mergeChoices.ts';
import { useUiStore } from '../../stores/uiStore.ts';
import { ConflictList } from './ConflictList.tsx';
import styles from './SharingPage.module.css';

export function OpenConflicts({ isReadOnly }: { isReadOnly: boolean }) {
  const { t } = useTranslation();
  const conflicts = useConflictsStore((s) => s.conflicts);
  const [choices, setChoices] = useState<Choices>({});
  const [refusal, setRefusal] = useState<string | null>(null);
  const decisions = decisionsOf(conflicts, choices);

  const decide = async () => {
    const text = refusalText(await useConflictsStore.getState().decide(decisions));
    setRefusal(text);
    if (text !== null) return;
    setChoices({});
    useUiStore.getState().tell(t('sharing.decided', { count: decisions.length }));
  };
  return (
    <>
      <ConflictList
        conflicts={conflicts}
        choices={choices}
        onChoose={(conflict, choice) => {
          const { [keyOf(conflict)]: _, ...others } = choices;
          setChoices(choice === null ? others : { ...others, [keyOf(conflict)]: choice });
          setRefusal(null);
        }}
        onChooseAll={(chosen, side) => setChoices(chooseAll(choices, chosen, side))}
        isMerge={false}
        isDisabled={isReadOnly}
      />
      {!isReadOnly && (
        <div className={styles.decide}>
          {refusal && (
            <p role="alert" className={styles.problem}>
              {refusal}
            </p>
          )}
          <Button variant="filled" disabled={decisions.length === 0} onClick={() => void decide()}>
            {decisions.length === 0 ? t('sharing.decideNothing') : t('sharing.decide', { count: decisions.length })}
          </Button>
        </div>
      )}
    </>
  );
}
