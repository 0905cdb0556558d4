import { hash } from 'node:crypto'

export const hashBytes = 32

/** The compact state of a Merkle tree of `size` leaves: the roots of its full subtrees, largest first. */
export interface Frontier {
  readonly size: number
  readonly nodes: readonly Buffer[]
}

export interface InclusionClaim {
  readonly leafHash: Uint8Array
  readonly index: number
  readonly size: number
  readonly root: Uint8Array
  readonly proof: readonly Uint8Array[]
}

export interface ConsistencyClaim {
  readonly oldSize: number
  readonly oldRoot: Uint8Array
  readonly newSize: number
  readonly newRoot: Uint8Array
  readonly proof: readonly Uint8Array[]
}

export const emptyFrontier: Frontier = { size: 0, nodes: [] }

const leafPrefix = Buffer.of(0x00)
const nodeInput = Buffer.alloc(1 + 2 * hashBytes, 0x01)

/** The RFC 6962 §2.1 leaf hash of some bytes: SHA-256(0x00 || bytes), 32 bytes. */
export function hashLeaf(bytes: Uint8Array): Buffer {
  return hash('sha256', Buffer.concat([leafPrefix, bytes]), 'buffer')
}

/**
 * Adds leaf hashes (32 bytes each) at the end of the tree; the given frontier stays as it was (ALL-2).
 * @throws RangeError for a leaf hash that is not 32 bytes long
 */
export function appendLeaves(frontier: Frontier, leafHashes: Iterable<Uint8Array>): Frontier {
  const nodes = [...frontier.nodes]
  let size = frontier.size
  for (const leafHash of leafHashes) {
    let node = hashFrom(leafHash)
    for (let rest = size; isOdd(rest); rest = half(rest)) node = hashNode(nodes.pop(), node)
    nodes.push(node)
    size += 1
  }
  return { size, nodes }
}

/** The RFC 6962 root of the tree, 32 bytes; of an empty tree SHA-256 of nothing. */
export function rootOf(frontier: Frontier): Buffer {
  let root: Buffer | undefined
  for (const node of frontier.nodes.toReversed()) root = root === undefined ? node : hashNode(node, root)
  return root ?? hash('sha256', '', 'buffer')
}

/** The RFC 6962 root over leaf hashes. */
export function rootOfLeaves(leafHashes: readonly Uint8Array[]): Buffer {
  return rootOf(appendLeaves(emptyFrontier, leafHashes))
}

/** The nodes of a frontier as lower-case hex, to be kept beside its size. */
export function frontierToHex(frontier: Frontier): string[] {
  return frontier.nodes.map((node) => node.toString('hex'))
}

/**
 * The frontier of `size` leaves from its nodes in hex.
 * @throws RangeError when the nodes cannot belong to a tree of that size
 */
export function frontierFromHex(size: number, nodes: readonly string[]): Frontier {
  let expected = 0
  for (let rest = wholeSize(size); rest > 0; rest = half(rest)) expected += rest % 2
  if (nodes.length !== expected) {
    throw new RangeError(`A tree of ${size} leaves has ${expected} frontier nodes, not ${nodes.length}`)
  }
  return { size, nodes: nodes.map((node) => hashFrom(Buffer.from(node, 'hex'))) }
}

/**
 * The audit path (RFC 6962 §2.1.1) of the leaf at `index`, counted from 0, lowest sibling first.
 * @throws RangeError for an index outside the tree
 */
export function inclusionProof(leafHashes: readonly Uint8Array[], index: number): Buffer[] {
  if (!Number.isInteger(index) || index < 0 || index >= leafHashes.length) {
    throw new RangeError(`A tree of ${leafHashes.length} leaves has no leaf ${index}`)
  }
  if (leafHashes.length === 1) return []
  const split = largestPowerOfTwoBelow(leafHashes.length)
  const left = leafHashes.slice(0, split)
  const right = leafHashes.slice(split)
  return index < split
    ? [...inclusionProof(left, index), rootOfLeaves(right)]
    : [...inclusionProof(right, index - split), rootOfLeaves(left)]
}

/** Whether the path proves that the leaf is in the tree of that size and root (RFC 9162 §2.1.3.2). */
export function verifyInclusion({ leafHash, index, size, root, proof }: InclusionClaim): boolean {
  if (!isSize(index) || !isSize(size) || index >= size) return false
  if (![leafHash, root, ...proof].every(isHash)) return false
  let place = index
  let last = size - 1
  let node = hashFrom(leafHash)
  for (const sibling of proof) {
    if (last === 0) return false
    if (isOdd(place) || place === last) {
      node = hashNode(sibling, node)
      while (!isOdd(place) && place !== 0) [place, last] = [half(place), half(last)]
    } else {
      node = hashNode(node, sibling)
    }
    ;[place, last] = [half(place), half(last)]
  }
  return last === 0 && node.equals(root)
}

