import { Button, Stack, Text } from '@mantine/core'
import { IconArrowLeft, IconPlus } from '@tabler/icons-react'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useSession } from '../../shell/session.tsx'
import { useElementWidth } from '../../ui/element-width.ts'
import { useReturnToOpener } from '../../ui/opener.ts'
import { Page } from '../../ui/page.tsx'
import { useSearchState } from '../../ui/search-state.ts'
import { EmptyState, LoadingState, ProblemState } from '../../ui/states.tsx'
import { ListDownload } from '../exports/parts/list-download.tsx'
import { DepartmentDetail } from './departments/department-detail.tsx'
import {
  AddDepartment,
  MoveDepartmentDialog,
  RemoveDepartment,
  RenameDepartment,
} from './departments/department-dialogs.tsx'
import { type DepartmentDialog, DepartmentMenu } from './departments/department-menu.tsx'
import { DepartmentTree } from './departments/department-tree.tsx'
import { useDepartmentWords } from './departments/department-words.ts'
import classes from './departments/departments.module.css'
import { useMoveDepartment } from './departments/use-move.ts'
import { type Department, useAllDepartments } from './parts/all-departments.ts'

const bothFromPixels = 760

/** The departments as a tree, with who is in the chosen one. */
export function Departments() {
  const t = useDepartmentWords()
  const { can } = useSession()
  const all = useAllDepartments()
  const [open, setOpen] = useState<DepartmentDialog | 'add' | null>(null)
  useReturnToOpener(open !== null)
  const [{ d: chosenId }, setSearch] = useSearchState({ d: '' })
  const chosen = all.items.find(({ departmentId }) => departmentId === chosenId) ?? null
  const add = can('departments:write') ? (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setOpen('add')}>
      {t('add')}
    </Button>
  ) : null
  return (
    <Page
      title={t('title')}
      actions={
        <>
          <ListDownload kind="exportDepartments" />
          {add}
        </>
      }
    >
      {all.problem && !all.isComplete ? (
        <ProblemState problem={all.problem} onRetry={all.retry} />
      ) : !all.isComplete ? (
        <LoadingState rows={8} height={28} />
      ) : all.items.length === 0 ? (
        <EmptyState title={t('empty.title')} text={add ? t('empty.text') : t('empty.textRead')}>
          {add}
        </EmptyState>
      ) : (
        <Columns
          departments={all.items}
          chosenId={chosenId}
          onChoose={(d) => setSearch({ d })}
          onOpen={setOpen}
        />
      )}
      <Dialogs
        departments={all.items}
        chosen={chosen}
        open={open}
        onClose={() => setOpen(null)}
        onChoose={(d) => {
          setOpen(null)
          setSearch({ d }, { replace: true })
        }}
      />
    </Page>
  )
}

interface ColumnsProps {
  readonly departments: readonly Department[]
  readonly chosenId: string
  readonly onChoose: (departmentId: string) => void
  readonly onOpen: (dialog: DepartmentDialog) => void
}

/** The tree with the chosen department beside it; where there is no room for both, one at a time. */
function Columns({ departments, chosenId, onChoose, onOpen }: ColumnsProps) {
  const t = useDepartmentWords()
  const { can } = useSession()
  const frame = useRef<HTMLDivElement>(null)
  const isBoth = useElementWidth(frame) >= bothFromPixels
  const { tryMove } = useMoveDepartment(departments)
  const department = departments.find(({ departmentId }) => departmentId === chosenId)
  const mayWrite = can('departments:write')
  useBackToTree({ frame, chosenId, isBoth })
  const move = mayWrite ? (wish: Parameters<typeof tryMove>[0]) => void tryMove(wish) : undefined
  return (
    <div ref={frame} className={classes['columns']} data-both={isBoth || undefined}>
      {(isBoth || !chosenId) && (
        <Stack gap="xs">
          <DepartmentTree departments={departments} chosen={chosenId} onChoose={onChoose} onMove={move} />
          {mayWrite && (
            <Text size="sm" c="dimmed">
              {t('drag')}
            </Text>
          )}
        </Stack>
      )}
      {(isBoth || chosenId) && (
        <Pane isAlone={!isBoth} onBack={() => onChoose('')}>
          {department ? (
            <DepartmentDetail
              departments={departments}
              department={department}
              menu={
                move && (
                  <DepartmentMenu
                    departments={departments}
                    department={department}
                    onOpen={onOpen}
                    onMove={move}
                  />
                )
              }
            />
          ) : chosenId ? (
            <EmptyState title={t('gone.title')} text={t('gone.text')} />
          ) : (
            <Text>{t('hint')}</Text>
          )}
        </Pane>
      )}
    </div>
  )
}

interface BackToTree {
  readonly frame: { readonly current: HTMLElement | null }
  readonly chosenId: string
  readonly isBoth: boolean
}

// One at a time, going back returns the focus to the row that it came from.
function useBackToTree({ frame, chosenId, isBoth }: BackToTree): void {
  const before = useRef(chosenId)
  useEffect(() => {
    const last = before.current
    before.current = chosenId
    if (isBoth || chosenId || !last) return
    frame.current?.querySelector<HTMLElement>(`[role=treeitem][data-value="${CSS.escape(last)}"]`)?.focus()
  }, [frame, chosenId, isBoth])
}

interface PaneProps {
  readonly isAlone: boolean
  readonly onBack: () => void
  readonly children: ReactNode
}

function Pane({ isAlone, onBack, children }: PaneProps) {
  const t = useDepartmentWords()
  const pane = useRef<HTMLElement>(null)
  useEffect(() => {
    if (isAlone) pane.current?.focus()
  }, [isAlone])
  return (
    <section ref={pane} className={classes['pane']} aria-label={t('detail')} tabIndex={-1}>
      {isAlone && (
        <Button
          variant="subtle"
          mb="sm"
          leftSection={<IconArrowLeft size={16} aria-hidden />}
          onClick={onBack}
        >
          {t('back')}
        </Button>
      )}
      {children}
    </section>
  )
}

interface DialogsProps {
  readonly departments: readonly Department[]
  readonly chosen: Department | null
  readonly open: DepartmentDialog | 'add' | null
  readonly onClose: () => void
  /** Empty for none. */
  readonly onChoose: (departmentId: string) => void
}

function Dialogs({ departments, chosen, open, onClose, onChoose }: DialogsProps) {
  const both = { departments, onClose }
  if (open === 'add') return <AddDepartment {...both} below={null} onDone={onChoose} />
  if (!open || !chosen) return null
  if (open === 'below') return <AddDepartment {...both} below={chosen} onDone={onChoose} />
  if (open === 'rename') return <RenameDepartment department={chosen} onClose={onClose} />
  if (open === 'move') return <MoveDepartmentDialog {...both} department={chosen} />
  return <RemoveDepartment department={chosen} onClose={onClose} onDone={() => onChoose('')} />
}
