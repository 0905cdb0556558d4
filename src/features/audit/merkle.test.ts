import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  appendLeaves,
  consistencyProof,
  emptyFrontier,
  frontierFromHex,
  frontierToHex,
  hashLeaf,
  inclusionProof,
  rootOf,
  rootOfLeaves,
  verifyConsistency,
  verifyInclusion,
} from './merkle.ts'

// The leaves, roots and proofs that the Certificate Transparency reference code publishes as its test vectors.
const published = {
  leaves: [
    '',
    '00',
    '10',
    '2021',
    '3031',
    '40414243',
    '5051525354555657',
    '606162636465666768696a6b6c6d6e6f',
  ],
  emptyRoot: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  roots: [
    '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
    'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
    'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
    'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
    '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
    'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
    '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
  ],
  inclusion: [
    { index: 0, size: 1, proof: [] },
    {
      index: 0,
      size: 8,
      proof: [
        '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
        '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
        '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
      ],
    },
    {
      index: 5,
      size: 8,
      proof: [
        'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
        'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
        'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
      ],
    },
    { index: 2, size: 3, proof: ['fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125'] },
    {
      index: 1,
      size: 5,
      proof: [
        '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
        '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
        'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
      ],
    },
  ],
  consistency: [
    { oldSize: 1, newSize: 1, proof: [] },
    {
      oldSize: 1,
      newSize: 8,
      proof: [
        '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
        '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
        '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
      ],
    },
    {
      oldSize: 6,
      newSize: 8,
      proof: [
        '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
        'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
        'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
      ],
    },
    {
      oldSize: 2,
      newSize: 5,
      proof: [
        '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
        'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
      ],
    },
  ],
}

function bytes(hex: string) {
  return Buffer.from(hex, 'hex')
}

const publishedLeaves = published.leaves.map((leaf) => hashLeaf(bytes(leaf)))

function publishedRoot(size: number): Buffer {
  return bytes(published.roots[size - 1] ?? published.emptyRoot)
}

function sha256(...parts: Uint8Array[]): Buffer {
  return createHash('sha256').update(Buffer.concat(parts)).digest()
}

// RFC 6962 §2.1, as the text has it.
function naiveRoot(leafHashes: readonly Buffer[]): Buffer {
  const [only] = leafHashes
  if (only === undefined) return sha256()
  if (leafHashes.length === 1) return only
  let k = 1
  while (k * 2 < leafHashes.length) k *= 2
  return sha256(Buffer.of(1), naiveRoot(leafHashes.slice(0, k)), naiveRoot(leafHashes.slice(k)))
}

function leaves(minLength: number) {
  return fc
    .array(fc.nat(), { minLength, maxLength: 70 })
    .map((values) => values.map((value, index) => hashLeaf(Buffer.from(`${index}:${value}`))))
}

const runs = { seed: 6962, numRuns: 200 }

function flipped(hash: Buffer, bit: number): Buffer {
  const copy = Buffer.from(hash)
  copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << (bit & 7))
  return copy
}

