// `npm test`: installs what is missing, then runs the tests and ends with one plain line of figures.
import { spawnSync } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensureInstalled } from './ensure-installed.mjs'

ensureInstalled()
const here = dirname(fileURLToPath(import.meta.url))
const { status } = spawnSync(
  process.execPath,
  ['--import', 'tsx', join(here, 'run-tests.ts'), ...process.argv.slice(2)],
  {
    cwd: dirname(here),
    stdio: ['ignore', 'inherit', 'inherit'],
  },
)
process.exitCode = status ?? 1
