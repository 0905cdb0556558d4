// Checks the version of Node.js and installs Baton's packages where they are missing or older than package-lock.json.
import { spawnSync } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const floor = [20, 19]

/** Ends the process with a clear message when Baton cannot run here. */
export function ensureInstalled() {
  requireNode()
  const reason = whatIsMissing()
  if (reason === null) return
  console.error(`${reason} Installing them once (npm ci), which takes about a minute …`)
  const result = runNpm(['ci', '--no-audit', '--no-fund'])
  if (result.status === 0) return
  fail(
    result.error
      ? `npm could not be run: ${result.error.message}`
      : 'Installing the packages failed; npm says why above.',
    'Check the connection to the package registry, run "npm ci" in this folder, then start again.',
  )
}

function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major > floor[0] || (major === floor[0] && minor >= floor[1])) return
  fail(
    `Baton needs Node.js ${floor.join('.')} or newer; this is ${process.versions.node} (${process.execPath}).`,
    'Install a current Node.js from https://nodejs.org, then start again.',
  )
}

function whatIsMissing() {
  const wantedPath = join(root, 'package-lock.json')
  const presentPath = join(root, 'node_modules', '.package-lock.json')
  const present = statSync(presentPath, { throwIfNoEntry: false })
  if (!present) return "Baton's packages are not installed yet."
  if (present.mtimeMs >= statSync(wantedPath).mtimeMs) return null
  // A copied folder has times of its own, so the contents decide.
  return sameVersions(packagesOf(wantedPath), packagesOf(presentPath))
    ? null
    : "Baton's packages are out of date."
}

function packagesOf(path) {
  return JSON.parse(readFileSync(path, 'utf8')).packages
}

// An installation may leave out packages of other platforms and those for development.
function sameVersions(wanted, present) {
  return Object.entries(wanted).every(([path, { version, optional, dev, devOptional }]) => {
    const found = present[path]
    return path === '' || (found ? found.version === version : Boolean(optional || dev || devOptional))
  })
}

function runNpm(args) {
  const options = { cwd: root, stdio: ['ignore', 2, 2] }
  const script = process.env.npm_execpath
  if (script?.endsWith('.js')) return spawnSync(process.execPath, [script, ...args], options)
  return spawnSync('npm', args, { ...options, shell: process.platform === 'win32' })
}

function fail(message, next) {
  console.error(`${message}\n  → ${next}`)
  process.exit(1)
}