describe('the Merkle tree of the ledger (ALL-2)', () => {
  it('ALL-2 has the published RFC 6962 root at every size from 0 to 8', () => {
    for (let size = 0; size <= 8; size += 1) {
      expect(rootOfLeaves(publishedLeaves.slice(0, size)).toString('hex')).toBe(
        publishedRoot(size).toString('hex'),
      )
    }
  })

  it.each(published.inclusion)(
    'ALL-2 gives the published proof for leaf $index of $size',
    ({ index, size, proof }) => {
      const made = inclusionProof(publishedLeaves.slice(0, size), index)
      expect(made.map((hash) => hash.toString('hex'))).toEqual(proof)
      const leafHash = publishedLeaves[index] ?? expect.fail()
      expect(verifyInclusion({ leafHash, index, size, root: publishedRoot(size), proof: made })).toBe(true)
    },
  )

  it.each(published.consistency)('ALL-2 gives the published proof from $oldSize to $newSize', (vector) => {
    const { oldSize, newSize } = vector
    const proof = consistencyProof(publishedLeaves.slice(0, newSize), oldSize)
    expect(proof.map((hash) => hash.toString('hex'))).toEqual(vector.proof)
    const claim = {
      oldSize,
      newSize,
      oldRoot: publishedRoot(oldSize),
      newRoot: publishedRoot(newSize),
      proof,
    }
    expect(verifyConsistency(claim)).toBe(true)
  })

  it('ALL-2 has the root that the text of RFC 6962 gives, however the leaves arrive in batches', () => {
    fc.assert(
      fc.property(leaves(0), fc.nat(), (all, cut) => {
        const first = all.slice(0, cut % (all.length + 1))
        const before = appendLeaves(emptyFrontier, first)
        const kept = frontierFromHex(before.size, frontierToHex(before))
        const root = rootOf(appendLeaves(kept, all.slice(first.length)))
        expect(root).toEqual(naiveRoot(all))
        expect(rootOf(before)).toEqual(naiveRoot(first))
      }),
      runs,
    )
  })

  it('ALL-2 proves every leaf, and nothing with a leaf, place, size, root or path that is not its own', () => {
    fc.assert(
      fc.property(leaves(1), fc.nat(), fc.nat(255), fc.nat(), (all, pick, bit, which) => {
        const index = pick % all.length
        const proof = inclusionProof(all, index)
        const claim = {
          leafHash: all[index] ?? expect.fail(),
          index,
          size: all.length,
          root: naiveRoot(all),
          proof,
        }
        expect(verifyInclusion(claim)).toBe(true)
        expect(verifyInclusion({ ...claim, leafHash: flipped(claim.leafHash, bit) })).toBe(false)
        expect(verifyInclusion({ ...claim, root: flipped(claim.root, bit) })).toBe(false)
        expect(verifyInclusion({ ...claim, index: all.length })).toBe(false)
        expect(verifyInclusion({ ...claim, proof: [...proof, claim.root] })).toBe(false)
        for (const other of all.keys()) {
          if (other !== index) expect(verifyInclusion({ ...claim, index: other })).toBe(false)
        }
        if (proof.length > 0) {
          const broken = proof.map((hash, at) => (at === which % proof.length ? flipped(hash, bit) : hash))
          expect(verifyInclusion({ ...claim, proof: broken })).toBe(false)
          expect(verifyInclusion({ ...claim, proof: proof.slice(1) })).toBe(false)
        }
      }),
      runs,
    )
  })

  it('ALL-6 proves that a ledger only grew, and finds every changed root or path', () => {
    fc.assert(
      fc.property(leaves(1), fc.nat(), fc.nat(255), fc.nat(), (all, pick, bit, which) => {
        const oldSize = 1 + (pick % all.length)
        const proof = consistencyProof(all, oldSize)
        const oldRoot = naiveRoot(all.slice(0, oldSize))
        const claim = { oldSize, oldRoot, newSize: all.length, newRoot: naiveRoot(all), proof }
        expect(verifyConsistency(claim)).toBe(true)
        expect(verifyConsistency({ ...claim, oldRoot: flipped(oldRoot, bit) })).toBe(false)
        expect(verifyConsistency({ ...claim, newRoot: flipped(claim.newRoot, bit) })).toBe(false)
        expect(verifyConsistency({ ...claim, proof: [...proof, oldRoot] })).toBe(false)
        if (proof.length > 0) {
          const broken = proof.map((hash, at) => (at === which % proof.length ? flipped(hash, bit) : hash))
          expect(verifyConsistency({ ...claim, proof: broken })).toBe(false)
          expect(verifyConsistency({ ...claim, proof: proof.slice(1) })).toBe(false)
        }
      }),
      runs,
    )
  })

  it('ALL-6 takes an empty ledger as the beginning of every other, and of none with a wrong empty root', () => {
    const claim = { oldSize: 0, oldRoot: publishedRoot(0), newSize: 8, newRoot: publishedRoot(8), proof: [] }
    expect(consistencyProof(publishedLeaves, 0)).toEqual([])
    expect(verifyConsistency(claim)).toBe(true)
    expect(verifyConsistency({ ...claim, oldRoot: publishedRoot(1) })).toBe(false)
    expect(verifyConsistency({ ...claim, oldSize: 9 })).toBe(false)
  })

  it('ALL-2 grows past 2^32 entries with a state of a few hashes', () => {
    const size = 2 ** 40 - 1
    const nodes = Array.from({ length: 40 }, (_, at) => hashLeaf(Buffer.of(at)).toString('hex'))
    const grown = appendLeaves(frontierFromHex(size, nodes), [hashLeaf(Buffer.of(99))])
    expect(grown.size).toBe(2 ** 40)
    expect(grown.nodes).toHaveLength(1)
  })

  it('ALL-2 refuses a state, hash or place that cannot be', () => {
    const hash = hashLeaf(Buffer.of(1)).toString('hex')
    expect(() => frontierFromHex(3, [hash])).toThrow(RangeError)
    expect(() => frontierFromHex(1, ['abcd'])).toThrow(RangeError)
    expect(() => frontierFromHex(-1, [])).toThrow(RangeError)
    expect(() => appendLeaves(emptyFrontier, [Buffer.of(1)])).toThrow(RangeError)
    expect(() => appendLeaves({ size: 1, nodes: [] }, [bytes(hash)])).toThrow(RangeError)
    expect(() => inclusionProof(publishedLeaves, 8)).toThrow(RangeError)
    expect(() => consistencyProof(publishedLeaves, 9)).toThrow(RangeError)
  })
})
