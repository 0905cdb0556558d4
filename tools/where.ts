// `npm run where <word>`: where a word lives: contract, rules, SQL, screens, tests, decisions.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { allRoutes } from './generated/routes.ts'
import { filesBelow, root } from './run.ts'

const places: readonly (readonly [title: string, folder: string, file: RegExp])[] = [
  ['rules', 'src', /(^|\/|-)(rules|states)([.]ts|\/)/],
  ['nouns and refusals', 'src', /(^|\/)(model|refusals)([.]ts|\/)/],
  ['use cases', 'src', /(^|\/|-)(service|jobs)([.]ts|\/)/],
  ['SQL', 'src', /(^|\/|-)(store|views)([.]ts|\/)/],
  ['other code', 'src', /[.]ts$/],
  ['changes of the database', 'db/changes', /[.]sql$/],
  ['screens', 'console', /[.](tsx?|json)$/],
  ['decisions and pages', 'docs', /[.]md$/],
  ['tests', '', /[.]test[.]ts$/],
]

function main(word: string): void {
  const pattern = new RegExp(word.replace(/[^\w-]/g, '.'), 'i')
  const shown = new Set<string>()
  list('routes', routesOf(pattern))
  for (const [title, folder, name] of places) {
    const lines: string[] = []
    for (const file of filesOf(folder)) {
      if (!name.test(file) || shown.has(file) || (title !== 'tests' && /[.]test[.]ts$/.test(file))) continue
      const hits = hitsIn(file, pattern)
      if (hits === null) continue
      shown.add(file)
      lines.push(hits)
    }
    list(title, lines)
  }
}

function routesOf(pattern: RegExp): string[] {
  return allRoutes()
    .filter(({ feature, route }) =>
      pattern.test(`${feature} ${route.operationId} ${route.path} ${route.summary}`),
    )
    .map(({ route }) => `${route.method.padEnd(6)} ${route.path}  ${route.operationId}: ${route.summary}`)
}

function filesOf(folder: string): string[] {
  return folder
    ? filesBelow(root, folder)
    : ['src', 'test', 'tools', 'console'].flatMap((one) => filesBelow(root, one))
}

/** The file with its first mention; null where the word does not occur. */
function hitsIn(file: string, pattern: RegExp): string | null {
  const lines = readFileSync(path.join(root, file), 'utf8').split('\n')
  const found = lines.flatMap((line, index) =>
    pattern.test(line) && !line.startsWith('import ') ? [index] : [],
  )
  const [first] = found
  if (first === undefined) return pattern.test(file) ? file : null
  return `${file}:${first + 1} (${found.length})  ${(lines[first] ?? '').trim().slice(0, 90)}`
}

function list(title: string, lines: readonly string[]): void {
  if (lines.length === 0) return
  console.log(`\n${title}`)
  for (const line of lines) console.log(`  ${line}`)
}

const [word] = process.argv.slice(2)
if (word) main(word)
else {
  console.error('Say which word: npm run where cooldown')
  process.exitCode = 1
}
