/** Mounts the window: language, direction, look, then the application. */
import './theme.css';
import { DirectionProvider, localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { I18nextProvider } from 'react-i18next';
import { App } from './App.tsx';
import { start } from './api/subscribe.ts';
import { followHash } from './stores/uiStore.ts';
import { i18n } from './text/i18n.ts';
import { theme } from './theme.ts';

const root = document.documentElement;
const direction = i18n.dir();
root.lang = i18n.language;
root.dir = direction;

// The scheme of last time is set before anything is drawn; main's preference follows with the start.
const schemes = localStorageColorSchemeManager();
const scheme = schemes.get('auto');
const isDark = scheme === 'auto' ? matchMedia('(prefers-color-scheme: dark)').matches : scheme === 'dark';
root.dataset.mantineColorScheme = isDark ? 'dark' : 'light';

followHash();
void start();

createRoot(document.getElementById('root') as HTMLElement).render(
  <StrictMode>
    <I18nextProvider i18n={i18n}>
      <DirectionProvider initialDirection={direction}>
        <MantineProvider
          theme={theme}
          defaultColorScheme="auto"
          colorSchemeManager={schemes}
          withCssVariables={false}
          withGlobalClasses={false}
        >
          <App />
        </MantineProvider>
      </DirectionProvider>
    </I18nextProvider>
  </StrictMode>,
);
