export interface DepartmentNode {
  readonly departmentId: string
  /** Null at the top. */
  readonly parentId: string | null
  readonly name: string
}

/** Departments by the way to them from the top. */
export class DepartmentTree {
  readonly #nodes: ReadonlyMap<string, DepartmentNode>
  readonly #paths = new Map<string, readonly string[]>()

  constructor(nodes: readonly DepartmentNode[]) {
    this.#nodes = new Map(nodes.map((node) => [node.departmentId, node]))
  }

  /** Names from the highest department that is known; one that is not known stands by itself. */
  pathOf({
    departmentId,
    name,
  }: {
    readonly departmentId: string
    readonly name: string
  }): readonly string[] {
    const known = this.#paths.get(departmentId)
    if (known) return known
    const names: string[] = []
    for (let at = this.#nodes.get(departmentId); at !== undefined; at = this.#above(at)) {
      names.unshift(at.name)
      // Moved while it was read, departments could lie in a circle.
      if (names.length > this.#nodes.size) break
    }
    const path = names.length === 0 ? [name] : names
    this.#paths.set(departmentId, path)
    return path
  }

  #above({ parentId }: DepartmentNode): DepartmentNode | undefined {
    return parentId === null ? undefined : this.#nodes.get(parentId)
  }
}
