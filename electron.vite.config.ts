/** How the three parts are bundled: electron/ and db/ to out/main, the preload to out/preload, the pages to out/renderer. */
import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

const here = import.meta.dirname;

// Electron 33 (the development stand-in, see scripts/standIn.mjs) is Node 20.18 and Chromium 130; Electron 45 is newer.
const nodeTarget = 'node20.18';
const chromeTarget = 'chrome130';

export default defineConfig({
  main: {
    // React for the print documents in its production build alone.
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      target: nodeTarget,
      // "dependencies" of package.json stay outside the bundle: only better-sqlite3, for its native part.
      externalizeDeps: true,
      rolldownOptions: {
        input: {
          main: resolve(here, 'electron/main.ts'),
          db: resolve(here, 'db/process.ts'),
        },
        output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      target: nodeTarget,
      externalizeDeps: false,
      rolldownOptions: {
        input: { preload: resolve(here, 'electron/preload.ts') },
        // A sandboxed preload cannot be an ES module.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: resolve(here, 'renderer'),
    plugins: [react()],
    build: {
      target: chromeTarget,
      minify: true,
      // Fonts and pictures stay files of their own: the content security policy needs no data: source for them.
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 1500,
      rolldownOptions: { input: { index: resolve(here, 'renderer/index.html') } },
    },
  },
});
