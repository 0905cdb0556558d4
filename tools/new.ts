// `npm run new feature <plural-noun>`: a feature folder whose one failing test is the rule still to be written.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { filesBelow, program, root, runQuietly } from './run.ts'
import { featureFiles, nextSteps } from './scaffold/feature.ts'

const kinds: Readonly<Record<string, (name: string) => string | Promise<string>>> = {
  feature: newFeature,
  provider: () => 'Providers are not built yet: their kit and registry come with the feature work-accounts.',
  step: () =>
    'Steps are not built yet: they come with the feature handovers, as handovers/steps/<verb-noun>.ts.',
}

async function newFeature(name: string): Promise<string> {
  if (!/^[a-z]+(-[a-z]+)*$/.test(name))
    throw new Error('Name it in kebab-case, a plural noun of the user: business-cards')
  const folder = `src/features/${name}`
  if (existsSync(path.join(root, folder))) throw new Error(`${folder} is there already.`)
  const files = featureFiles(name, nextChange())
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true })
    writeFileSync(path.join(root, file), text)
  }
  await runQuietly(program('biome'), ['check', '--write', folder])
  return [...Object.keys(files).map((file) => `written  ${file}`), '', nextSteps(name)].join('\n')
}

function nextChange(): string {
  const numbers = filesBelow(root, 'db/changes').map((file) => Number(path.basename(file).slice(0, 4)))
  return String(Math.max(0, ...numbers) + 1).padStart(4, '0')
}

try {
  const [kind = '', name = ''] = process.argv.slice(2)
  const make = kinds[kind]
  if (!make) throw new Error(`Say what is new: npm run new ${Object.keys(kinds).join('|')} <name>`)
  const answer = await make(name)
  console.log(answer)
  if (kind !== 'feature') process.exitCode = 1
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
