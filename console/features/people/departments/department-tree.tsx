import { Text, Tree, type TreeNodeData, useTree } from '@mantine/core'
import { IconChevronRight } from '@tabler/icons-react'
import { type KeyboardEvent, useMemo } from 'react'
import { useFormat } from '../../../ui/format.ts'
import type { Department } from '../parts/all-departments.ts'
import { type Branch, pathTo, treeOf } from '../parts/department-tree.ts'
import { useDepartmentWords } from './department-words.ts'
import classes from './departments.module.css'
import { droppedAt, type WishedPlace } from './reorder.ts'

interface DepartmentTreeProps {
  readonly departments: readonly Department[]
  /** The id; empty for none. */
  readonly chosen: string
  readonly onChoose: (departmentId: string) => void
  /** Undefined for those who only look. */
  readonly onMove?: ((wish: WishedPlace) => void) | undefined
}

/** The departments as a tree: arrow keys move, Enter chooses, and a row can be dragged. */
export function DepartmentTree({ departments, chosen, onChoose, onMove }: DepartmentTreeProps) {
  const t = useDepartmentWords()
  const data = useMemo(() => treeOf(departments).map(nodeOf), [departments])
  const counts = useMemo(
    () => new Map(departments.map(({ departmentId, memberCount }) => [departmentId, memberCount])),
    [departments],
  )
  const tree = useTree({
    initialExpandedState: Object.fromEntries(firstOpen(departments, chosen).map((id) => [id, true])),
    selectedState: chosen ? [chosen] : [],
    onSelectedStateChange: ([id]) => id !== undefined && onChoose(id),
  })
  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== 'Enter' || !(event.target instanceof Element)) return
    const id = event.target.closest('[role=treeitem]')?.getAttribute('data-value')
    if (!id) return
    event.preventDefault()
    onChoose(id)
  }
  return (
    <Tree
      data={data}
      tree={tree}
      aria-label={t('tree')}
      className={classes['tree'] ?? ''}
      levelOffset="md"
      selectOnClick
      expandOnClick={false}
      allowRangeSelection={false}
      onKeyDown={onKeyDown}
      {...(onMove ? { onDragDrop: (drop) => onMove(droppedAt(departments, drop)) } : {})}
      renderNode={({ node, expanded, hasChildren, elementProps }) => (
        <div {...elementProps} className={`${elementProps.className} ${classes['row']}`}>
          <Opener isShown={hasChildren} isOpen={expanded} onToggle={() => tree.toggleExpanded(node.value)} />
          <span className={classes['name']}>{node.label}</span>
          <Count count={counts.get(node.value) ?? 0} />
        </div>
      )}
    />
  )
}

function nodeOf({ department, children }: Branch<Department>): TreeNodeData {
  return { value: department.departmentId, label: department.name, children: children.map(nodeOf) }
}

const mostOpen = 40

// A small tree is shown whole, a large one by its top; what is chosen is always in sight.
function firstOpen(departments: readonly Department[], chosen: string): readonly string[] {
  if (departments.length <= mostOpen) return departments.map(({ departmentId }) => departmentId)
  return pathTo(departments, chosen)
}

interface OpenerProps {
  readonly isShown: boolean
  readonly isOpen: boolean
  readonly onToggle: () => void
}

// For the pointer only: the keyboard has the arrow keys of the tree.
function Opener({ isShown, isOpen, onToggle }: OpenerProps) {
  return (
    <span
      className={classes['opener']}
      aria-hidden="true"
      onClick={(event) => {
        event.stopPropagation()
        onToggle()
      }}
    >
      {isShown && <IconChevronRight size={16} data-open={isOpen || undefined} />}
    </span>
  )
}

function Count({ count }: { readonly count: number }) {
  const t = useDepartmentWords()
  const amount = useFormat().number(count)
  return (
    <Text span size="sm" c="dimmed" className={classes['count'] ?? ''}>
      {t('people', { count, amount })}
    </Text>
  )
}
