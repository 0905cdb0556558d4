import { defineConfig } from 'vitest/config'

// Long forms of a test (`x.long.test.ts`) run by `npm run test:long` only.
const isLong = process.env['BATON_LONG'] === '1'

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts', 'tools/**/*.test.ts'],
    exclude: isLong ? [] : ['**/*.long.test.ts'],
    globalSetup: ['test/global-setup.ts'],
    testTimeout: isLong ? 600_000 : 30_000,
    hookTimeout: 60_000,
    pool: 'forks',
    maxWorkers: 2,
  },
})
