import { hash } from 'node:crypto'
import type { Frontier } from './merkle.ts'

interface Node {
  readonly size: number
  readonly hash: Buffer
  /** Ways of the wanted leaves below this node, each up to here. */
  readonly ways: readonly Buffer[][]
}

/** The way of each wanted leaf to the root (RFC 6962 §2.1.1), and the root that they lead to. */
export interface Ways {
  readonly wayOf: ReadonlyMap<number, readonly Buffer[]>
  readonly root: Buffer
}

/**
 * Where the leaves have to be read from so that these places can be proven in the tree: the first leaf of the full
 * subtree with the lowest of them. What lies before is in the frontier already.
 */
export function firstLeafNeeded(head: Frontier, places: readonly number[]): number {
  const lowest = Math.min(...places)
  let first = 0
  for (const size of peakSizes(head.size)) {
    if (lowest < first + size) return first
    first += size
  }
  throw new RangeError(`A tree of ${head.size} leaves has no leaf ${lowest}`)
}

/**
 * Proves many places of a tree in one pass over its leaves from `firstLeafNeeded` to the end, in the memory of their
 * ways.
 * @throws RangeError when the leaves do not end where the tree does
 */
export async function proveInclusion(
  head: Frontier,
  places: readonly number[],
  leafHashes: AsyncIterable<Buffer>,
): Promise<Ways> {
  const first = firstLeafNeeded(head, places)
  const stack = peaksBefore(head, first)
  const wayOf = new Map(places.map((place): [number, Buffer[]] => [place, []]))
  let place = first
  for await (const leafHash of leafHashes) {
    const own = wayOf.get(place)
    place += 1
    let node: Node = { size: 1, hash: leafHash, ways: own ? [own] : [] }
    while (stack.at(-1)?.size === node.size) node = join(stack.pop(), node)
    stack.push(node)
  }
  if (place !== head.size) throw new RangeError(`The leaves end at ${place}, the tree at ${head.size}`)
  let root = stack.pop()
  for (let left = stack.pop(); left; left = stack.pop()) root = join(left, root)
  if (!root) throw new RangeError('An empty tree proves nothing')
  return { wayOf, root: root.hash }
}

function join(left: Node | undefined, right: Node | undefined): Node {
  if (!left || !right) throw new RangeError('The frontier has fewer nodes than its size needs')
  for (const way of left.ways) way.push(right.hash)
  for (const way of right.ways) way.push(left.hash)
  return {
    size: left.size + right.size,
    hash: hash('sha256', Buffer.concat([Buffer.of(0x01), left.hash, right.hash]), 'buffer'),
    ways: [...left.ways, ...right.ways],
  }
}

function peaksBefore(head: Frontier, first: number): Node[] {
  const peaks: Node[] = []
  let before = 0
  for (const [at, size] of peakSizes(head.size).entries()) {
    const node = head.nodes[at]
    if (before >= first || !node) break
    peaks.push({ size, hash: node, ways: [] })
    before += size
  }
  return peaks
}

/** Sizes of the full subtrees of a tree, largest first. */
function peakSizes(size: number): number[] {
  const sizes: number[] = []
  let rest = size
  for (let power = 1; rest > 0; power *= 2) {
    if (rest % 2 === 1) sizes.unshift(power)
    rest = Math.floor(rest / 2)
  }
  return sizes
}
