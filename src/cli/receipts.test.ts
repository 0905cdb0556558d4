import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fileOf, person, signer, someReceipt } from '../../test/builders/receipts.ts'
import { run } from '../../test/command-line.ts'
import { createKeyRing, keyNameOf } from '../platform/crypto/key-ring.ts'

describe('HAN-8 baton receipt', () => {
  let folder: string
  let data: string
  let receipt: string
  let keys: string

  const baton = (args: readonly string[], dataFolder = data) => run(args, { BATON_DATA: dataFolder }).ended

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'baton-receipts-'))
    data = join(folder, 'data')
    const ring = createKeyRing(join(data, 'keys'))
    const { keyName } = await ring.create()
    const privateKey = await ring.privateKey(keyName)
    if (!privateKey) throw new Error('the key ring has no key')
    const made = someReceipt(
      {
        company: 'Acme',
        leaver: person('Wang Fang', 'S-1'),
        items: [{ label: '+49 30 1', to: person('Li Lei', 'S-2') }],
      },
      { ...signer(keyName), privateKey },
    )
    receipt = join(folder, 'receipt.json')
    keys = join(folder, 'keys.txt')
    await writeFile(receipt, JSON.stringify(fileOf(made), null, 2))
    await writeFile(join(folder, 'edited.json'), JSON.stringify(fileOf(made)).replace('Li Lei', 'Li Mei'))
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  it('verifies on the machine that made it, and anywhere by the keys that machine printed', async () => {
    const [own, printed] = await Promise.all([
      baton(['receipt', 'verify', receipt]),
      baton(['receipt', 'key']),
    ])
    expect(own).toMatchObject({ code: 0, said: '' })
    expect(own.out).toContain('The receipt is genuine and whole.')
    expect(own.out).toMatch(/Leaver +Wang Fang/)
    await writeFile(keys, printed.out)
    const elsewhere = await baton(
      ['receipt', 'verify', receipt, '--key', keys, '--json'],
      join(folder, 'none'),
    )
    expect(elsewhere.code).toBe(0)
    expect(JSON.parse(elsewhere.out)).toMatchObject({ ok: true, findings: [] })
  })

  it('answers 1 to an edited copy, says what was changed, and repeats nothing of it', async () => {
    const edited = await baton(['receipt', 'verify', join(folder, 'edited.json')])
    expect(edited.code).toBe(1)
    expect(edited.out).toMatch(/not genuine[\s\S]*The name member:\S+ is not the one that was signed/)
    expect(edited.out).not.toContain('Li Mei')
  })

  it('believes no receipt without a key, nor by the key of another installation', async () => {
    const other = signer()
    const pem = other.pinned.publicKey.export({ type: 'spki', format: 'pem' }).toString()
    await writeFile(join(folder, 'other.txt'), pem)
    const [without, foreign] = await Promise.all([
      baton(['receipt', 'verify', receipt], join(folder, 'none')),
      baton(['receipt', 'verify', receipt, '--key', join(folder, 'other.txt')]),
    ])
    expect(without).toMatchObject({ code: 1, out: '' })
    expect(without.said).toContain('baton receipt key')
    expect(foreign.code).toBe(1)
    expect(foreign.out).toContain('not among the keys that you trust')
    expect(keyNameOf(other.pinned.publicKey)).toMatch(/^baton-[0-9a-f]{16}$/)
  })

  it('answers 2 where the files are not what they should be', async () => {
    const [missing, notKeys] = await Promise.all([
      baton(['receipt', 'verify', join(folder, 'nothing.json')]),
      baton(['receipt', 'verify', receipt, '--key', receipt]),
    ])
    expect([missing.code, notKeys.code]).toEqual([2, 2])
    expect(notKeys.said).toContain('holds no public key')
  })
})
