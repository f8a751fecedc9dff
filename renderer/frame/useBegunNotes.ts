/** A note that was begun and never added is still there after a restart: says so once, with the way to it. */
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useInstrumentDetailStore } from '../stores/instrumentDetailStore.ts';
import { useInstrumentsStore } from '../stores/instrumentsStore.ts';
import { useSessionStore } from '../stores/sessionStore.ts';
import { useUiStore } from '../stores/uiStore.ts';

export function useBegunNotes(): void {
  const { t } = useTranslation();
  const place = useSessionStore((s) => s.file && `${s.file.folder}/${s.file.name}`);
  const isComplete = useInstrumentsStore((s) => s.loaded === 'complete');
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each file that is opened
  useEffect(() => {
    const { file } = useSessionStore.getState();
    if (!isComplete || file === null || file.info.isReadOnly) return;
    const { byId } = useInstrumentsStore.getState();
    const [first, ...others] = Object.entries(useInstrumentDetailStore.getState().drafts).flatMap(([id, text]) =>
      text.trim() === '' ? [] : (byId[id] ?? []),
    );
    if (!first) return;
    const { tell, go } = useUiStore.getState();
    tell(t('instrument.noteBegun', { title: first.title, others: others.length, count: others.length + 1 }), {
      label: t('register.openIt'),
      run: () => go({ page: 'instrument', id: first.id }),
    });
  }, [place, isComplete]);
}
