import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { childrenOf, type Node, namesOf, subtreeOf, treeOf } from '../parts/department-tree.ts'
import { changesFor, droppedAt, endPosition, stepped, type WishedPlace } from './reorder.ts'

function node(departmentId: string, parentId: string | null, position: number): Node {
  return { departmentId, parentId, name: departmentId, position, memberCount: 0, version: 1 }
}

const company = [
  node('sales', null, 0),
  node('care', null, 0),
  node('east', 'sales', 1000),
  node('west', 'sales', 2000),
  node('shop', 'east', 0),
]

function placed(departments: readonly Node[], wish: WishedPlace): readonly Node[] {
  const changes = new Map(changesFor(departments, wish).map((change) => [change.departmentId, change.after]))
  return departments.map((one) => ({ ...one, ...changes.get(one.departmentId) }))
}

function order(departments: readonly Node[], parentId: string | null): string[] {
  return childrenOf(departments, parentId).map(({ departmentId }) => departmentId)
}

describe('the tree of departments', () => {
  it('has each level by position, then by name', () => {
    expect(treeOf(company).map(({ department }) => department.name)).toEqual(['care', 'sales'])
    expect(order(company, 'sales')).toEqual(['east', 'west'])
    expect(namesOf(company)('shop')).toEqual(['sales', 'east', 'shop'])
  })

  it('shows a lead the own part, with what is above out of sight', () => {
    const part = company.filter(({ departmentId }) => departmentId !== 'sales' && departmentId !== 'care')
    expect(treeOf(part).map(({ department }) => department.name)).toEqual(['east', 'west'])
  })

  it('knows everything below a department', () => {
    expect([...subtreeOf(company, 'sales')].sort()).toEqual(['east', 'sales', 'shop', 'west'])
  })
})

describe('putting a department in its place', () => {
  it('changes that one alone where there is room', () => {
    const changes = changesFor(company, { departmentId: 'shop', parentId: 'sales', index: 1 })
    expect(changes).toMatchObject([{ departmentId: 'shop', after: { parentId: 'sales', position: 1500 } }])
  })

  it('makes room where all stand at the same position', () => {
    expect(order(placed(company, { departmentId: 'sales', parentId: null, index: 0 }), null)).toEqual([
      'sales',
      'care',
    ])
  })

  it('does nothing for where it stands already', () => {
    expect(stepped(company, 'west', 1)).toBeNull()
    expect(stepped(company, 'care', -1)).toBeNull()
    expect(changesFor(company, { departmentId: 'gone', parentId: null, index: 0 })).toEqual([])
  })

  it('steps over the one beside it', () => {
    const wish = stepped(company, 'west', -1)
    expect(wish && order(placed(company, wish), 'sales')).toEqual(['west', 'east'])
  })

  it('comes where it is dropped', () => {
    const drops = [
      ['before', ['shop', 'east', 'west']],
      ['after', ['east', 'shop', 'west']],
    ] as const
    for (const [position, expected] of drops) {
      const wish = droppedAt(company, { draggedNode: 'shop', targetNode: 'east', position })
      expect(order(placed(company, wish), 'sales')).toEqual(expected)
    }
    const inside = droppedAt(company, { draggedNode: 'care', targetNode: 'sales', position: 'inside' })
    expect(order(placed(company, inside), 'sales')).toEqual(['east', 'west', 'care'])
    expect(endPosition(company, 'sales')).toBe(3000)
  })

  it('comes exactly there for any positions that were given before', () => {
    const positions = fc.array(fc.nat({ max: 5 }), { minLength: 2, maxLength: 8 })
    fc.assert(
      fc.property(positions, fc.nat(), fc.nat(), (given, which, where) => {
        const all = given.map((position, at) => node(`d${at}`, null, position))
        const departmentId = `d${which % all.length}`
        const index = where % all.length
        const expected = order(all, null)
          .filter((id) => id !== departmentId)
          .toSpliced(index, 0, departmentId)
        expect(order(placed(all, { departmentId, parentId: null, index }), null)).toEqual(expected)
      }),
    )
  })
})
