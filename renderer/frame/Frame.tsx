/** The frame around every page: rail, title bar, status bar, dialogs, toasts, and the keys that work everywhere. */
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Toaster } from '../components/Toaster.tsx';
import { type Route, useUiStore } from '../stores/uiStore.ts';
import { Dialogs } from './Dialogs.tsx';
import styles from './Frame.module.css';
import { Rail } from './Rail.tsx';
import { StatusBar } from './StatusBar.tsx';
import { TitleBar } from './TitleBar.tsx';
import { useBegunNotes } from './useBegunNotes.ts';
import { useGlobalKeys } from './useGlobalKeys.ts';
import { useLeaving } from './useLeaving.ts';

/** `route` is what is shown, which follows a moment after what was asked for. */
export function Frame({ route, children }: { route: Route; children: ReactNode }) {
  const { t } = useTranslation();
  const toasts = useUiStore((s) => s.toasts);
  const dropToast = useUiStore((s) => s.dropToast);
  const pageRef = useRef<HTMLElement>(null);
  useGlobalKeys();
  useLeaving();
  useBegunNotes();

  // A new page starts at its top and takes the focus, unless something on it has asked for it already.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the page counts, not what is read here
  useEffect(() => {
    const page = pageRef.current;
    if (!page || page.contains(document.activeElement)) return;
    page.scrollTop = 0;
    page.focus({ preventScroll: true });
  }, [route]);

  return (
    <div className={styles.frame}>
      <button type="button" className={styles.skip} onClick={() => pageRef.current?.focus()}>
        {t('window.skipToPage')}
      </button>
      <Rail />
      <TitleBar />
      <main ref={pageRef} id="page" className={styles.page} tabIndex={-1}>
        {children}
      </main>
      <StatusBar />
      <Dialogs />
      <Toaster toasts={toasts} onClose={dropToast} />
    </div>
  );
}
