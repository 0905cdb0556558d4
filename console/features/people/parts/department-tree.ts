import type { Item } from '../../../api/client.ts'

/** A department as far as its place in the tree goes. */
export type Node = Pick<
  Item<'listDepartments'>,
  'departmentId' | 'parentId' | 'name' | 'position' | 'memberCount' | 'version'
>

export interface Branch<Department extends Node = Node> {
  readonly department: Department
  readonly children: readonly Branch<Department>[]
}

/** Departments by what they stand below, null for the top, each in order; whose parent is not among them is at the top. */
function levelsOf<Department extends Node>(
  departments: readonly Department[],
): ReadonlyMap<string | null, readonly Department[]> {
  const known = new Set(departments.map(({ departmentId }) => departmentId))
  const levels = new Map<string | null, Department[]>()
  for (const department of departments.toSorted(byOrder)) {
    const { parentId } = department
    const place = parentId !== null && known.has(parentId) ? parentId : null
    levels.set(place, [...(levels.get(place) ?? []), department])
  }
  return levels
}

function byOrder(one: Node, other: Node): number {
  return (
    one.position - other.position ||
    one.name.localeCompare(other.name) ||
    one.departmentId.localeCompare(other.departmentId)
  )
}

/** The tree of departments, each level in its order. */
export function treeOf<Department extends Node>(
  departments: readonly Department[],
): readonly Branch<Department>[] {
  const levels = levelsOf(departments)
  const branchesOf = (parentId: string | null): readonly Branch<Department>[] =>
    (levels.get(parentId) ?? []).map((department) => ({
      department,
      children: branchesOf(department.departmentId),
    }))
  return branchesOf(null)
}

/** Departments below one, in their order; null for the top. */
export function childrenOf<Department extends Node>(
  departments: readonly Department[],
  parentId: string | null,
): readonly Department[] {
  return levelsOf(departments).get(parentId) ?? []
}

/** Gives the ids from the top down to a department, itself included. */
export function pathTo(departments: readonly Node[], departmentId: string): readonly string[] {
  const byId = new Map(departments.map((node) => [node.departmentId, node]))
  const path: string[] = []
  for (let at = byId.get(departmentId); at && !path.includes(at.departmentId); ) {
    path.unshift(at.departmentId)
    at = at.parentId === null ? undefined : byId.get(at.parentId)
  }
  return path
}

/** Gives, for an id, the names from the top down to it. */
export function namesOf(departments: readonly Node[]): (departmentId: string) => readonly string[] {
  const names = new Map(departments.map(({ departmentId, name }) => [departmentId, name]))
  return (departmentId) => pathTo(departments, departmentId).map((id) => names.get(id) ?? '')
}

/** A department with everything below it. */
export function subtreeOf(departments: readonly Node[], departmentId: string): ReadonlySet<string> {
  const found = new Set([departmentId])
  for (const id of found)
    for (const node of departments) if (node.parentId === id) found.add(node.departmentId)
  return found
}
