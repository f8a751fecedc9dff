/** What happened to one row: its name, which opens it, and each field before and after. */
import { useTranslation } from 'react-i18next';
import { fieldText } from '../../../shared/text/translator.ts';
import { CountLink } from '../../components/CountLink.tsx';
import { useUiStore } from '../../stores/uiStore.ts';
import styles from './ActivityPage.module.css';
import { afterText, beforeText, type RowStory } from './changeText.ts';
import { useRouteOfStory } from './useRouteOfStory.ts';

export function StoryLines({ story }: { story: RowStory }) {
  const { t } = useTranslation();
  const go = useUiStore((s) => s.go);
  const route = useRouteOfStory(story);
  return (
    <div>
      {story.label !== '' && (
        <div className={styles.rowName}>
          {route ? (
            <CountLink onOpen={() => go(route)}>
              <bdi>{story.label}</bdi>
            </CountLink>
          ) : (
            <bdi>{story.label}</bdi>
          )}
        </div>
      )}
      {story.changes.length > 0 && (
        <dl className={styles.changes}>
          {story.changes.map((change) => (
            <div key={change.field} className={styles.change}>
              <dt>{fieldText(t, change.field)}</dt>
              <dd>
                {change.before !== null && (
                  <>
                    <bdi className={styles.before}>{beforeText(t, change)}</bdi>
                    <span className={`${styles.arrow} flip`} role="img" aria-label={t('activity.arrow')}>
                      →
                    </span>
                  </>
                )}
                <bdi>{afterText(t, change)}</bdi>
              </dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  );
}
