import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { verifyArchive } from './archive-reader.ts'
import { type Archive, writeArchive } from './archive-writer.ts'
import { BackupError } from './backup-error.ts'
import { headBytes, headOf } from './envelope.ts'
import { type Ending, endingName, type Manifest, manifestName, partName, Tally } from './manifest.ts'

const run = promisify(execFile)
const company = '01928374-0000-7000-8000-000000000001'
const note = `checkpoints/${company}.log`
const rows = Buffer.from('1\t安娜\n2\tBéla\\n\n')
const manifest: Manifest = {
  batonVersion: '0.1.0',
  takenAt: '2026-11-22T10:00:00.000000Z',
  changes: [],
  recordMonths: [],
  tables: [
    { name: 'empty', columns: ['id'] },
    { name: 'members', columns: ['id', 'name'] },
  ],
}

let folder: string
let whole: string
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'baton-archive-'))
  whole = await written('whole', plain)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

function noProgress(): void {}
const nothing = { rows: 0, bytes: 0, sha256: new Tally().sum().sha256 }

function endingOf(sum = summed()): Ending {
  return { tables: { empty: nothing, members: sum }, files: { count: 1, bytes: 5 }, mediaMissing: 0 }
}

function summed() {
  const tally = new Tally()
  tally.add(rows)
  return tally.sum()
}

function json(value: object): Buffer {
  return Buffer.from(JSON.stringify(value))
}

async function plain(archive: Archive, ending: object = endingOf(), file = note): Promise<void> {
  await archive.add(manifestName, json(manifest))
  await archive.add(partName('members', 1), rows.subarray(0, 7))
  await archive.add(partName('members', 2), rows.subarray(7))
  await archive.add(file, Buffer.from('note\n'))
  await archive.add(endingName, json(ending))
}

async function written(name: string, fill: (archive: Archive) => Promise<void>): Promise<string> {
  const file = path.join(folder, name)
  await writeArchive(file, fill)
  return file
}

async function refusalOf(bytes: Buffer): Promise<string> {
  const file = path.join(folder, 'damaged')
  await writeFile(file, bytes)
  const error = await verifyArchive(file, noProgress).catch((thrown: unknown) => thrown)
  if (error instanceof BackupError) return error.message
  throw new Error(`it was not refused: ${JSON.stringify(error)}`)
}

describe('the file of a backup', () => {
  it('is read as it was written', async () => {
    const verified = await verifyArchive(whole, noProgress)
    expect(verified).toMatchObject({ manifest, ending: endingOf() })
    expect(verified.ending.tables['members']?.rows).toBe(2)
  })

  it('is opened by ordinary programs too', async () => {
    const { stdout, stderr } = await run('tar', ['--extract', '--gzip', '--to-stdout', '-f', whole, 'tables'])
    expect(stdout).toBe(rows.toString())
    expect(stderr).toBe('')
  })

  it('is refused with any one byte of it changed', async () => {
    const bytes = await readFile(whole)
    const accepted: number[] = []
    for (let at = 0; at < bytes.length; at += 1) {
      const changed = Buffer.from(bytes)
      changed[at] = (changed[at] ?? 0) ^ (1 << (at % 8))
      const says = await refusalOf(changed).catch(() => '')
      if (!/is no backup of Baton|is cut off or damaged|of a newer Baton/.test(says)) accepted.push(at)
    }
    expect(accepted).toEqual([])
  }, 60_000)

  it('is refused cut off anywhere, or with something after it', async () => {
    const bytes = await readFile(whole)
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: bytes.length - 1 }), async (length) => {
        const says = await refusalOf(bytes.subarray(0, length))
        expect(says).toMatch(length < headBytes ? /is no backup of Baton/ : /is cut off or damaged/)
      }),
      { numRuns: 60 },
    )
    expect(await refusalOf(Buffer.concat([bytes, Buffer.from('\n')]))).toContain('is cut off or damaged')
  })

  it('is refused when it is something else, of a later form, or not there', async () => {
    expect(await refusalOf(Buffer.from('PGDMP and so on, and on, and on, and on, and on'))).toContain(
      'is no backup of Baton',
    )
    expect(await refusalOf(Buffer.concat([headOf(2), Buffer.alloc(2_000)]))).toContain(
      'has the form 2 of a newer Baton; this one reads up to 1',
    )
    await expect(verifyArchive(path.join(folder, 'nowhere'), noProgress)).rejects.toThrow('There is no file')
    await expect(verifyArchive(folder, noProgress)).rejects.toThrow('is no backup of Baton')
  })

  it('is refused when its parts do not fit its own sums, although the whole has its hash', async () => {
    const wrong = [
      { ...endingOf(), tables: { empty: nothing, members: { ...summed(), rows: 3 } } },
      { ...endingOf(), tables: { empty: nothing } },
      { ...endingOf(), files: { count: 2, bytes: 5 } },
      { ...endingOf(), tables: { ...endingOf().tables, other: nothing } },
    ]
    for (const [index, ending] of wrong.entries()) {
      const file = await written(`wrong-${index}`, (archive) => plain(archive, ending))
      await expect(verifyArchive(file, noProgress)).rejects.toThrow('is cut off or damaged')
    }
  })

  it('is refused with a file that would land outside the data folder', async () => {
    const names = [
      '../../etc/passwd',
      `media/${company}/../keys/x`,
      '/etc/passwd',
      'keys/a.key.pem',
      'checkpoints/x.log',
    ]
    for (const [index, name] of names.entries()) {
      const file = await written(`outside-${index}`, (archive) => plain(archive, endingOf(), name))
      await expect(verifyArchive(file, noProgress), name).rejects.toThrow('is cut off or damaged')
    }
  })
})

describe('writing a backup', () => {
  it('leaves nothing of a file that could not be finished, and what was there before', async () => {
    const target = path.join(folder, 'kept')
    await writeFile(target, 'yesterday')
    const fails = writeArchive(target, async (archive) => {
      await plain(archive)
      throw new Error('the database went away')
    })
    await expect(fails).rejects.toThrow('the database went away')
    expect(await readFile(target, 'utf8')).toBe('yesterday')
    expect((await readdir(folder)).filter((name) => name.includes('unfinished'))).toEqual([])
  })
})
