import type { Command } from 'commander'
import { outputOf, type Place, withExamples } from '../command.ts'
import type { Purpose } from '../running/options.ts'

/** `baton start` and `baton worker`. */
export function addServerCommands({ program }: Place): void {
  const start = program
    .command('start')
    .description('Run Baton: API, documentation, background work')
    .action((_options: unknown, command: Command) => run(command, 'serve'))
  withExamples(start, [
    'npx baton start                          on http://localhost:4400, database in ./data',
    'PORT=8080 BATON_DATA=/srv/baton npx baton start',
    'DATABASE_URL=postgres://… npx baton start  on your own PostgreSQL',
  ])
  const worker = program
    .command('worker')
    .description('Run background work only, beside a Baton on the same DATABASE_URL')
    .action((_options: unknown, command: Command) => run(command, 'work'))
  withExamples(worker, ['DATABASE_URL=postgres://… npx baton worker'])
}

async function run(command: Command, purpose: Exclude<Purpose, 'command'>): Promise<void> {
  const { runServer } = await import('../running/run-server.ts')
  await runServer(outputOf(command), purpose)
}
