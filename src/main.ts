import { exitCode } from './cli/failure.ts'
import { runProgram } from './cli/program.ts'

/** The command line: becomes a server, a worker, or one command. */
export async function main(args: readonly string[]): Promise<void> {
  // A reader that has seen enough (`baton numbers list | head`) is no failure.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    process.exit(error.code === 'EPIPE' ? exitCode.done : exitCode.failed)
  })
  process.exitCode = await runProgram(args)
}
