import { Button, Menu, Modal, Stack, Text } from '@mantine/core'
import { IconLink } from '@tabler/icons-react'
import { useState } from 'react'
import { useWrite } from '../../../api/write.ts'
import { useSession } from '../../../shell/session.tsx'
import { useCommonWords } from '../../../ui/common-words.ts'
import { MenuButton } from '../../../ui/menu-button.tsx'
import type { TaskDetail, TaskDialogProps } from '../parts/task.ts'
import { useTaskWords } from '../words.ts'
import { LinkDialog } from './link-dialog.tsx'
import { ReasonDialog } from './reason-dialog.tsx'
import { SeenForm } from './seen-form.tsx'

type Opened = 'link' | 'seen' | 'cancel' | null

/** What whoever asked for a task can do about it. */
export function TaskActions({ task }: { readonly task: TaskDetail }) {
  const t = useTaskWords()
  const { can } = useSession()
  const [opened, setOpened] = useState<Opened>(null)
  const cancel = useWrite('cancelTask')
  const close = () => setOpened(null)
  const isOpen = task.state === 'planned' || task.state === 'claimed'
  // Dialogs stay until they close themselves: what they say goes on after the state has changed.
  if (!can('tasks:write')) return null
  return (
    <>
      {task.state === 'planned' && (
        <Button
          variant="default"
          leftSection={<IconLink size={18} aria-hidden />}
          onClick={() => setOpened('link')}
        >
          {t('link.make')}
        </Button>
      )}
      {isOpen && (
        <MenuButton label={t('more')}>
          {task.state === 'planned' && task.mayObserve && (
            <Menu.Item onClick={() => setOpened('seen')}>{t('see.unclaimed')}</Menu.Item>
          )}
          <Menu.Item onClick={() => setOpened('cancel')}>{t('cancel')}</Menu.Item>
        </MenuButton>
      )}
      <LinkDialog task={task} isOpen={opened === 'link'} onClose={close} />
      <SeenDialog task={task} isOpen={opened === 'seen'} onClose={close} />
      <ReasonDialog
        isOpen={opened === 'cancel'}
        onClose={close}
        title={t('cancel.title')}
        text={t('cancel.text')}
        action={t('cancel.do')}
        done={t('cancel.done')}
        write={cancel}
        taskId={task.taskId}
      />
    </>
  )
}

function SeenDialog({ task, isOpen, onClose }: TaskDialogProps) {
  const t = useTaskWords()
  const common = useCommonWords()
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={t('see.title')}
      closeButtonProps={{ 'aria-label': common('close') }}
    >
      {isOpen && (
        <Stack>
          <Text>{t('see.unclaimedText')}</Text>
          <SeenForm task={task} onDone={onClose} />
        </Stack>
      )}
    </Modal>
  )
}
