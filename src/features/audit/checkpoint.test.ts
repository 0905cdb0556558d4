import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Checkpoint, keyIdOf, ledgerOrigin, parseCheckpoint, signCheckpoint } from './checkpoint.ts'

// The published key and note of golang.org/x/mod/sumdb/note, the reference code for signed notes.
const published = {
  keyName: 'PeterNeumann',
  keyId: 'c74f20a3',
  publicKey: 'ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW',
  note: "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n",
}
const publishedKey = createPublicKey({
  format: 'jwk',
  key: {
    kty: 'OKP',
    crv: 'Ed25519',
    x: Buffer.from(published.publicKey, 'base64').subarray(1).toString('base64url'),
  },
})

function keyPair(fill: number) {
  const pkcs8 = Buffer.concat([
    Buffer.from('302e020100300506032b657004220420', 'hex'),
    Buffer.alloc(32, fill),
  ])
  const privateKey = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' })
  return { privateKey, publicKey: createPublicKey(privateKey) }
}

const keyName = 'baton/i1'
const { privateKey, publicKey } = keyPair(1)
const trusted = { keyName, publicKey }
const checkpoint: Checkpoint = {
  origin: ledgerOrigin('i1', 'c1'),
  size: 42,
  root: Buffer.alloc(32, 5),
  at: '2025-11-22T01:02:03.000000Z',
}
const note = signCheckpoint(checkpoint, { keyName, privateKey })
function signatureOf(text: string) {
  return text.split('\n\n')[1] ?? ''
}

