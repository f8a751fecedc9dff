/** The register as CSV, with the delimiter that this computer's Excel takes for one. */
import { Checkbox, Modal, Radio, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { shell } from '../../api/client.ts';
import { useSessionStore } from '../../stores/sessionStore.ts';
import { delimiterOf } from './delimiterOf.ts';
import { ExportFooter } from './ExportFooter.tsx';
import { useExport } from './useExport.ts';

export function ExportCsvDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const usual = delimiterOf(useSessionStore((s) => s.locale));
  const [delimiter, setDelimiter] = useState(usual);
  const [bom, setBom] = useState(true);
  const running = useExport(onClose);
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('exports.csvTitle')}
      closeButtonProps={{ 'aria-label': t('window.close') }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void running.run(() => shell['export.register']({ delimiter, bom }));
        }}
      >
        <Stack gap="md">
          <p className="quiet">{t('exports.csvText')}</p>
          <Radio.Group
            label={t('exports.delimiter')}
            description={t('exports.delimiterHint', {
              which: t(usual === ';' ? 'exports.semicolon' : 'exports.comma').toLowerCase(),
            })}
            value={delimiter}
            onChange={(value) => setDelimiter(value === ';' ? ';' : ',')}
          >
            <Stack gap="xs" mt="xs">
              <Radio value=";" label={t('exports.semicolon')} />
              <Radio value="," label={t('exports.comma')} />
            </Stack>
          </Radio.Group>
          <Checkbox label={t('exports.bom')} checked={bom} onChange={(event) => setBom(event.currentTarget.checked)} />
          <ExportFooter running={running} onCancel={onClose} />
        </Stack>
      </form>
    </Modal>
  );
}
