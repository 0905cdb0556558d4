import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core'
import { type SubmitEvent, useState } from 'react'
import type { Item } from '../../api/client.ts'
import { useWrite } from '../../api/write.ts'
import { useCommonWords } from '../../ui/common-words.ts'
import { ProblemAlert } from '../../ui/states.tsx'
import { useToast } from '../../ui/toast.tsx'
import { useHoldWords } from './hold-words.ts'

interface LiftProps {
  readonly hold: Item<'listLegalHolds'>
  readonly isOpen: boolean
  readonly onClose: () => void
}

/** Lifts a hold, as the first or the second of two people. */
export function LiftDialog({ hold, isOpen, onClose }: LiftProps) {
  const t = useHoldWords()
  const common = useCommonWords()
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={t(hold.state === 'lifting' ? 'lift.second' : 'lift')}
      closeButtonProps={{ 'aria-label': common('close') }}
    >
      {isOpen && <Form hold={hold} onClose={onClose} />}
    </Modal>
  )
}

function Form({ hold, onClose }: Omit<LiftProps, 'isOpen'>) {
  const t = useHoldWords()
  const common = useCommonWords()
  const toast = useToast()
  const lift = useWrite('liftLegalHold')
  const [reason, setReason] = useState('')
  const isSecond = hold.state === 'lifting'
  function submit(event: SubmitEvent) {
    event.preventDefault()
    lift.mutate(
      { params: { holdId: hold.holdId }, body: { reason } },
      {
        onSuccess: () => {
          onClose()
          toast.done(t(isSecond ? 'lift.done' : 'lift.begun'))
        },
      },
    )
  }
  return (
    <form onSubmit={submit}>
      <Stack>
        <Text size="sm">{t(isSecond ? 'lift.secondText' : 'lift.text')}</Text>
        <Textarea
          label={t('lift.reason')}
          description={common('reasonKept')}
          required
          autosize
          minRows={2}
          maxLength={2000}
          data-autofocus
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <ProblemAlert problem={lift.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {common('cancel')}
          </Button>
          <Button type="submit" loading={lift.isPending}>
            {t(isSecond ? 'lift.second' : 'lift')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
