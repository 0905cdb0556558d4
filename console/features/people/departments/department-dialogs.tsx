import { Button, Group, Modal, Select, Stack, Text, TextInput } from '@mantine/core'
import { type ReactNode, type SubmitEvent, useState } from 'react'
import { ApiProblem } from '../../../api/problem.ts'
import { useWrite } from '../../../api/write.ts'
import { useCommonWords } from '../../../ui/common-words.ts'
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx'
import { ProblemAlert } from '../../../ui/states.tsx'
import { useToast } from '../../../ui/toast.tsx'
import { choicesOf, type Department } from '../parts/all-departments.ts'
import { childrenOf, subtreeOf } from '../parts/department-tree.ts'
import { useDepartmentWords } from './department-words.ts'
import { endPosition } from './reorder.ts'
import { useMoveDepartment } from './use-move.ts'

interface DialogProps {
  readonly departments: readonly Department[]
  readonly onClose: () => void
}

/** Adds a department, at the top or below another. */
export function AddDepartment({
  departments,
  below,
  onClose,
  onDone,
}: DialogProps & {
  readonly below: Department | null
  readonly onDone: (departmentId: string) => void
}) {
  const t = useDepartmentWords()
  const common = useCommonWords()
  const toast = useToast()
  const add = useWrite('createDepartment')
  const [name, setName] = useState('')
  const parentId = below?.departmentId ?? null
  function submit() {
    add.mutate(
      { body: { name: name.trim(), parentId, position: endPosition(departments, parentId) } },
      {
        onSuccess: (added) => {
          toast.done(t('done.added', { name: added.name }))
          onDone(added.departmentId)
        },
      },
    )
  }
  return (
    <FormDialog
      title={below ? t('add.titleBelow', { name: below.name }) : t('add.title')}
      action={common('add')}
      isBusy={add.isPending}
      isReady={name.trim() !== ''}
      problem={add.error}
      onSubmit={submit}
      onClose={onClose}
    >
      <NameField name={name} onName={setName} />
    </FormDialog>
  )
}

/** Gives a department another name. */
export function RenameDepartment({
  department,
  onClose,
}: {
  readonly department: Department
  readonly onClose: () => void
}) {
  const t = useDepartmentWords()
  const common = useCommonWords()
  const toast = useToast()
  const change = useWrite('changeDepartment')
  const [seen] = useState(department)
  const [name, setName] = useState(department.name)
  const { departmentId, version, name: before } = seen
  const params = { departmentId }
  const undo = (body: { name: string }, at: number) =>
    change.mutateAsync({ params, body, version: at }).catch((error: unknown) => {
      if (error instanceof ApiProblem) toast.problem(error)
    })
  function submit() {
    change.mutate(
      { params, body: { name: name.trim() }, version },
      {
        onSuccess: (after) => {
          toast.done(t('done.renamed', { before, name: after.name }), {
            onUndo: () => void undo({ name: before }, after.version),
          })
          onClose()
        },
      },
    )
  }
  return (
    <FormDialog
      title={t('rename.title', { name: before })}
      action={common('save')}
      isBusy={change.isPending}
      isReady={name.trim() !== '' && name.trim() !== before}
      problem={change.error}
      onSubmit={submit}
      onClose={onClose}
    >
      <NameField name={name} onName={setName} />
    </FormDialog>
  )
}

/** Moves a department with everything below it: the way without dragging. */
export function MoveDepartmentDialog({
  departments,
  department,
  onClose,
}: DialogProps & { readonly department: Department }) {
  const t = useDepartmentWords()
  const { move } = useMoveDepartment(departments)
  const [parentId, setParentId] = useState<string | null>(department.parentId ?? top)
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  const inside = subtreeOf(departments, department.departmentId)
  const choices = choicesOf(departments).filter(({ value }) => !inside.has(value))
  async function submit() {
    const place = parentId === top ? null : parentId
    const { length: index } = childrenOf(departments, place)
    setBusy(true)
    try {
      await move({ departmentId: department.departmentId, parentId: place, index })
      onClose()
    } catch (error) {
      if (error instanceof ApiProblem) setProblem(error)
      setBusy(false)
    }
  }
  return (
    <FormDialog
      title={t('move.title', { name: department.name })}
      action={t('move.action')}
      isBusy={isBusy}
      isReady={parentId !== null && parentId !== (department.parentId ?? top)}
      problem={problem}
      onSubmit={() => void submit()}
      onClose={onClose}
    >
      <Text size="sm">{t('move.text')}</Text>
      <Select
        label={t('parent')}
        searchable
        openOnFocus={false}
        limit={100}
        nothingFoundMessage={t('nothingFound')}
        data={[{ value: top, label: t('top') }, ...choices]}
        value={parentId}
        onChange={setParentId}
        data-autofocus
      />
    </FormDialog>
  )
}

const top = 'top'

/** Removes a department that is empty. */
export function RemoveDepartment({
  department: { departmentId, name, version },
  onClose,
  onDone,
}: {
  readonly department: Department
  readonly onClose: () => void
  readonly onDone: () => void
}) {
  const t = useDepartmentWords()
  const toast = useToast()
  const remove = useWrite('removeDepartment')
  return (
    <ConfirmDialog
      isOpen
      isDangerous
      onClose={onClose}
      title={t('remove.title', { name })}
      action={t('remove.action')}
      isBusy={remove.isPending}
      problem={remove.error}
      onConfirm={() =>
        remove.mutate(
          { params: { departmentId }, version },
          {
            onSuccess: () => {
              toast.done(t('done.removed', { name }))
              onDone()
            },
          },
        )
      }
    >
      {t('remove.text', { name })}
    </ConfirmDialog>
  )
}

function NameField({ name, onName }: { readonly name: string; readonly onName: (name: string) => void }) {
  const t = useDepartmentWords()
  return (
    <TextInput
      label={t('name')}
      required
      maxLength={100}
      autoComplete="off"
      value={name}
      onChange={(event) => onName(event.currentTarget.value)}
      data-autofocus
    />
  )
}

interface FormDialogProps {
  readonly title: string
  readonly action: string
  readonly isBusy: boolean
  readonly isReady: boolean
  readonly problem: ApiProblem | null
  readonly onSubmit: () => void
  readonly onClose: () => void
  readonly children: ReactNode
}

function FormDialog(props: FormDialogProps) {
  const common = useCommonWords()
  return (
    <Modal
      opened
      onClose={props.onClose}
      title={props.title}
      closeButtonProps={{ 'aria-label': common('close') }}
    >
      <form
        onSubmit={(event: SubmitEvent) => {
          event.preventDefault()
          if (props.isReady) props.onSubmit()
        }}
      >
        <Stack>
          {props.children}
          <ProblemAlert problem={props.problem} />
          <Group justify="flex-end">
            <Button variant="default" onClick={props.onClose}>
              {common('cancel')}
            </Button>
            <Button type="submit" loading={props.isBusy} disabled={!props.isReady}>
              {props.action}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
