import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readdir, readFile, realpath, rm, symlink, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { acquireDataFolder } from './data-folder.ts'
import { DataFolderError } from './data-folder-error.ts'
import { hasProcessTable } from './process-table.ts'

let root = ''
beforeAll(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'embedded-test-')))
})
afterAll(() => rm(root, { recursive: true, force: true }))

const holderProgram = `
  const { acquireDataFolder } = await import(${JSON.stringify(new URL('./data-folder.ts', import.meta.url).href)})
  process.stdout.write('asking\\n')
  process.stdin.once('data', async () => {
    const answer = await acquireDataFolder(process.argv[1]).then(() => 'held', (error) => error.code)
    process.stdout.write(answer + '\\n')
    if (answer !== 'held') process.exit(0)
  })
`

/** A Baton in a process of its own, which asks for the folder as soon as it is told to. */
async function prepareContender(folder: string) {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', '--input-type=module', '-e', holderProgram, folder],
    {
      stdio: ['pipe', 'pipe', 'inherit'],
    },
  )
  await once(child.stdout, 'data')
  return {
    child,
    async ask(): Promise<string> {
      child.stdin.write('go\n')
      const [answer] = await once(child.stdout, 'data')
      return String(answer).trim()
    },
    async kill(): Promise<void> {
      const ended = child.exitCode !== null || child.signalCode !== null ? undefined : once(child, 'exit')
      child.kill('SIGKILL')
      await ended
    },
  }
}

async function refusalOf(folder: string): Promise<DataFolderError> {
  const outcome = await acquireDataFolder(folder).catch((error: unknown) => error)
  if (!(outcome instanceof DataFolderError)) throw new Error(`expected a refusal, got ${String(outcome)}`)
  return outcome
}

/** Rewrites the newest lock record as if another process had written it. */
async function forgeHolder(folder: string, changes: object): Promise<string> {
  const lock = join(folder, 'baton.lock')
  const newest = Math.max(...(await readdir(lock)).map(Number))
  const file = join(lock, String(newest))
  const record: object = JSON.parse(await readFile(file, 'utf8'))
  await writeFile(file, JSON.stringify({ ...record, released: false, ...changes }))
  return file
}

describe('holding the data folder', () => {
  it('lets the administrator start again after a clean stop, many times', async () => {
    const folder = join(root, 'again')
    for (let start = 0; start < 6; start += 1) await (await acquireDataFolder(folder)).release()
    expect((await readdir(join(folder, 'baton.lock'))).length).toBeLessThanOrEqual(3)
  })

  it('refuses a second Baton and says who holds the folder and since when', async () => {
    const folder = join(root, 'second')
    const contender = await prepareContender(folder)
    expect(await contender.ask()).toBe('held')
    const refusal = await refusalOf(folder)
    expect(refusal.code).toBe('data-folder.in-use')
    expect(refusal.message).toMatch(new RegExp(`process ${contender.child.pid} on .+, since 20\\d\\d-`))
    expect(refusal.next).toContain('BATON_DATA')
    await contender.kill()
  })

  it('sees through a symbolic link to a folder that is in use', async () => {
    const folder = join(root, 'real')
    const held = await acquireDataFolder(folder)
    await symlink(folder, join(root, 'alias'))
    expect((await refusalOf(join(root, 'alias'))).code).toBe('data-folder.in-use')
    await held.release()
  })

  it('takes over from a Baton that was killed', async () => {
    const folder = join(root, 'killed')
    const contender = await prepareContender(folder)
    expect(await contender.ask()).toBe('held')
    await contender.kill()
    await (await acquireDataFolder(folder)).release()
  })

  it.runIf(hasProcessTable)(
    'is not fooled by another program that got the dead Baton’s process id',
    async () => {
      const folder = join(root, 'reused')
      await (await acquireDataFolder(folder)).release()
      await forgeHolder(folder, { pid: process.pid })
      expect((await refusalOf(folder)).code).toBe('data-folder.in-use')
      await forgeHolder(folder, { pid: process.pid, startedTicks: '1' })
      await (await acquireDataFolder(folder)).release()
    },
  )

  it('takes over a record that a power failure cut short', async () => {
    const folder = join(root, 'cut')
    await mkdir(join(folder, 'baton.lock'), { recursive: true })
    await writeFile(join(folder, 'baton.lock', '4'), '')
    await (await acquireDataFolder(folder)).release()
  })

  it('gives the folder to exactly one of several that start at once after a crash', async () => {
    const folder = join(root, 'race')
    const first = await prepareContender(folder)
    await first.ask()
    await first.kill()
    const contenders = await Promise.all([1, 2, 3, 4].map(() => prepareContender(folder)))
    const answers = await Promise.all(contenders.map((contender) => contender.ask()))
    await Promise.all(contenders.map((contender) => contender.kill()))
    expect(answers.sort()).toEqual(['data-folder.in-use', 'data-folder.in-use', 'data-folder.in-use', 'held'])
  }, 20_000)

  it('says what is wrong when the folder cannot be made', async () => {
    await writeFile(join(root, 'file'), '')
    const refusal = await refusalOf(join(root, 'file', 'data'))
    expect(refusal.code).toBe('data-folder.unreachable')
    expect(refusal.message).toContain(join(root, 'file', 'data'))
  })
})

describe.concurrent('a data folder shared with another container, whose process ids mean nothing here', () => {
  const elsewhere = { pidNamespace: 'pid:[1]', pid: 1 }

  it('is refused while its holder shows signs of life', async () => {
    const folder = join(root, 'container-alive')
    await (await acquireDataFolder(folder)).release()
    const file = await forgeHolder(folder, elsewhere)
    const beat = setInterval(() => utimes(file, new Date(), new Date()), 500)
    const refusal = await refusalOf(folder)
    clearInterval(beat)
    expect(refusal.code).toBe('data-folder.in-use')
    expect(refusal.next).not.toContain('kill')
  }, 15_000)

  it('is taken over after its holder was silent for 8 seconds', async () => {
    const folder = join(root, 'container-gone')
    await (await acquireDataFolder(folder)).release()
    await forgeHolder(folder, elsewhere)
    const before = performance.now()
    await (await acquireDataFolder(folder)).release()
    expect(performance.now() - before).toBeGreaterThan(7_900)
  }, 20_000)
})
