import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { firstLeafNeeded, proveInclusion } from './inclusion.ts'
import { appendLeaves, emptyFrontier, inclusionProof, rootOf, verifyInclusion } from './merkle.ts'

const leaves = Array.from({ length: 70 }, (_, at) => createHash('sha256').update(`leaf ${at}`).digest())

async function* from(first: number, size: number) {
  for (const leaf of leaves.slice(first, size)) yield leaf
}

describe('ALL-2 many places of a tree', () => {
  it('are proven in one pass, exactly as one by one', async () => {
    for (let size = 1; size <= leaves.length; size += 1) {
      const head = appendLeaves(emptyFrontier, leaves.slice(0, size))
      for (const lowest of [0, Math.floor(size / 2), size - 1]) {
        const places = [...new Set([lowest, Math.floor((lowest + size) / 2), size - 1])].filter(
          (at) => at < size,
        )
        const first = firstLeafNeeded(head, places)
        const { wayOf, root } = await proveInclusion(head, places, from(first, size))
        expect(root).toEqual(rootOf(head))
        for (const index of places) {
          const proof = wayOf.get(index) ?? []
          expect(proof).toEqual(inclusionProof(leaves.slice(0, size), index))
          expect(verifyInclusion({ leafHash: leaves[index] ?? root, index, size, root, proof })).toBe(true)
        }
      }
    }
  })

  it('need only the leaves of the full subtree that they begin in', () => {
    const head = appendLeaves(emptyFrontier, leaves.slice(0, 69))
    expect(firstLeafNeeded(head, [63])).toBe(0)
    expect(firstLeafNeeded(head, [64, 68])).toBe(64)
    expect(firstLeafNeeded(head, [68])).toBe(68)
    expect(() => firstLeafNeeded(head, [69])).toThrow(RangeError)
  })

  it('are not proven by leaves that were cut off', async () => {
    const head = appendLeaves(emptyFrontier, leaves.slice(0, 20))
    await expect(proveInclusion(head, [3], from(0, 19))).rejects.toThrow(RangeError)
  })
})
