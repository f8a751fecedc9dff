/** Decides what the window shows: nothing yet, the welcome page, or a page in its frame. */
import { useMantineColorScheme } from '@mantine/core';
import { lazy, memo, Suspense, useDeferredValue, useEffect } from 'react';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { RegisterPage } from './features/register/RegisterPage.tsx';
import { WelcomePage } from './features/welcome/WelcomePage.tsx';
import { Dialogs } from './frame/Dialogs.tsx';
import { Frame } from './frame/Frame.tsx';
import { useSessionStore } from './stores/sessionStore.ts';
import { hashOfRoute, type Route, useUiStore } from './stores/uiStore.ts';

// The register is where people arrive; the other pages are loaded when they are first opened.
const TodayPage = lazy(() => import('./features/today/TodayPage.tsx').then((m) => ({ default: m.TodayPage })));
const ActivityPage = lazy(() =>
  import('./features/activity/ActivityPage.tsx').then((m) => ({ default: m.ActivityPage })),
);
const PeoplePage = lazy(() => import('./features/people/PeoplePage.tsx').then((m) => ({ default: m.PeoplePage })));
const SharingPage = lazy(() => import('./features/sharing/SharingPage.tsx').then((m) => ({ default: m.SharingPage })));
const PassphraseDialog = lazy(() =>
  import('./features/sharing/PassphraseDialog.tsx').then((m) => ({ default: m.PassphraseDialog })),
);
const InstrumentPage = lazy(() =>
  import('./features/instrument/InstrumentPage.tsx').then((m) => ({ default: m.InstrumentPage })),
);

export function App() {
  const isStarted = useSessionStore((s) => s.isStarted);
  const hasFile = useSessionStore((s) => s.file !== null);
  const hasProfile = useSessionStore((s) => s.profile !== null);
  const colorScheme = useSessionStore((s) => s.preferences.colorScheme);
  const isLocked = useSessionStore((s) => s.problem?.code === 'file-encrypted');
  const density = useSessionStore((s) => s.preferences.density);
  // Mantine would switch transitions off with an inline style element; there are none to switch off.
  const { setColorScheme } = useMantineColorScheme({ keepTransitions: true });
  // A page is made in small steps while the one before stays and answers: a large one takes longer than a frame.
  const route = useDeferredValue(useUiStore((s) => s.route));

  useEffect(() => {
    if (isStarted) setColorScheme(colorScheme);
  }, [isStarted, colorScheme, setColorScheme]);
  useEffect(() => {
    document.documentElement.dataset.density = density;
  }, [density]);

  if (!isStarted) return null;
  const lockedFile = isLocked && (
    <Suspense>
      <PassphraseDialog />
    </Suspense>
  );
  if (!hasFile || !hasProfile)
    return (
      <ErrorBoundary>
        <WelcomePage />
        <Dialogs />
        {lockedFile}
      </ErrorBoundary>
    );
  return (
    <Frame route={route}>
      <ErrorBoundary key={JSON.stringify(route)}>
        <Suspense>
          <Page route={route} />
        </Suspense>
      </ErrorBoundary>
      {lockedFile}
    </Frame>
  );
}

/** Not made again when something around it changes, nor when it is asked for again. */
const Page = memo(PageOf, (before, now) => hashOfRoute(before.route) === hashOfRoute(now.route));

function PageOf({ route }: { route: Route }) {
  switch (route.page) {
    case 'register':
      return <RegisterPage />;
    case 'today':
      return <TodayPage />;
    case 'activity':
      return <ActivityPage />;
    case 'people':
      return <PeoplePage />;
    case 'sharing':
      return <SharingPage />;
    case 'instrument':
      return <InstrumentPage id={route.id} />;
  }
}
