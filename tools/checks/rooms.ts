// The rooms of the house, cruised by the rules of .dependency-cruiser.mjs.
import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { cruise, type ICruiseOptions, type ICruiseResult, type IForbiddenRuleType } from 'dependency-cruiser'
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config'
import { filesBelow } from '../run.ts'

export interface Rules {
  readonly forbidden: readonly (IForbiddenRuleType & { readonly name: string; readonly comment: string })[]
  readonly mayEnter: Readonly<Record<string, readonly string[]>>
}

/** Reads the rules and the order of the features. */
export async function readRules(root: string): Promise<Rules> {
  const file = await import(pathToFileURL(path.join(root, '.dependency-cruiser.mjs')).href)
  return { forbidden: file.default.forbidden, mayEnter: file.mayEnter }
}

/** Cruises `folders` below `base`, types included. */
export async function cruiseRooms(
  root: string,
  base: string,
  folders: readonly string[],
): Promise<ICruiseResult> {
  const file = await import(pathToFileURL(path.join(root, '.dependency-cruiser.mjs')).href)
  const { forbidden, options } = file.default
  const settings: ICruiseOptions = {
    ...options,
    baseDir: base,
    validate: true,
    ruleSet: { forbidden, options },
  }
  const tsConfig = extractTSConfig(path.join(root, 'tsconfig.json'))
  const reply = await cruise([...folders], settings, {}, { tsConfig })
  if (typeof reply.output === 'string') throw new Error('dependency-cruiser answered with text')
  return reply.output
}

/** Says which imports break a rule, and whether the cruise saw every file and the order names every feature. */
export async function roomFaults(root: string, word: string | undefined): Promise<string> {
  const folders = ['src', 'console'].filter((folder) => existsSync(path.join(root, folder)))
  const result = await cruiseRooms(root, root, folders)
  const { forbidden, mayEnter } = await readRules(root)
  const comments = new Map(forbidden.map((rule) => [rule.name, rule.comment]))
  const violations = result.summary.violations
    .filter((violation) => !word || violation.from.includes(word) || violation.to.includes(word))
    .map(({ rule, from, to }) => `${from} → ${to}\n  ${rule.name}: ${comments.get(rule.name)}`)
  return [...violations, ...unseen(root, folders, result), ...unordered(root, mayEnter)].join('\n')
}

// A checker that sees nothing finds nothing: TypeScript under another version, or a wrong option, would stay green.
/** Names the source files below `folders` that the cruise did not see. */
export function unseen(root: string, folders: readonly string[], result: ICruiseResult): string[] {
  const seen = new Set(result.modules.map((module) => module.source))
  const files = folders.flatMap((folder) => filesBelow(root, folder)).filter((file) => /[.]tsx?$/.test(file))
  return files.filter((file) => !seen.has(file)).map((file) => `${file} was not cruised`)
}

function unordered(root: string, mayEnter: Rules['mayEnter']): string[] {
  const features = readdirSync(path.join(root, 'src/features'))
  return features
    .filter((feature) => !(feature in mayEnter))
    .map((feature) => `src/features/${feature} has no place in the order of .dependency-cruiser.mjs`)
}
