/** End-to-end tests drive the built application in a real Electron; `npm run test:e2e` builds it and gives it a display. */
import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: 'test/e2e',
  testMatch: '**/*.test.ts',
  outputDir: 'test-results',
  workers: process.env.CI ? 1 : 2,
  fullyParallel: false,
  // A test that passes at the second try is a bug in the test or in the application.
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: 'list',
  use: { trace: 'retain-on-failure' },
});
