/** A second copy of the open file was to be opened: how the two relate, and what can be done. Nothing happens by itself. */
import { Button, Group, Modal, Stack } from '@mantine/core';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CopyOffer } from '../../../shared/api.ts';
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx';
import { useMergeStore } from '../../stores/mergeStore.ts';
import { lookAtCopy, replaceByCopy } from '../../stores/secondCopy.ts';
import styles from './CopyOfferedDialog.module.css';
import { WhatComes } from './MergeReview.tsx';

interface CopyOfferedDialogProps {
  offer: CopyOffer;
  onClose: () => void;
}

export function CopyOfferedDialog({ offer, onClose }: CopyOfferedDialogProps) {
  const { t } = useTranslation();
  const [isAsking, setAsking] = useState(false);
  const { summary, token, comparison } = offer;
  const name = summary.sources[0] ?? '';
  const brings = summary.steps > 0;
  if (isAsking) return <ReplaceDialog offer={offer} name={name} onCancel={() => setAsking(false)} onClose={onClose} />;
  return (
    <Modal
      opened
      size={600}
      onClose={onClose}
      title={t('sharing.copyTitle', { name })}
      closeButtonProps={{ 'aria-label': t('window.close') }}
    >
      <Stack gap="md">
        <Relation offer={offer} />
        <div className={styles.choices}>
          {brings && (
            <Choice
              verb={t('sharing.copyMerge')}
              text={t('sharing.copyMergeText')}
              isFirst
              run={() => {
                onClose();
                useMergeStore.getState().offered(offer);
              }}
            />
          )}
          <Choice
            verb={t('sharing.copyLook')}
            text={t('sharing.copyLookText')}
            isFirst={!brings}
            run={() => {
              onClose();
              void lookAtCopy(token);
            }}
          />
          {(brings || comparison.lacking > 0) && (
            <Choice verb={t('sharing.copyReplace')} text={t('sharing.copyReplaceText')} run={() => setAsking(true)} />
          )}
        </div>
        <Group justify="flex-end">
          <Button onClick={onClose}>{t('window.cancel')}</Button>
        </Group>
      </Stack>
    </Modal>
  );
}

/** What each of the two has and the other has not. */
function Relation({ offer: { summary, comparison } }: { offer: CopyOffer }) {
  const { t } = useTranslation();
  const { lacking, restriction } = comparison;
  const lacks = lacking > 0 ? t('sharing.copyLacks', { count: lacking }) : t('sharing.copyLacksNothing');
  return (
    <div>
      {restriction && (
        <p>{t('sharing.copyPart', { count: restriction.instruments, what: restriction.of.join(', ') })}</p>
      )}
      {summary.steps > 0 ? (
        <>
          <p>
            {t('sharing.copyBrings')} <WhatComes summary={summary} />
          </p>
          <p>{lacks}</p>
        </>
      ) : (
        <>
          <p>{t(restriction ? 'sharing.copyPartOlder' : lacking > 0 ? 'sharing.copyOlder' : 'sharing.copySame')}</p>
          {lacking > 0 && <p>{lacks}</p>}
        </>
      )}
    </div>
  );
}

interface ChoiceProps {
  verb: string;
  text: string;
  /** The one that fits best: it has the focus. */
  isFirst?: boolean;
  run: () => void;
}

function Choice({ verb, text, isFirst = false, run }: ChoiceProps) {
  const textId = useId();
  return (
    <div className={styles.choice}>
      <Button
        aria-describedby={textId}
        variant={isFirst ? 'filled' : 'default'}
        data-autofocus={isFirst || undefined}
        onClick={run}
      >
        {verb}
      </Button>
      <span id={textId} className="quiet">
        {text}
      </span>
    </div>
  );
}

function ReplaceDialog({
  offer,
  name,
  onCancel,
  onClose,
}: CopyOfferedDialogProps & { name: string; onCancel: () => void }) {
  const { t } = useTranslation();
  const { lacking } = offer.comparison;
  return (
    <ConfirmDialog
      title={t('sharing.replaceTitle', { name })}
      verb={t('sharing.copyReplace')}
      onCancel={onCancel}
      onConfirm={async () => {
        await replaceByCopy(offer.token, name);
        onClose();
      }}
    >
      <p>{lacking > 0 ? t('sharing.replaceText', { count: lacking }) : t('sharing.replaceTextNothing')}</p>
      <p className="quiet">{t('sharing.restoreUndoable')}</p>
    </ConfirmDialog>
  );
}
