// Loads src/main.ts. One process only: signals and the exit code need no forwarding, and nothing outlives its parent.
import module from 'node:module'
import { ensureInstalled } from './ensure-installed.mjs'

/** Runs the command line with these arguments. */
export async function runMain(args) {
  ensureInstalled()
  // Node.js 22 and later keep compiled code between starts; later ones read TypeScript themselves.
  module.enableCompileCache?.()
  if (!process.features.typescript) {
    const { register } = await import('tsx/esm/api')
    register()
  }
  if (servesConsole(args)) await buildConsole()
  const { main } = await import('../src/main.ts')
  await main(args)
}

function servesConsole([command, ...rest]) {
  const asksForHelp = rest.includes('--help') || rest.includes('-h')
  return command === 'start' && !asksForHelp && process.env.BATON_CONSOLE?.trim() !== 'off'
}

async function buildConsole() {
  const { ConsoleBuildError, ensureConsole } = await import('./console/ensure.ts')
  try {
    await ensureConsole((text) => process.stderr.write(text))
  } catch (error) {
    if (!(error instanceof ConsoleBuildError)) throw error
    console.error(`${error.message}\n  → ${error.next}`)
    process.exit(1)
  }
}
