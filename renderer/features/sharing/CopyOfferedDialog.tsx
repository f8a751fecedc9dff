/** A second copy of the open file was to be opened: merge it, or open it in place of this one. Nothing happens by itself. */
import { Button, Group, Modal, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { MergeOffer } from '../../../shared/api.ts';
import { shell } from '../../api/client.ts';
import { useMergeStore } from '../../stores/mergeStore.ts';
import { useSessionStore } from '../../stores/sessionStore.ts';
import { useUiStore } from '../../stores/uiStore.ts';
import { errorText } from '../../text/i18n.ts';
import { WhatComes } from './MergeReview.tsx';

export function CopyOfferedDialog({ offer, onClose }: { offer: MergeOffer; onClose: () => void }) {
  const { t } = useTranslation();
  const { report, token } = offer;
  const isNothing = report.batches.length === 0;
  const open = async () => {
    onClose();
    const reply = await shell['copy.openOffered']({ token });
    if (!reply.ok) useUiStore.getState().tellProblem(errorText(reply.error));
    else if (reply.value.file) useSessionStore.getState().fileOpened(reply.value.file);
  };
  return (
    <Modal
      opened
      size={560}
      onClose={onClose}
      title={t('sharing.copyTitle', { name: report.sources[0] ?? '' })}
      closeButtonProps={{ 'aria-label': t('window.close') }}
    >
      <Stack gap="md">
        <p>
          {isNothing ? (
            t('sharing.copyBringsNothing')
          ) : (
            <>
              {t('sharing.copyBrings')} <WhatComes report={report} />
            </>
          )}
        </p>
        <p className="quiet">{t('sharing.copyOpenHint')}</p>
        <Group justify="flex-end" gap="xs">
          <Button onClick={onClose}>{t('window.cancel')}</Button>
          <Button onClick={() => void open()}>{t('sharing.copyOpen')}</Button>
          {!isNothing && (
            <Button
              variant="filled"
              data-autofocus
              onClick={() => {
                onClose();
                useMergeStore.getState().offered(offer);
              }}
            >
              {t('sharing.copyMerge')}
            </Button>
          )}
        </Group>
      </Stack>
    </Modal>
  );
}
