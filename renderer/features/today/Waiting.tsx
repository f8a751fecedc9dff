/** What cannot move: nobody owns it, nothing is due, or it was put on hold. */
import { useTranslation } from 'react-i18next';
import type { InstrumentSummary } from '../../../shared/entities/instrument.ts';
import { ListHead, TaskList } from './TaskList.tsx';
import styles from './TodayPage.module.css';
import type { TodayLists } from './todayLists.ts';

const SHOWN = 2;
const KINDS = ['withoutOwner', 'withoutDeadline', 'onHold'] as const;

export function Waiting({ lists }: { lists: TodayLists }) {
  const { t } = useTranslation();
  const kinds = KINDS.filter((kind) => lists[kind].rows.length > 0);
  const shownRows = unrepeated(lists);
  return (
    <section>
      <ListHead level={2} title={t('today.waiting')} />
      {kinds.length === 0 && <p className={styles.nothing}>{t('today.waitingNothing')}</p>}
      {kinds.map((kind) => (
        <div key={kind}>
          <ListHead level={3} title={t(`today.${kind}`)} count={lists[kind].rows.length} filter={lists[kind].filter} />
          <TaskList rows={shownRows[kind]} shown={SHOWN} />
        </div>
      ))}
    </section>
  );
}

/** What stands in one group is not named again in the next as long as others are there to name. */
function unrepeated(lists: TodayLists): Record<(typeof KINDS)[number], readonly InstrumentSummary[]> {
  const named = new Set<string>();
  const pick = (kind: (typeof KINDS)[number]) => {
    const { rows } = lists[kind];
    const fresh = rows.filter(({ id }) => !named.has(id));
    const picked = (fresh.length > 0 ? fresh : rows).slice(0, SHOWN);
    for (const { id } of picked) named.add(id);
    return picked;
  };
  return { withoutOwner: pick('withoutOwner'), withoutDeadline: pick('withoutDeadline'), onHold: pick('onHold') };
}