describe('a signed checkpoint (ALL-6)', () => {
  it('ALL-6 is a C2SP tlog-checkpoint that reads back as it was signed', () => {
    const [origin, size, root, time, blank, signature] = note.split('\n')
    expect([origin, size, root, time, blank]).toEqual([
      'baton/i1/c1',
      '42',
      Buffer.alloc(32, 5).toString('base64'),
      'time 2025-11-22T01:02:03.000000Z',
      '',
    ])
    expect(signature).toMatch(/^— baton\/i1 [A-Za-z0-9+/]{91}=$/)
    expect(parseCheckpoint(note, [trusted])).toEqual({ ...checkpoint, signedBy: trusted })
  })

  it('ALL-6 uses the key id and the signature of the published signed-note example', () => {
    expect(keyIdOf(published.keyName, publishedKey).toString('hex')).toBe(published.keyId)
    const keys = [{ keyName: published.keyName, publicKey: publishedKey }]
    // The signature fits; the text is a note, but no checkpoint.
    expect(problemOf(published.note, keys)).toBe('malformed')
    expect(problemOf(published.note.replace('answer', 'Answer'), keys)).toBe('bad-signature')
  })

  it('ALL-6 finds any single changed character', () => {
    fc.assert(
      fc.property(fc.nat(note.length - 1), fc.constantFrom(...'A0z+/= \n—'), (at, character) => {
        const changed = note.slice(0, at) + character + note.slice(at + 1)
        if (changed !== note)
          expect(problemOf(changed, [trusted])).toMatch(/malformed|unknown-key|bad-signature/)
      }),
      { seed: 6, numRuns: 1000 },
    )
  })

  it('ALL-6 takes only the one base64 form of a signature, so that a note has no second spelling', () => {
    const last = note.at(-3) ?? ''
    const spelling = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
    const twin = `${note.slice(0, -3)}${spelling[spelling.indexOf(last) + 1]}=\n`
    expect(Buffer.from(twin.split(' ').at(-1) ?? '', 'base64')).toEqual(
      Buffer.from(note.split(' ').at(-1) ?? '', 'base64'),
    )
    expect(problemOf(twin, [trusted])).toBe('malformed')
  })

  it('ALL-6 says that a changed size, root or time does not fit the signature', () => {
    for (const changed of [
      note.replace('\n42\n', '\n41\n'),
      note.replace(':03.0', ':04.0'),
      note.replace('c1', 'c2'),
    ]) {
      expect(problemOf(changed, [trusted])).toBe('bad-signature')
    }
  })

  it('ALL-6 does not count a key that is not trusted, even under the same name', () => {
    const other = keyPair(2)
    const forged = signCheckpoint(checkpoint, { keyName, privateKey: other.privateKey })
    expect(problemOf(forged, [trusted])).toBe('unknown-key')
    expect(problemOf(note, [])).toBe('unknown-key')
    expect(problemOf(note, [{ ...trusted, keyName: 'baton/i2' }])).toBe('unknown-key')
  })

  it('ALL-6 ignores signatures of unknown witnesses, and needs every trusted one to fit', () => {
    const witness = keyPair(3)
    const witnessed = `${note}${signatureOf(signCheckpoint(checkpoint, { keyName: 'witness', ...witness }))}`
    expect(parseCheckpoint(witnessed, [trusted]).size).toBe(42)
    const stray = signatureOf(signCheckpoint({ ...checkpoint, size: 43 }, { keyName: 'witness', ...witness }))
    expect(parseCheckpoint(note + stray, [trusted]).size).toBe(42)
    expect(problemOf(note + stray, [trusted, { keyName: 'witness', publicKey: witness.publicKey }])).toBe(
      'bad-signature',
    )
  })

  it('ALL-6 keeps the checkpoints of a rotated key, up to the rotation', () => {
    expect(parseCheckpoint(note, [{ ...trusted, validUntil: checkpoint.at }]).size).toBe(42)
    expect(problemOf(note, [{ ...trusted, validUntil: '2025-11-22T01:02:02.999Z' }])).toBe('unknown-key')
    const successor = keyPair(4)
    const twice =
      note + signatureOf(signCheckpoint(checkpoint, { keyName, privateKey: successor.privateKey }))
    const keys = [
      { ...trusted, validUntil: '2025-01-01T00:00:00Z' },
      { keyName, publicKey: successor.publicKey },
    ]
    expect(parseCheckpoint(twice, keys).signedBy.publicKey).toBe(successor.publicKey)
  })

  it.each([
    ['nothing', ''],
    ['no signature', note.split('\n\n')[0] ?? ''],
    ['a tab', note.replace('baton/i1/c1', 'baton/\ti1')],
    ['a missing last newline', note.slice(0, -1)],
    ['a hyphen for the dash', note.replace('—', '-')],
    ['an endless text', `${'x'.repeat(70_000)}\n${note}`],
  ])('ALL-6 refuses a note with %s', (_, text) => {
    expect(problemOf(text, [trusted])).toBe('malformed')
  })

  it.each<[string, Partial<Checkpoint>]>([
    ['a negative size', { size: -1 }],
    ['a size that is no whole number', { size: 1.5 }],
    ['a short root', { root: Buffer.alloc(31) }],
    ['an origin with a line break', { origin: 'baton/i1\n7' }],
    ['no origin', { origin: '' }],
    ['a local time', { at: '2025-11-22T01:02:03+08:00' }],
  ])('ALL-6 does not sign %s', (_, change) => {
    expect(() => signCheckpoint({ ...checkpoint, ...change }, { keyName, privateKey })).toThrow(
      expect.objectContaining({ problem: 'malformed' }),
    )
  })

  it('ALL-6 does not sign with a key name or a kind of key that signed notes do not allow', () => {
    const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const malformed = expect.objectContaining({ problem: 'malformed' })
    expect(() => signCheckpoint(checkpoint, { keyName: 'a b', privateKey })).toThrow(malformed)
    expect(() => signCheckpoint(checkpoint, { keyName: 'a+b', privateKey })).toThrow(malformed)
    expect(() => signCheckpoint(checkpoint, { keyName, privateKey: ec.privateKey })).toThrow(malformed)
    expect(() => ledgerOrigin('i1/../i2', 'c1')).toThrow(malformed)
  })
})

function problemOf(text: string, keys: Parameters<typeof parseCheckpoint>[1]): string {
  try {
    parseCheckpoint(text, keys)
    return 'none'
  } catch (error) {
    return error instanceof Error && 'problem' in error ? String(error.problem) : String(error)
  }
}
