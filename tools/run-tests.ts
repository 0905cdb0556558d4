// Runs the tests and says at the very end, alone on a line: N passed, N failed, N skipped.
//   (no word)  everything, on the embedded PostgreSQL
//   pg         store, race and crash tests on PostgreSQL 15 or on DATABASE_URL; `pg --all` runs everything there
//   database   the same tests on the embedded PostgreSQL, for a second version of Node.js
//   console    the console in a real browser, on the embedded PostgreSQL
//   long       the long forms, with a printed seed (BATON_TEST_SEED repeats one)
// What follows is passed on to vitest, e.g. a part of a file's name.
import { randomInt } from 'node:crypto'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { ConsoleBuildError, ensureConsole } from './console/ensure.ts'
import { startPostgres } from './postgres-cluster.ts'
import { filesBelow, program, root, runAloud } from './run.ts'

interface Figures {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

/** Tests that depend on how the database locks, orders and survives: these prove a second engine. */
const databaseTests = ['.store.test.ts', '.race.test.ts', '.crash.test.ts']

async function main(words: readonly string[]): Promise<Figures> {
  const [form, ...rest] = words
  if (form === 'pg') return onPostgres(rest)
  if (form === 'database') return vitest([...databaseTests, ...rest], {})
  if (form === 'console') return inBrowser(rest)
  if (form === 'long') return longForms(rest)
  return vitest(words, {})
}

async function onPostgres(words: readonly string[]): Promise<Figures> {
  const isAll = words.includes('--all')
  const names = [...(isAll ? [] : databaseTests), ...words.filter((word) => word !== '--all')]
  const given = process.env['DATABASE_URL']
  if (given) return vitest(names, { BATON_TEST_DATABASE_URL: given })
  const server = await startPostgres()
  if (server === null) {
    console.log(
      'No PostgreSQL programs in /usr/lib/postgresql or PATH, and DATABASE_URL is not set: skipped.',
    )
    return { passed: 0, failed: 0, skipped: countTestFiles(isAll) }
  }
  // An interrupted run still stops its server: the tests end by the same signal, and then this goes on to `finally`.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => {})
  try {
    console.log(`PostgreSQL ${server.version}, ${server.url}`)
    return await vitest(names, { BATON_TEST_DATABASE_URL: server.url })
  } finally {
    await server.stop()
  }
}

// Built once before, so that no test waits for it.
async function inBrowser(words: readonly string[]): Promise<Figures> {
  try {
    await ensureConsole((text) => process.stdout.write(text))
  } catch (error) {
    if (!(error instanceof ConsoleBuildError)) throw error
    console.log(`${error.message}\n  → ${error.next}`)
    return { passed: 0, failed: 1, skipped: 0 }
  }
  return vitest(words, { BATON_TEST_CONSOLE: '1' })
}

async function longForms(words: readonly string[]): Promise<Figures> {
  const seed = process.env['BATON_TEST_SEED'] ?? String(randomInt(2 ** 31))
  console.log(`Seed ${seed}; repeat with BATON_TEST_SEED=${seed} npm run test:long`)
  return vitest(['.long.test.ts', '--passWithNoTests', ...words], { BATON_LONG: '1', BATON_TEST_SEED: seed })
}

// The tests themselves cannot be counted without a database, so their files are.
function countTestFiles(isAll: boolean): number {
  const files = ['src', 'test', 'tools', 'console'].flatMap((folder) => filesBelow(root, folder))
  return files.filter(
    (file) =>
      /(?<![.]e2e)[.]test[.]ts$/.test(file) && (isAll || databaseTests.some((end) => file.endsWith(end))),
  ).length
}

interface TestResult {
  readonly status: string
}

interface Report {
  readonly testResults: readonly {
    readonly status: string
    readonly assertionResults: readonly TestResult[]
  }[]
}

async function vitest(words: readonly string[], env: NodeJS.ProcessEnv): Promise<Figures> {
  const report = path.join(root, '.cache/tests', `${process.pid}.json`)
  mkdirSync(path.dirname(report), { recursive: true })
  const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...words]
  // Through the running Node.js, so that a second version proves itself and not the first of PATH.
  const code = await runAloud(process.execPath, [program('vitest'), ...args], { ...process.env, ...env })
  const figures = figuresOf(report)
  rmSync(report, { force: true })
  // An error outside any test, or no tests at all, fails the run as well.
  return code !== 0 && figures.failed === 0 ? { ...figures, failed: 1 } : figures
}

function figuresOf(report: string): Figures {
  try {
    const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as Report
    const tests = testResults.flatMap((file) => file.assertionResults)
    const count = (...states: readonly string[]) =>
      tests.filter((test) => states.includes(test.status)).length
    const unloaded = testResults.filter(
      (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
    )
    return {
      passed: count('passed'),
      failed: count('failed') + unloaded.length,
      skipped: count('pending', 'skipped', 'todo', 'disabled'),
    }
  } catch {
    return { passed: 0, failed: 0, skipped: 0 }
  }
}

const figures = await main(process.argv.slice(2))
const isIncomplete = process.env['CI'] === 'true' && figures.skipped > 0
if (isIncomplete) console.log('CI=true takes no skipped test: install what was missing.')
console.log(`${figures.passed} passed, ${figures.failed} failed, ${figures.skipped} skipped`)
process.exitCode = figures.failed > 0 || isIncomplete ? 1 : 0
