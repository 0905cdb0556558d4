import { defineConfig } from 'vitest/config'

// Long forms of a test (`x.long.test.ts`) run by `npm run test:long` only.
const isLong = process.env['BATON_LONG'] === '1'
// Tests of the console in a real browser (`x.e2e.test.ts`) run by `npm run test:console` only; each starts its own Baton.
const isConsole = process.env['BATON_TEST_CONSOLE'] === '1'

export default defineConfig({
  test: {
    include: isConsole
      ? ['test/e2e/**/*.e2e.test.ts']
      : ['src/**/*.test.ts', 'test/**/*.test.ts', 'tools/**/*.test.ts', 'console/**/*.test.ts'],
    exclude: [...(isLong ? [] : ['**/*.long.test.ts']), ...(isConsole ? [] : ['**/*.e2e.test.ts'])],
    globalSetup: isConsole ? [] : ['test/global-setup.ts'],
    testTimeout: isLong ? 600_000 : isConsole ? 90_000 : 30_000,
    hookTimeout: 60_000,
    pool: 'forks',
    maxWorkers: 2,
  },
})