/**
 * The proof (RFC 6962 §2.1.2) that the tree of the first `oldSize` leaves is a beginning of this one.
 * @throws RangeError for an old size larger than the tree
 */
export function consistencyProof(leafHashes: readonly Uint8Array[], oldSize: number): Buffer[] {
  if (!Number.isInteger(oldSize) || oldSize < 0 || oldSize > leafHashes.length) {
    throw new RangeError(`A tree of ${leafHashes.length} leaves never had ${oldSize}`)
  }
  return oldSize === 0 ? [] : subproof(leafHashes, oldSize, true)
}

/** Whether the proof shows that the new tree only added leaves to the old one (RFC 9162 §2.1.4.2). */
export function verifyConsistency({ oldSize, oldRoot, newSize, newRoot, proof }: ConsistencyClaim): boolean {
  if (!isSize(oldSize) || !isSize(newSize) || oldSize > newSize) return false
  if (![oldRoot, newRoot, ...proof].every(isHash)) return false
  if (oldSize === newSize) return proof.length === 0 && Buffer.compare(oldRoot, newRoot) === 0
  if (oldSize === 0) return proof.length === 0 && rootOf(emptyFrontier).equals(oldRoot)
  return walkConsistency({ oldSize, oldRoot, newSize, newRoot, proof })
}

// Both roots are built up from the proof at once; `place` is the last leaf of the old tree, `last` that of the new.
function walkConsistency({ oldSize, oldRoot, newSize, newRoot, proof }: ConsistencyClaim): boolean {
  let [place, last] = skipLeftEdge(oldSize - 1, newSize - 1)
  const [start, ...path] = place === 0 ? [oldRoot, ...proof] : proof
  if (start === undefined) return false
  let oldNode = hashFrom(start)
  let newNode = oldNode
  for (const sibling of path) {
    if (last === 0) return false
    if (isOdd(place) || place === last) {
      oldNode = hashNode(sibling, oldNode)
      newNode = hashNode(sibling, newNode)
      while (!isOdd(place) && place !== 0) [place, last] = [half(place), half(last)]
    } else {
      newNode = hashNode(newNode, sibling)
    }
    ;[place, last] = [half(place), half(last)]
  }
  return last === 0 && oldNode.equals(oldRoot) && newNode.equals(newRoot)
}

function skipLeftEdge(place: number, last: number): [number, number] {
  return isOdd(place) ? skipLeftEdge(half(place), half(last)) : [place, last]
}

function subproof(leafHashes: readonly Uint8Array[], oldSize: number, oldRootKnown: boolean): Buffer[] {
  if (oldSize === leafHashes.length) return oldRootKnown ? [] : [rootOfLeaves(leafHashes)]
  const split = largestPowerOfTwoBelow(leafHashes.length)
  const left = leafHashes.slice(0, split)
  const right = leafHashes.slice(split)
  return oldSize <= split
    ? [...subproof(left, oldSize, oldRootKnown), rootOfLeaves(right)]
    : [...subproof(right, oldSize - split, false), rootOfLeaves(left)]
}

function hashNode(left: Uint8Array | undefined, right: Uint8Array): Buffer {
  if (left === undefined) throw new RangeError('The frontier has fewer nodes than its size needs')
  nodeInput.set(left, 1)
  nodeInput.set(right, 1 + hashBytes)
  return hash('sha256', nodeInput, 'buffer')
}

function hashFrom(bytes: Uint8Array): Buffer {
  if (!isHash(bytes)) throw new RangeError(`A hash is ${hashBytes} bytes long, not ${bytes.length}`)
  return Buffer.from(bytes)
}

function isHash(bytes: Uint8Array): boolean {
  return bytes.length === hashBytes
}

function isSize(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0
}

function wholeSize(value: number): number {
  if (!isSize(value)) throw new RangeError(`A tree cannot have ${value} leaves`)
  return value
}

// Sizes reach past 32 bits, where JavaScript's bit operators would cut them off.
function half(value: number): number {
  return Math.floor(value / 2)
}

function isOdd(value: number): boolean {
  return value % 2 === 1
}

function largestPowerOfTwoBelow(size: number): number {
  let power = 1
  while (power * 2 < size) power *= 2
  return power
}
