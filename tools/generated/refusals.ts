import { readFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import type { RefusalRule } from '../../src/kernel/refusal.ts'
import { filesBelow, root } from '../run.ts'

/** A refusal and the file that declares it. */
export interface DeclaredRefusal {
  readonly file: string
  /** As code names it, e.g. `numberRefusal.released`. */
  readonly name: string
  readonly rule: RefusalRule
}

/** Every refusal that an exported `defineRefusals` declares, sorted by code. */
export async function declaredRefusals(): Promise<DeclaredRefusal[]> {
  const declared: DeclaredRefusal[] = []
  for (const file of filesBelow(root, 'src')) {
    if (!/[.]ts$/.test(file) || /[.]test[.]ts$/.test(file)) continue
    if (!/= defineRefusals\(/.test(readFileSync(path.join(root, file), 'utf8'))) continue
    const exported: Record<string, unknown> = await import(pathToFileURL(path.join(root, file)).href)
    for (const { rule, name } of Object.entries(exported).flatMap(([key, value]) => rulesOf(key, value))) {
      if (!declared.some((other) => other.rule === rule)) declared.push({ file, name, rule })
    }
  }
  return declared.sort((one, other) => (one.rule.code < other.rule.code ? -1 : 1))
}

function rulesOf(name: string, value: unknown): { name: string; rule: RefusalRule }[] {
  if (typeof value !== 'object' || value === null) return []
  const rules: [string, unknown][] = Object.entries(value)
  return rules.flatMap(([key, rule]) => (isRule(rule) ? [{ name: `${name}.${key}`, rule }] : []))
}

function isRule(value: unknown): value is RefusalRule {
  return (
    typeof value === 'object' &&
    value !== null &&
    'code' in value &&
    'status' in value &&
    'en' in value &&
    'zh' in value
  )
}
