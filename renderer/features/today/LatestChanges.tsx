/** What people have done lately, a line each; the activity page has the rest. */
import { useTranslation } from 'react-i18next';
import { CountLink } from '../../components/CountLink.tsx';
import { When } from '../../components/When.tsx';
import { useUiStore } from '../../stores/uiStore.ts';
import { authorText, entryText, storiesOf } from '../activity/changeText.ts';
import { useHistory } from '../activity/useHistory.ts';
import { useRouteOfStory } from '../activity/useRouteOfStory.ts';
import { ListHead } from './TaskList.tsx';
import styles from './TodayPage.module.css';

const SHOWN = 8;

export function LatestChanges() {
  const { t } = useTranslation();
  const { entries, isLoaded, hasMore } = useHistory({ pageSize: SHOWN });
  const { go } = useUiStore.getState();
  return (
    <section>
      <ListHead level={2} title={t('today.latest')} />
      {isLoaded && entries.length === 0 && <p className={styles.nothing}>{t('today.latestNothing')}</p>}
      <ul className={styles.list}>
        {entries.slice(0, SHOWN).map((entry) => {
          const [story] = entry.kind === 'seed' ? [] : storiesOf(entry);
          return (
            <li key={`${entry.batch.replica}:${entry.batch.seq}`} className={styles.change}>
              <span className={styles.changeWhat}>
                <bdi className={styles.changeAuthor}>{authorText(t, entry)}</bdi> {entryText(t, entry)}
              </span>
              <span className={styles.remark}>
                <When atMs={entry.at} />
              </span>
              {story && story.label !== '' && <StoryName story={story} />}
            </li>
          );
        })}
      </ul>
      {hasMore && (
        <div className={styles.allChanges}>
          <CountLink onOpen={() => go({ page: 'activity' })}>{t('today.allChanges')}</CountLink>
        </div>
      )}
    </section>
  );
}

function StoryName({ story }: { story: ReturnType<typeof storiesOf>[number] }) {
  const route = useRouteOfStory(story);
  const { go } = useUiStore.getState();
  const name = (
    <span className={styles.taskTitle} title={story.label}>
      <bdi>{story.label}</bdi>
    </span>
  );
  return (
    <span className={styles.changeRow}>{route ? <CountLink onOpen={() => go(route)}>{name}</CountLink> : name}</span>
  );
}
