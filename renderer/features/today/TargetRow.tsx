/** One target. Its latest figure is edited where it stands and is dated today unless somebody says otherwise. */
import { useTranslation } from 'react-i18next';
import { daysBetween } from '../../../shared/civilDate.ts';
import type { Target } from '../../../shared/entities/target.ts';
import { formatDate, formatNumber } from '../../../shared/text/formatDate.ts';
import { DateEdit } from '../../components/DateEdit.tsx';
import { InlineEdit } from '../../components/InlineEdit.tsx';
import { refusalText } from '../../hooks/useRefusal.ts';
import { useToday } from '../../hooks/useToday.ts';
import { useSessionStore } from '../../stores/sessionStore.ts';
import { useTargetsStore } from '../../stores/targetsStore.ts';
import { PaceBar } from './PaceBar.tsx';
import styles from './Targets.module.css';
import { parseFigure, targetPace } from './targetPace.ts';

export function TargetRow({ target }: { target: Target }) {
  const { t } = useTranslation();
  const today = useToday();
  const isReadOnly = useSessionStore((s) => s.file?.info.isReadOnly ?? true);
  const { edit } = useTargetsStore.getState();
  const locale = t('locale');
  const figure = (value: number) => formatNumber(value, locale);
  const roughly = (value: number) => formatNumber(Number(value.toPrecision(3)), locale);
  const withUnit = (value: number) => [figure(value), target.unit].filter(Boolean).join(' ');
  const pace = targetPace(target, today);

  const saveLatest = async (typed: string) => {
    const latest = parseFigure(typed);
    if (latest === undefined) return t('today.notANumber', { value: typed.trim() });
    return refusalText(await edit(target.id, { latest, latestOn: latest === null ? null : today }));
  };
  return (
    <li className={styles.target}>
      <h3 className={styles.name} title={target.basis ?? undefined}>
        <bdi>{target.name}</bdi>
      </h3>
      <div className={styles.terms}>
        {[
          target.baseline !== null && t('today.from', { figure: figure(target.baseline) }),
          target.target !== null && t('today.to', { figure: withUnit(target.target) }),
          target.targetOn !== null && t('today.by', { day: formatDate(target.targetOn, locale) }),
        ]
          .filter(Boolean)
          .join(' ')}
      </div>
      <div className={styles.latest}>
        <span className={styles.figure}>
          <InlineEdit
            label={`${target.name}: ${t('today.latestFigure')}`}
            value={target.latest === null ? '' : figure(target.latest)}
            emptyText={isReadOnly ? t('statusReport.notSet') : t('today.latestUnknown')}
            isDisabled={isReadOnly}
            onSave={saveLatest}
          />
        </span>
        {target.latest !== null && (
          <span className={styles.day}>
            <DateEdit
              label={`${target.name}: ${t('today.latestOn')}`}
              value={target.latestOn}
              emptyText={t('today.latestOnUnknown')}
              isDisabled={isReadOnly}
              onSave={async (latestOn) => refusalText(await edit(target.id, { latestOn }))}
            />
          </span>
        )}
        {target.targetOn !== null && <TimeLeft days={daysBetween(today, target.targetOn)} />}
      </div>
      {pace === null ? (
        <p className={styles.pace}>{t('today.paceUnknown')}</p>
      ) : (
        <>
          <PaceBar
            pace={pace}
            label={t('today.chart', {
              name: target.name,
              latest: figure(pace.actual),
              target: withUnit(target.target ?? 0),
              pace: roughly(pace.expected),
            })}
          />
          <p className={styles.pace}>
            {pace.state === 'reached'
              ? t('today.paceReached')
              : `${t('today.pace', { figure: roughly(pace.expected) })}; ${
                  pace.state === 'ahead'
                    ? t('today.paceAhead')
                    : t('today.paceBehind', { figure: roughly(Math.abs(pace.expected - pace.actual)) })
                }.`}
          </p>
        </>
      )}
    </li>
  );
}

function TimeLeft({ days }: { days: number }) {
  const { t } = useTranslation();
  const text =
    days < 0
      ? t('statusReport.daysPast', { count: -days })
      : days === 0
        ? t('statusReport.endsToday')
        : t('statusReport.daysLeft', { count: days });
  return <span className={styles.left}>{text}</span>;
}
