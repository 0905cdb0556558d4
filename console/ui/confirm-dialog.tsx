import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { useCommonWords } from './common-words.ts'
import { ProblemAlert, type ProblemLike } from './states.tsx'

export interface ConfirmDialogProps {
  readonly isOpen: boolean
  readonly onClose: () => void
  readonly title: string
  /** What will happen, naming what it happens to. */
  readonly children: ReactNode
  /** What the button does, as a verb. */
  readonly action: string
  readonly onConfirm: () => void
  readonly isBusy?: boolean
  readonly isDangerous?: boolean
  /** What is asked is itself to cancel something, so that the way out needs another word than Cancel. */
  readonly isCancelling?: boolean
  /** What has to be typed first, for what cannot be undone. */
  readonly typed?: string
  readonly problem?: ProblemLike | null
}

/** Asks before what cannot be undone; what can be undone is done at once and offers Undo instead. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const t = useCommonWords()
  return (
    <Modal
      opened={props.isOpen}
      onClose={props.onClose}
      title={props.title}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      {props.isOpen && <Content {...props} />}
    </Modal>
  )
}

function Content({ children, action, onConfirm, onClose, typed, ...props }: ConfirmDialogProps) {
  const t = useCommonWords()
  const [words, setWords] = useState('')
  const isReady = typed === undefined || words.replace(/\s/g, '') === typed.replace(/\s/g, '')
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (isReady) onConfirm()
      }}
    >
      <Stack>
        <Text component="div">{children}</Text>
        {typed !== undefined && (
          <TextInput
            label={t('confirm.type', { words: typed })}
            value={words}
            onChange={(event) => setWords(event.currentTarget.value)}
            autoComplete="off"
            data-autofocus
          />
        )}
        <ProblemAlert problem={props.problem} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t(props.isCancelling ? 'leaveIt' : 'cancel')}
          </Button>
          <Button
            type="submit"
            {...(props.isDangerous ? { color: 'red.9' } : {})}
            loading={props.isBusy ?? false}
            disabled={!isReady}
          >
            {action}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
