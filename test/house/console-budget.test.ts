import { readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { ensureConsole } from '../../tools/console/ensure.ts'
import { expectNone } from './sources.ts'

const firstLoadBytes = 250_000
const screenBytes = 80_000
const buildMs = 120_000

/** What Vite writes about a file that it made. */
interface Made {
  readonly file: string
  readonly isEntry?: boolean
  readonly isDynamicEntry?: boolean
  readonly imports?: readonly string[]
  readonly css?: readonly string[]
}
type Manifest = Readonly<Record<string, Made>>

/** A file and what it cannot be without, by the names of the manifest. */
function withImports(manifest: Manifest, name: string, seen = new Set<string>()): Set<string> {
  if (seen.has(name)) return seen
  seen.add(name)
  for (const other of manifest[name]?.imports ?? []) withImports(manifest, other, seen)
  return seen
}

/** What a browser loads for a screen beyond what it has from the start. */
function onlyOf(manifest: Manifest, name: string): string[] {
  const atFirst = withImports(manifest, entryOf(manifest))
  return [...withImports(manifest, name)].filter((one) => !atFirst.has(one))
}

function entryOf(manifest: Manifest): string {
  const [name] = Object.entries(manifest).find(([, made]) => made.isEntry) ?? []
  if (name === undefined) throw new Error('the console has no entry')
  return name
}

describe('the console', () => {
  let folder: string
  let manifest: Manifest
  beforeAll(async () => {
    folder = await ensureConsole(() => {})
    manifest = JSON.parse(readFileSync(path.join(folder, '.vite/manifest.json'), 'utf8')) as Manifest
  }, buildMs)

  function zippedBytes(file: string): number {
    const at = path.join(folder, file)
    return (statSync(`${at}.gz`, { throwIfNoEntry: false }) ?? statSync(at)).size
  }

  function scriptBytes(names: Iterable<string>): number {
    return [...names].reduce((sum, name) => sum + zippedBytes(manifest[name]?.file ?? ''), 0)
  }

  it(`loads no more than ${firstLoadBytes / 1000} KB of script at first`, async ({ annotate }) => {
    const names = withImports(manifest, entryOf(manifest))
    const styles = new Set([...names].flatMap((name) => manifest[name]?.css ?? []))
    const stylesBytes = [...styles].reduce((sum, file) => sum + zippedBytes(file), 0)
    const bytes = scriptBytes(names)
    await annotate(`${kilobytes(bytes)} KB of script and ${kilobytes(stylesBytes)} KB of styles, gzip`)
    expect(bytes, 'load later what the first screen does not need').toBeLessThanOrEqual(firstLoadBytes)
  })

  it(`brings no more than ${screenBytes / 1000} KB of script with any screen`, () => {
    const screens = Object.keys(manifest).filter((name) => manifest[name]?.isDynamicEntry)
    expect(screens.length).toBeGreaterThan(10)
    const heavy = screens
      .map((name) => ({ name, bytes: scriptBytes(onlyOf(manifest, name)) }))
      .filter(({ bytes }) => bytes > screenBytes)
      .map(({ name, bytes }) => `${name} ${kilobytes(bytes)} KB`)
    expectNone(heavy, 'Split what is needed later with import(), or share it:')
  })
})

describe('the sum of a screen', () => {
  const manifest: Manifest = {
    'main.tsx': { file: 'main.js', isEntry: true, imports: ['_shared.js'] },
    '_shared.js': { file: 'shared.js' },
    '_table.js': { file: 'table.js', imports: ['_shared.js'] },
    'list.tsx': { file: 'list.js', isDynamicEntry: true, imports: ['_table.js', 'main.tsx'] },
  }

  it('holds what it imports, and leaves out what is there from the start', () => {
    expect([...withImports(manifest, 'main.tsx')]).toEqual(['main.tsx', '_shared.js'])
    expect(onlyOf(manifest, 'list.tsx')).toEqual(['list.tsx', '_table.js'])
  })
})

function kilobytes(bytes: number): number {
  return Math.round(bytes / 1000)
}
