import { Button, Group, Modal, Stack } from '@mantine/core'
import type { ReactNode, SubmitEvent } from 'react'
import { useCommonWords } from '../../ui/common-words.ts'
import { ProblemAlert, type ProblemLike } from '../../ui/states.tsx'

interface DialogProps {
  readonly title: string
  readonly onClose: () => void
  readonly action: string
  readonly onSubmit: () => void
  readonly isBusy: boolean
  readonly isReady: boolean
  readonly problem: ProblemLike | null
  readonly children: ReactNode
}

/** A form in a dialog: its fields, its refusal, and the button that says what happens. */
export function FormDialog({
  title,
  onClose,
  action,
  onSubmit,
  isBusy,
  isReady,
  problem,
  children,
}: DialogProps) {
  const common = useCommonWords()
  function submit(event: SubmitEvent) {
    event.preventDefault()
    if (isReady) onSubmit()
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      closeButtonProps={{ 'aria-label': common('close') }}
      size="lg"
    >
      <form onSubmit={submit}>
        <Stack>
          {children}
          <ProblemAlert problem={problem} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {common('cancel')}
            </Button>
            <Button type="submit" loading={isBusy} disabled={!isReady}>
              {action}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
