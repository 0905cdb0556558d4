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
  const { main } = await import('../src/main.ts')
  await main(args)
}
