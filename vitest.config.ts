import { defineConfig } from 'vitest/config'

const everyFile = {
  pool: 'forks' as const,
  // Files of one worker share what they import. No test mocks a module or changes what is the process's; none may (0143).
  isolate: false,
  globalSetup: ['packages/dev-env/src/postgres-for-tests.ts'],
  exclude: ['**/node_modules/**', '**/dist/**'],
  // A second, as it is by default, is little where a browser and two servers wait for the same core.
  expect: { poll: { timeout: 30_000, interval: 50 } },
}

export default defineConfig({
  test: {
    // Two of them share this machine's cores with PostgreSQL, the peers and the browser.
    maxWorkers: 2,
    projects: [
      {
        test: {
          ...everyFile,
          name: 'unit',
          include: ['bin/**/*.test.mjs', '{packages,apps,tools,conformance,bench,leaks}/**/*.test.{ts,tsx}'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          ...everyFile,
          name: 'plays',
          include: ['{plays,leaks}/**/*.play.ts'],
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
})
