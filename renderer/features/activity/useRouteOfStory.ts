/** The page that shows a row of the history, or null when there is none (any more). */
import { useInstrumentsStore } from '../../stores/instrumentsStore.ts';
import type { Route } from '../../stores/uiStore.ts';
import type { RowStory } from './changeText.ts';

export function useRouteOfStory(story: RowStory): Route | null {
  const instrumentId = useInstrumentsStore((s) => instrumentIdOf(story, s.byId));
  if (instrumentId !== null) return { page: 'instrument', id: instrumentId };
  if (story.entity === 'person' || story.entity === 'body') return story.kind === 'deleted' ? null : { page: 'people' };
  if (story.entity === 'target') return { page: 'today' };
  return null;
}

/** Notes and supporting bodies are labelled by their instrument: only its name leads there when its id did not change. */
function instrumentIdOf(
  story: RowStory,
  byId: Readonly<Record<string, { id: string; number: number | null; title: string }>>,
): string | null {
  if (story.entity === 'instrument') return byId[story.entityId] ? story.entityId : null;
  if (story.entity !== 'note' && story.entity !== 'support') return null;
  const named = Object.values(byId).find(
    ({ number, title }) => (number === null ? title : `${number} ${title}`) === story.label,
  );
  return named?.id ?? null;
}
