import { spawnSync } from 'node:child_process'
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { lockFileFaults, missingPackages } from '../../tools/checks/lock-file.ts'
import { cruiseRooms, unseen } from '../../tools/checks/rooms.ts'
import { program, root } from '../../tools/run.ts'

/** Texts that must not be, what the linter says about them, and whether platform may. */
const seeds: readonly (readonly [text: string, said: string, isPlatformFree?: true])[] = [
  ['export const seeded = Date.now()', 'noJsRestrictedProperties', true],
  ['export const seeded = new Date()', 'Time comes in by parameter', true],
  ['export const seeded = Math.random()', 'noJsRestrictedProperties', true],
  ['export const seeded = crypto.randomUUID()', 'noJsRestrictedProperties', true],
  ['export const seeded = fetch("https://example.com")', 'noRestrictedGlobals', true],
  ['export const seeded = globalThis.fetch', 'noJsRestrictedProperties', true],
  ['setTimeout(stop, 3)', 'noRestrictedGlobals', true],
  [
    'import { randomUUID } from "node:crypto"\nexport const seeded = randomUUID()',
    'noRestrictedImports',
    true,
  ],
  ['export const seeded: any = 1', 'noExplicitAny'],
  ['export default 1', 'noDefaultExport'],
  ['export function seeded(a: 1, b: 2, c: 3, d: 4) { return [a, b, c, d] }', 'useMaxParams'],
  [`export function seeded() {\n${'  seeded()\n'.repeat(61)}}`, 'noExcessiveLinesPerFunction'],
  ['export const seeded = 1\n'.repeat(401), 'noExcessiveLinesPerFile'],
  ['export const seeded = function () {}', 'useConsistentFunctionStyle'],
  ['export enum Seeded { One }', 'noEnum'],
]

/** Lints all seeds at once, in a folder that has the rules of the house; answers with what is said about each file. */
function lintSeeds(folder: string): string[] {
  for (const part of ['biome.jsonc', 'tools/lint'])
    cpSync(path.join(root, part), path.join(folder, part), { recursive: true })
  seeds.forEach(([text], index) => {
    for (const room of ['features/people', 'platform/clock']) {
      mkdirSync(path.join(folder, 'src', room), { recursive: true })
      writeFileSync(path.join(folder, 'src', room, `seed-${index}.ts`), `${text}\n`)
    }
  })
  const args = ['lint', '--colors=off', '--max-diagnostics=none', '--reporter=github', 'src']
  const { stdout } = spawnSync(program('biome'), args, { cwd: folder, encoding: 'utf8' })
  return stdout.split('\n')
}

describe('the linter', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'baton-lint-'))
  const said = lintSeeds(folder)
  rmSync(folder, { recursive: true, force: true })
  const about = (room: string, index: number) =>
    said.filter((line) => line.includes(`${room}/seed-${index}.ts`)).join('\n')

  it.each(
    seeds.map(([text, rule, isPlatformFree], index) => ({
      start: text.slice(0, 60),
      rule,
      isPlatformFree,
      index,
    })),
  )('refuses $start', ({ rule, isPlatformFree, index }) => {
    expect(about('people', index)).toContain(rule)
    if (isPlatformFree)
      expect(about('clock', index), 'platform is where time and chance come from').not.toContain(rule)
  })
})

describe('the check of the rooms', () => {
  it('fails when it has not seen every file', async () => {
    const result = await cruiseRooms(root, root, ['src/kernel'])
    expect(unseen(root, ['src/kernel'], result)).toEqual([])
    const blind = {
      ...result,
      modules: result.modules.filter(({ source }) => source !== 'src/kernel/ids.ts'),
    }
    expect(unseen(root, ['src/kernel'], blind)).toEqual(['src/kernel/ids.ts was not cruised'])
  })
})

describe('the check of the lock file', () => {
  it.each([
    ['has no SHA-512 hash', (entry: Record<string, unknown>) => delete entry['integrity']],
    [
      'has no SHA-512 hash',
      (entry: Record<string, unknown>) => Object.assign(entry, { integrity: 'sha1-abc' }),
    ],
    [
      'names the address',
      (entry: Record<string, unknown>) => Object.assign(entry, { resolved: 'https://example.com/pg.tgz' }),
    ],
    ['is a link', (entry: Record<string, unknown>) => Object.assign(entry, { link: true })],
  ])('notices that an entry %s', (fault, spoil) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'baton-lock-'))
    try {
      const lock = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8'))
      spoil(lock.packages['node_modules/pg'])
      copyFileSync(path.join(root, 'package.json'), path.join(folder, 'package.json'))
      writeFileSync(path.join(folder, 'package-lock.json'), JSON.stringify(lock))
      expect(lockFileFaults(folder)).toContain(`node_modules/pg ${fault}`)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })

  it('notices a package without an entry, which npm ci refuses', () => {
    const tool = { optionalDependencies: { '@tool/darwin-x64': '1.0.0' } }
    expect(missingPackages({ 'node_modules/tool': tool })).toEqual([
      { name: '@tool/darwin-x64', version: '1.0.0', isDev: false },
    ])
    expect(missingPackages({ 'node_modules/tool': tool, 'node_modules/@tool/darwin-x64': {} })).toEqual([])
  })

  it('notices a version that is not exact', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'baton-lock-'))
    try {
      const manifest = readFileSync(path.join(root, 'package.json'), 'utf8').replace(/"pg": "/, '"pg": "^')
      writeFileSync(path.join(folder, 'package.json'), manifest)
      copyFileSync(path.join(root, 'package-lock.json'), path.join(folder, 'package-lock.json'))
      const faults = lockFileFaults(folder)
      expect(faults).toContain('pg is wanted as "^')
      expect(faults).toContain('dependencies of package.json and package-lock.json differ')
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
})
