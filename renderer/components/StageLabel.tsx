/** The stage of implementation, in words. */
import { useTranslation } from 'react-i18next';
import type { Stage } from '../../shared/entities/values.ts';

export function StageLabel({ stage }: { stage: Stage }) {
  const { t } = useTranslation();
  return <span className={stage === 'not-started' ? 'quiet' : undefined}>{t(`stage.${stage}`)}</span>;
}
