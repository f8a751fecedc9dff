/** The state of the whole set in one sentence. Each of its parts leads to the rows it speaks of. */
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { headlineParts } from '../../../shared/report/headline.ts';
import { COUNT_FILTERS } from '../../../shared/report/statusCounts.ts';
import type { StatusCounts, StatusReport } from '../../../shared/report/statusReport.ts';
import { CountLink } from '../../components/CountLink.tsx';
import { useUiStore } from '../../stores/uiStore.ts';
import styles from './TodayPage.module.css';

interface HeadlineSentenceProps {
  counts: StatusCounts;
  since: StatusReport['since'];
}

export function HeadlineSentence({ counts, since }: HeadlineSentenceProps) {
  const { t } = useTranslation();
  const { openRegister } = useUiStore.getState();
  const parts = headlineParts(t, counts, since);
  const slot = '\u0000';
  const [start, end] = t('headline.sentence', { parts: slot }).split(slot);
  return (
    <p className={styles.headline}>
      {start}
      {parts.map(({ count, text }, index) => (
        <Fragment key={count}>
          {index > 0 && t('headline.separator')}
          <CountLink isInText onOpen={() => openRegister(COUNT_FILTERS[count])}>
            {text}
          </CountLink>
        </Fragment>
      ))}
      {end}
    </p>
  );
}
