import { childrenOf, type Node, pathTo } from '../parts/department-tree.ts'

const gap = 1000
const lastPosition = 1_000_000

/** What is to be changed of one department, and what it was. */
export interface PlaceChange {
  readonly departmentId: string
  readonly version: number
  readonly before: { readonly parentId: string | null; readonly position: number }
  readonly after: { readonly parentId: string | null; readonly position: number }
}

/** Where a department is wished to stand: below which one, and before how many of those there. */
export interface WishedPlace {
  readonly departmentId: string
  readonly parentId: string | null
  readonly index: number
}

/** The changes that put a department in its place: mostly its own alone; where there is no gap, those beside it, too. */
export function changesFor(departments: readonly Node[], wish: WishedPlace): readonly PlaceChange[] {
  const moved = departments.find(({ departmentId }) => departmentId === wish.departmentId)
  if (!moved) return []
  const others = childrenOf(departments, wish.parentId).filter((node) => node !== moved)
  const order = others.toSpliced(wish.index, 0, moved)
  const fits = positionBetween(others[wish.index - 1], others[wish.index])
  const placed =
    fits === null ? order.map((node, index) => ({ node, position: spread(index, order.length) })) : []
  const wanted = fits === null ? placed : [{ node: moved, position: fits }]
  return wanted
    .map(({ node, position }) => ({
      departmentId: node.departmentId,
      version: node.version,
      before: { parentId: node.parentId, position: node.position },
      after: { parentId: node === moved ? wish.parentId : node.parentId, position },
    }))
    .filter(({ before, after }) => before.parentId !== after.parentId || before.position !== after.position)
}

function spread(index: number, count: number): number {
  return (index + 1) * Math.min(gap, Math.floor(lastPosition / (count + 1)))
}

function positionBetween(above: Node | undefined, below: Node | undefined): number | null {
  if (!below) {
    const after = (above?.position ?? 0) + gap
    return after <= lastPosition ? after : null
  }
  const from = above?.position ?? -1
  const middle = Math.floor((from + below.position) / 2)
  return middle > from && middle < below.position ? middle : null
}

/** The position of a new department, after those that are there. */
export function endPosition(departments: readonly Node[], parentId: string | null): number {
  const last = childrenOf(departments, parentId).at(-1)
  return Math.min(lastPosition, (last?.position ?? 0) + gap)
}

/** The place one up or down among those beside it; null where there is none. */
export function stepped(departments: readonly Node[], departmentId: string, by: 1 | -1): WishedPlace | null {
  const path = pathTo(departments, departmentId)
  const parentId = path.at(-2) ?? null
  const siblings = childrenOf(departments, parentId)
  const at = siblings.findIndex((node) => node.departmentId === departmentId)
  const index = at + by
  return at < 0 || index < 0 || index >= siblings.length ? null : { departmentId, parentId, index }
}

/** The place that something dropped on a row of the tree comes to. */
export function droppedAt(
  departments: readonly Node[],
  drop: {
    readonly draggedNode: string
    readonly targetNode: string
    readonly position: 'before' | 'after' | 'inside'
  },
): WishedPlace {
  const { draggedNode: departmentId, targetNode, position } = drop
  const placesOf = (parentId: string | null) =>
    childrenOf(departments, parentId)
      .map((node) => node.departmentId)
      .filter((id) => id !== departmentId)
  if (position === 'inside') return { departmentId, parentId: targetNode, index: placesOf(targetNode).length }
  const parentId = pathTo(departments, targetNode).at(-2) ?? null
  const at = placesOf(parentId).indexOf(targetNode)
  return { departmentId, parentId, index: position === 'before' ? at : at + 1 }
}
