import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core'
import { useState } from 'react'
import type { Write } from '../../../api/write.ts'
import { useCommonWords } from '../../../ui/common-words.ts'
import { ProblemAlert } from '../../../ui/states.tsx'
import { useToast } from '../../../ui/toast.tsx'
import { useTaskWords } from '../words.ts'

interface ReasonDialogProps {
  readonly isOpen: boolean
  readonly onClose: () => void
  readonly title: string
  readonly text: string
  readonly action: string
  /** What is said when it is done. */
  readonly done: string
  readonly write: Write<'reopenTask'> | Write<'cancelTask'>
  readonly taskId: string
}

/** Asks why before a task is sent back or ended: whoever was to do it reads the reason. */
export function ReasonDialog(props: ReasonDialogProps) {
  const common = useCommonWords()
  return (
    <Modal
      opened={props.isOpen}
      onClose={props.onClose}
      title={props.title}
      closeButtonProps={{ 'aria-label': common('close') }}
    >
      {props.isOpen && <Form {...props} />}
    </Modal>
  )
}

function Form({ onClose, text, action, done, write, taskId }: ReasonDialogProps) {
  const t = useTaskWords()
  const common = useCommonWords()
  const toast = useToast()
  const [reason, setReason] = useState('')
  function send() {
    write.mutate(
      { params: { taskId }, body: { reason: reason.trim() } },
      {
        onSuccess: () => {
          onClose()
          toast.done(done)
        },
      },
    )
  }
  return (
    // A form of its own would stand inside the one that opened it.
    <Stack>
      <Text>{text}</Text>
      <Textarea
        label={t('reason')}
        required
        data-autofocus
        autosize
        minRows={2}
        maxLength={1000}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <ProblemAlert problem={write.error} />
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {common('leaveIt')}
        </Button>
        <Button loading={write.isPending} disabled={reason.trim() === ''} onClick={send}>
          {action}
        </Button>
      </Group>
    </Stack>
  )
}
