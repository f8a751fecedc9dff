/** The status report as PDF: as of a day, compared with an earlier one if wanted. */
import { Checkbox, Modal, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addDays, type CivilDate } from '../../../shared/civilDate.ts';
import { formatDate } from '../../../shared/text/formatDate.ts';
import { shell } from '../../api/client.ts';
import { DateField } from '../../components/DateField.tsx';
import { useToday } from '../../hooks/useToday.ts';
import { ExportFooter } from './ExportFooter.tsx';
import { useExport } from './useExport.ts';

/** What people compare with when they do not say otherwise: the report of last month. */
const USUAL_DAYS_BACK = 30;

export function ExportPdfDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const today = useToday();
  const [asOf, setAsOf] = useState<CivilDate | null>(today);
  const [since, setSince] = useState<CivilDate | null>(addDays(today, -USUAL_DAYS_BACK));
  const [isCompared, setCompared] = useState(false);
  const [areDatesReadable, setReadable] = useState(true);
  const running = useExport(onClose);
  const isTooLate = isCompared && asOf !== null && since !== null && since >= asOf;
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('exports.pdfTitle')}
      closeButtonProps={{ 'aria-label': t('window.close') }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (asOf === null || isTooLate) return;
          void running.run(() => shell['export.statusReport']({ asOf, since: isCompared ? since : null }));
        }}
      >
        <Stack gap="md">
          <p className="quiet">{t('exports.pdfText')}</p>
          <DateField label={t('exports.asOf')} value={asOf} onChange={setAsOf} onValidity={setReadable} isRequired />
          <Checkbox
            label={t('exports.compare')}
            checked={isCompared}
            onChange={(event) => setCompared(event.currentTarget.checked)}
          />
          {isCompared && (
            <DateField
              label={t('exports.since')}
              value={since}
              onChange={setSince}
              onValidity={setReadable}
              isRequired
              error={isTooLate && asOf ? t('exports.sinceAfter', { day: formatDate(asOf, t('locale')) }) : null}
            />
          )}
          <ExportFooter running={running} isDisabled={!areDatesReadable || isTooLate} onCancel={onClose} />
        </Stack>
      </form>
    </Modal>
  );
}
