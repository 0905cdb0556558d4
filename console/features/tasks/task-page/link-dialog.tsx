import { Button, Group, Modal, NumberInput, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { Answer } from '../../../api/client.ts'
import { useWrite } from '../../../api/write.ts'
import { useCommonWords } from '../../../ui/common-words.ts'
import { CopyText } from '../../../ui/copy-text.tsx'
import { useFormat } from '../../../ui/format.ts'
import { ProblemAlert } from '../../../ui/states.tsx'
import type { TaskDialogProps } from '../parts/task.ts'
import { useTaskWords } from '../words.ts'

const usualDays = 7
const mostDays = 30

/** Makes the one-use link by which a person without an account does the task; it is shown once, here. */
export function LinkDialog({ task, isOpen, onClose }: TaskDialogProps) {
  const t = useTaskWords()
  const common = useCommonWords()
  const [isMade, setMade] = useState(false)
  const close = () => {
    setMade(false)
    onClose()
  }
  return (
    <Modal
      opened={isOpen}
      onClose={close}
      title={t('link.title')}
      closeButtonProps={{ 'aria-label': common('close') }}
      closeOnClickOutside={!isMade}
      closeOnEscape={!isMade}
      size="lg"
    >
      {isOpen && <Content task={task} isOpen={isOpen} onClose={close} onMade={() => setMade(true)} />}
    </Modal>
  )
}

function Content({ task, onClose, onMade }: TaskDialogProps & { readonly onMade: () => void }) {
  const t = useTaskWords()
  const common = useCommonWords()
  const create = useWrite('createTaskLink')
  const [days, setDays] = useState(usualDays)
  const path = create.data?.path
  if (create.data && path) return <Made task={task} link={create.data} path={path} onClose={onClose} />
  return (
    <Stack>
      <Text>{t('link.text', { days })}</Text>
      <NumberInput
        label={t('link.days')}
        min={1}
        max={mostDays}
        clampBehavior="strict"
        allowDecimal={false}
        value={days}
        onChange={(value) => setDays(Math.min(mostDays, Math.max(1, Number(value) || usualDays)))}
        w={200}
        maw="100%"
      />
      {create.data && <Text role="alert">{t('link.lost')}</Text>}
      <ProblemAlert problem={create.error} />
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {common('cancel')}
        </Button>
        <Button
          data-autofocus
          loading={create.isPending}
          onClick={() =>
            create.mutate(
              { params: { taskId: task.taskId }, body: { expiresInHours: days * 24 } },
              { onSuccess: onMade },
            )
          }
        >
          {t('link.create')}
        </Button>
      </Group>
    </Stack>
  )
}

interface MadeProps {
  readonly task: TaskDialogProps['task']
  readonly link: Answer<'createTaskLink'>
  readonly path: string
  readonly onClose: () => void
}

function Made({ task, link, path, onClose }: MadeProps) {
  const t = useTaskWords()
  const format = useFormat()
  const address = new URL(path, window.location.origin).href
  const time = format.dateTime(link.expiresAt)
  return (
    <Stack role="status">
      <Text>
        {task.forName === null
          ? t('link.madeAnybody', { time })
          : t('link.made', { name: task.forName, time })}
      </Text>
      <TextInput
        label={t('link.field')}
        readOnly
        value={address}
        onFocus={(event) => event.currentTarget.select()}
        rightSection={<CopyText text={address} label={t('link.copy')} />}
        rightSectionWidth={36}
        ref={focusOnce}
      />
      <Group justify="flex-end">
        <Button onClick={onClose}>{t('link.close')}</Button>
      </Group>
    </Stack>
  )
}

// The button that was pressed is gone.
function focusOnce(input: HTMLInputElement | null): void {
  input?.focus()
}
