import { type ChildProcess, spawn } from 'node:child_process'
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { root } from '../run.ts'
import { takeLock } from './lock.ts'

const buildMs = 120_000

describe('the build of the console', { timeout: buildMs }, () => {
  let house: string
  beforeAll(() => {
    house = mkdtempSync(path.join(tmpdir(), 'baton-build-'))
    for (const part of [
      'tools/run.ts',
      'tools/build-console.ts',
      'tools/console',
      'tsconfig.json',
      'console/vite.config.ts',
    ])
      cpSync(path.join(root, part), path.join(house, part), { recursive: true })
    symlinkSync(path.join(root, 'node_modules'), path.join(house, 'node_modules'))
    write('package.json', '{ "type": "module" }')
    write('console/index.html', '<!doctype html><script type="module" src="/main.ts"></script>')
    write('console/main.ts', "import { word } from '../src/kernel/word.ts'\ndocument.title = word")
    write('src/kernel/word.ts', "export const word: string = 'first word'")
  })
  afterAll(() => rmSync(house, { recursive: true, force: true }))

  function write(file: string, text: string): void {
    mkdirSync(path.dirname(path.join(house, file)), { recursive: true })
    writeFileSync(path.join(house, file), text)
  }

  function build(): Promise<{ code: number | null; said: string }> {
    const child = spawn(process.execPath, ['--import', 'tsx', 'tools/build-console.ts'], { cwd: house })
    return endOf(child)
  }

  /** All scripts of the build that `current` names. */
  function built(): string {
    const name = readFileSync(path.join(house, '.cache/console/current'), 'utf8').trim()
    const assets = path.join(house, '.cache/console', name, 'assets')
    const scripts = readdirSync(assets).filter((file) => file.endsWith('.js'))
    return scripts.map((file) => readFileSync(path.join(assets, file), 'utf8')).join('\n')
  }

  it('happens once when two processes want it, and says how long it took', async () => {
    const ended = await Promise.all([build(), build()])
    expect(ended.map(({ code }) => code)).toEqual([0, 0])
    expect(ended.filter(({ said }) => /Building the console.* \d+\.\d s\n/.test(said))).toHaveLength(1)
    expect(built()).toContain('first word')
  })

  it('does not happen again while nothing has changed', async () => {
    expect((await build()).said).not.toContain('Building')
  })

  it('happens again when a file of src/ that it shows has changed', async () => {
    write('src/kernel/word.ts', "export const word: string = 'second word'")
    expect((await build()).said).toContain('Building')
    expect(built()).toContain('second word')
  })

  it('does not happen for a file of src/ that it does not show', async () => {
    write('src/kernel/other.ts', 'export const other = 1')
    expect((await build()).said).not.toContain('Building')
  })

  it('that fails says what is wrong, and keeps the one before', async () => {
    write('console/main.ts', "import './nowhere.ts'")
    const { code, said } = await build()
    expect(code).toBe(1)
    expect(said).toContain('The console could not be built')
    expect(said).toContain('nowhere.ts')
    expect(said).toContain('→ Correct what is named above')
    expect(built()).toContain('second word')
    expect(
      readdirSync(path.join(house, '.cache/console')).filter((name) => /lock|building/.test(name)),
    ).toEqual([])
  })
})

function endOf(child: ChildProcess): Promise<{ code: number | null; said: string }> {
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (part: string) => {
      said += part
    })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, said }))
  })
}

describe('the lock', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'baton-lock-'))
  const file = path.join(folder, 'lock')
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('is held by one at a time', async () => {
    const order: string[] = []
    const first = await takeLock(file, () => {})
    const second = takeLock(file, () => order.push('waits')).then((lock) => {
      order.push('has it')
      return lock
    })
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(order).toEqual(['waits'])
    first.release()
    ;(await second).release()
    expect(order).toEqual(['waits', 'has it'])
  })

  it('of a process that was killed is free', async () => {
    const child = spawn(process.execPath, ['--version'])
    await endOf(child)
    writeFileSync(file, String(child.pid))
    let waits = 0
    const lock = await takeLock(file, () => {
      waits += 1
    })
    expect(waits).toBe(0)
    lock.release()
  })
})
