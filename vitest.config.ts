/** Everything that needs no Electron: rules, real SQLite, properties, components. End-to-end: playwright.config.ts. */
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [react()],
  test: {
    include: ['test/{unit,integration,property}/**/*.test.{ts,tsx}'],
    // A component test asks for a document with the line: // @vitest-environment jsdom
    environment: 'node',
    // better-sqlite3 is a native module: a process of its own for each test file instead of a thread.
    pool: 'forks',
    // How fast something is, is the benchmark's question. These only end what hangs, also on a busy machine.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    allowOnly: !process.env.CI,
    restoreMocks: true,
  },
});
