// `npm run generate`, or a part of it: `npm run schema | api | docs | map`. Everything is made in memory first, so that
// `npm run check` can compare it with what is committed.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { generateTables } from './generate-tables.ts'
import { consoleRoutes } from './generated/console-routes.ts'
import { withSchema } from './generated/database.ts'
import { importsPage } from './generated/imports-page.ts'
import { messagesPage } from './generated/messages-page.ts'
import { openapi } from './generated/openapi.ts'
import { eventsPage, permissionsPage, problemsPage, settingsPage } from './generated/reference.ts'
import { roomsPage } from './generated/rooms-page.ts'
import { schemaText } from './generated/schema.ts'
import { root } from './run.ts'

/** Files by their path from the root. */
type Files = Readonly<Record<string, string>>

const parts: Readonly<Record<string, () => Promise<Files>>> = {
  schema: () =>
    withSchema(async (client) => ({
      'db/schema.sql': await schemaText(client),
      'src/platform/db/tables.ts': await generateTables(client),
    })),
  api: async () => ({ 'openapi.json': await openapi(), 'console/api/routes.ts': consoleRoutes() }),
  docs: async () => ({
    'docs/reference/problems.md': await problemsPage(),
    'docs/reference/permissions.md': permissionsPage(),
    'docs/reference/events.md': eventsPage(),
    'docs/reference/settings.md': settingsPage(),
    'docs/reference/imports.md': importsPage(),
    'docs/reference/messages.md': await messagesPage(),
  }),
  map: async () => ({ 'docs/reference/rooms.md': await roomsPage() }),
}

/** Names every committed file that differs from what the code makes now; empty where none does. */
export async function driftFaults(): Promise<string> {
  const faults: string[] = []
  for (const [part, make] of Object.entries(parts)) {
    for (const [file, text] of Object.entries(await make())) {
      const line = firstDifference(read(file), text)
      if (line) faults.push(`${file} is not what the code makes now, from line ${line}: npm run ${part}`)
    }
  }
  return faults.join('\n')
}

function firstDifference(committed: string, made: string): number {
  if (committed === made) return 0
  const lines = made.split('\n')
  const others = committed.split('\n')
  return lines.findIndex((line, index) => line !== others[index]) + 1 || lines.length + 1
}

function read(file: string): string {
  try {
    return readFileSync(path.join(root, file), 'utf8')
  } catch {
    return ''
  }
}

async function write(names: readonly string[]): Promise<void> {
  for (const name of names) {
    const make = parts[name]
    if (!make) throw new Error(`There is no part "${name}"; there are ${Object.keys(parts).join(', ')}.`)
    for (const [file, text] of Object.entries(await make())) {
      const isNew = read(file) !== text
      mkdirSync(path.dirname(path.join(root, file)), { recursive: true })
      if (isNew) writeFileSync(path.join(root, file), text)
      console.log(`${isNew ? 'written  ' : 'unchanged'} ${file}`)
    }
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const wanted = process.argv.slice(2)
  await write(wanted.length > 0 ? wanted : Object.keys(parts))
}
