/** Small parts that several tables of a printed report share. */
import type { ReactNode } from 'react';
import type { Health, Side } from '../../shared/entities/values.ts';
import type { ReportRow } from '../../shared/report/statusReport.ts';
import type { PrintWords } from './printWords.ts';

export const HEALTH_COLOURS: Record<Health, string> = {
  'on-track': '#2e7d4f',
  'at-risk': '#a86a00',
  'off-track': '#b3261e',
  'not-reported': '#6b7078',
};

/** Each health has a shape of its own, for eyes and printers that see no colour. The word stands beside it. */
export function HealthShape({ health }: { health: Health }) {
  const fill = HEALTH_COLOURS[health];
  return (
    <svg viewBox="0 0 10 10" aria-hidden="true">
      {health === 'on-track' && <circle cx="5" cy="5" r="4.6" fill={fill} />}
      {health === 'at-risk' && <path d="M5 0.4 9.8 9.4H0.2Z" fill={fill} />}
      {health === 'off-track' && <rect x="0.7" y="0.7" width="8.6" height="8.6" fill={fill} />}
      {health === 'not-reported' && <circle cx="5" cy="5" r="3.8" fill="none" stroke={fill} strokeWidth="1.6" />}
    </svg>
  );
}

export const HealthBadge = ({ health, words: { t } }: { health: Health; words: PrintWords }) => (
  <span className="health">
    <HealthShape health={health} />
    {t(`health.${health}`)}
  </span>
);

const ARABIC_SCRIPT = /\p{Script=Arabic}/u;
/** Notes may be pages long; the report carries their beginning, the file all of them. */
const LONGEST_TEXT = 360;

interface TextProps {
  text: string;
  words: PrintWords;
}

// Of the languages in Arabic script it is Urdu that these two countries write; it has digits and forms of its own.
const scriptOf = (text: string): { lang?: string; className?: string } =>
  ARABIC_SCRIPT.test(text) ? { lang: 'ur', className: 'naskh' } : {};

/** What a person typed, within a line: its direction is its own and cannot disturb what stands around it. */
export const UserText = ({ text }: { text: string }) => (
  <bdi dir="auto" {...scriptOf(text)}>
    {text}
  </bdi>
);

/** The head of a printed document: what it is, of what, and the few facts that date it. */
export function DocumentHead(props: {
  kicker: string;
  title: string;
  facts: readonly (readonly [name: string, value: string])[];
  children?: ReactNode;
}) {
  return (
    <header>
      <p className="kicker">{props.kicker}</p>
      <h1>
        <UserText text={props.title} />
      </h1>
      <dl className="facts">
        {props.facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <UserText text={value} />
            </dd>
          </div>
        ))}
      </dl>
      {props.children}
    </header>
  );
}

/** What a person typed, as paragraphs and whole: Urdu starts at the right, whatever language the report is in. */
export const UserParagraph = ({ text }: { text: string }) => (
  <div className="typed" dir="auto">
    <span {...scriptOf(text)}>{text}</span>
  </div>
);

/** Notes and next steps: the beginning of a long one, and a word that there is more. Titles are never cut. */
export const LongText = ({ text, words: { t } }: TextProps) => (
  <UserParagraph text={text.length > LONGEST_TEXT ? t('statusReport.continued', { text: beginning(text) }) : text} />
);

/** Cut between words, so that no letter loses its marks. */
const beginning = (text: string): string => text.slice(0, LONGEST_TEXT).replace(/\s+\S*$/, '');

const SIDE_ORDER = ['pk', 'kz'] as const satisfies readonly Side[];

/** Owners of both sides facing each other; nobody at all is said once. */
export function Owners({ owners, words }: { owners: ReportRow['owners']; words: PrintWords }) {
  const { t } = words;
  if (owners.pk === null && owners.kz === null) return <span className="quiet">{t('statusReport.noOwner')}</span>;
  return SIDE_ORDER.map((side) => (
    <div key={side}>
      <span className="note">{t(`side.${side}`)}</span>{' '}
      {owners[side] === null ? (
        <span className="quiet">{t('statusReport.noOwner')}</span>
      ) : (
        <UserText text={owners[side]} />
      )}
    </div>
  ));
}

/** Half or nearly all of a disc: how much of the time has passed. */
function ElapsedMark({ mark, words: { t } }: { mark: 'yellow' | 'red'; words: PrintWords }) {
  const slice = mark === 'yellow' ? 'M5 1A4 4 0 0 1 5 9Z' : 'M5 5V1A4 4 0 1 1 2.65 1.76Z';
  return (
    <svg viewBox="0 0 10 10" role="img" aria-label={t(`elapsed.${mark}`)}>
      <circle cx="5" cy="5" r="4.3" fill="none" stroke="currentColor" strokeWidth="0.8" />
      <path d={slice} fill="currentColor" />
    </svg>
  );
}

/** The day, the first day when it was another one, and how late it is. */
export function Deadline({ row, words }: { row: ReportRow; words: PrintWords }) {
  const { t, day } = words;
  if (row.deadline === null) return <span className="quiet">{t('statusReport.noDeadline')}</span>;
  const isMoved = row.originalDeadline !== null && row.originalDeadline !== row.deadline;
  return (
    <>
      <div className="nowrap mark-line">
        {day(row.deadline)}
        {row.elapsedMark !== 'none' && (
          <span className="mark">
            {' '}
            <ElapsedMark mark={row.elapsedMark} words={words} />
          </span>
        )}
      </div>
      {row.daysLate !== null && <div className="off-track">{t('statusReport.daysLate', { count: row.daysLate })}</div>}
      {isMoved && row.originalDeadline !== null && (
        <div className="note">{t('statusReport.firstDeadline', { day: day(row.originalDeadline) })}</div>
      )}
    </>
  );
}

/** What the title is, when it is not the official one; nobody may take a topic from the press for a title. */
export function InstrumentTitle({ row, words }: { row: ReportRow; words: PrintWords }) {
  const { t } = words;
  return (
    <>
      <UserParagraph text={row.title} />
      {row.titleBasis !== 'official' && <div className="note">{t(`titleBasis.${row.titleBasis}`)}</div>}
    </>
  );
}

/** "↑ 4": how a number has changed since the earlier day. */
export function Change({ now, before, words: { t, figure } }: { now: number; before: number; words: PrintWords }) {
  if (now === before) return <span className="quiet">{t('statusReport.noChange')}</span>;
  return (
    <>
      {now > before ? '↑' : '↓'} {figure(Math.abs(now - before))}
    </>
  );
}
