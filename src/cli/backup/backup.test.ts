import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addressOf, ownerPassword, type Running, run } from '../../../test/command-line.ts'

async function start(data: string) {
  const server = run(['start'], { BATON_DATA: data, PORT: '0' })
  return { address: await addressOf(server), stop: () => stop(server) }
}

async function stop(server: Running): Promise<void> {
  server.child.kill('SIGTERM')
  await server.ended
}

describe('baton backup and baton restore', () => {
  let folder: string
  let token: string
  const dataOf = (name: string) => join(folder, name)
  const baton = (data: string, args: readonly string[], input?: string) =>
    run(args, { BATON_DATA: dataOf(data), PORT: '0' }, input).ended
  const file = () => join(folder, 'all.baton-backup')

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'baton-cli-backup-'))
    const server = await start(dataOf('data'))
    try {
      const words = ['--company', 'Acme 有限公司', '--owner', '王芳', '--owner-email', 'wang@example.com']
      const made = await baton('data', ['setup', ...words, '--password-file', '-', '--json'], ownerPassword)
      token = JSON.parse(made.out).token
      await baton('data', ['members', 'add', 'li.lei', '--name', '李雷'])
      const taken = await baton('data', ['backup', file()])
      expect(taken).toMatchObject({
        code: 0,
        out: expect.stringMatching(/^Backup .*\nAs of .*\nHolds .*\nSize .*\nSHA-256 .*/),
      })
    } finally {
      await server.stop()
    }
  }, 60_000)
  afterAll(() => rm(folder, { recursive: true, force: true }))

  it('write while no Baton runs as well, over a file only when told to', async () => {
    const before = await readFile(file())
    const refused = await baton('data', ['backup', file(), '--json'])
    expect(refused).toMatchObject({ code: 1, out: '' })
    expect(JSON.parse(refused.said).error.title).toContain('is there already')
    expect((await readFile(file())).equals(before)).toBe(true)
    const other = join(folder, 'again.baton-backup')
    await writeFile(other, 'yesterday')
    const taken = await baton('data', ['backup', other, '--force', '--json'])
    expect(taken).toMatchObject({ code: 0, said: '' })
    expect(JSON.parse(taken.out)).toMatchObject({
      file: other,
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    })
    expect((await stat(other)).mode & 0o777).toBe(0o600)
  })

  it('bring everything back into a fresh folder, and into no other', async () => {
    const restored = await baton('new', ['restore', file(), '--json'])
    expect(restored.code, restored.said).toBe(0)
    expect(JSON.parse(restored.out)).toMatchObject({ companies: 1, ledgersChanged: [] })
    const again = await baton('new', ['restore', file()])
    expect(again).toMatchObject({ code: 1, out: '' })
    expect(again.said).toContain('There is something in this installation already')
    const server = await start(dataOf('new'))
    try {
      const members = await fetch(`${server.address}/v1/members`, {
        headers: { authorization: `Bearer ${token}` },
      })
      const { items } = (await members.json()) as { items: { name: string }[] }
      expect(items.map((item) => item.name).sort()).toEqual(['李雷', '王芳'])
      const into = await baton('new', ['restore', file()])
      expect(into.said).toContain('in use by another Baton')
      const verified = await baton('new', ['audit', 'verify', '--json'])
      expect(JSON.parse(verified.out)).toMatchObject({ ok: true })
    } finally {
      await server.stop()
    }
  }, 60_000)

  it('refuse what is no backup and where no installation is, and make nothing', async () => {
    const broken = join(folder, 'broken')
    await writeFile(broken, (await readFile(file())).subarray(0, -100))
    const refused = await baton('nowhere', ['restore', broken])
    expect(refused).toMatchObject({ code: 1, out: '' })
    expect(refused.said).toContain('is cut off or damaged')
    expect((await baton('nowhere', ['backup', join(folder, 'x')])).said).toContain(
      'holds no installation of Baton',
    )
    expect((await baton('nowhere', ['backup', '-'])).code).toBe(2)
    const journal = await baton('nowhere', ['restore', file(), '--erasures', join(folder, 'none')])
    expect(journal.code).toBe(2)
    expect(await stat(dataOf('nowhere')).catch(() => null)).toBeNull()
  })
})
