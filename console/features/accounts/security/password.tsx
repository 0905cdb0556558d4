import { Button, Checkbox, Group, Modal, PasswordInput, Stack, Text } from '@mantine/core'
import { type SubmitEvent, useState } from 'react'
import { useWrite } from '../../../api/write.ts'
import { useCommonWords } from '../../../ui/common-words.ts'
import { ProblemAlert } from '../../../ui/states.tsx'
import { useToast } from '../../../ui/toast.tsx'
import touch from '../../../ui/touch.module.css'
import { Section } from '../my-account/section.tsx'
import type { Account } from './names.ts'
import { useSecurityWords } from './words.ts'

const fewestCharacters = 12

/** Whether a password is set, and a new one. */
export function OwnPassword({ account: { hasPassword, isFrozen } }: { readonly account: Account }) {
  const t = useSecurityWords()
  const [isOpen, setOpen] = useState(false)
  return (
    <Section
      title={t('password')}
      actions={
        <Button variant="default" disabled={isFrozen} onClick={() => setOpen(true)}>
          {t(hasPassword ? 'password.change' : 'password.set')}
        </Button>
      }
    >
      <Text c="dimmed">{t(hasPassword ? 'password.is' : 'password.none')}</Text>
      {isOpen && <NewPassword hasPassword={hasPassword} onClose={() => setOpen(false)} />}
    </Section>
  )
}

interface NewPasswordProps {
  readonly hasPassword: boolean
  readonly onClose: () => void
}

function NewPassword({ hasPassword, onClose }: NewPasswordProps) {
  const t = useSecurityWords()
  const common = useCommonWords()
  const toast = useToast()
  const [password, setPassword] = useState('')
  const [endOtherSessions, setEnd] = useState(hasPassword)
  const write = useWrite('setOwnPassword')
  function submit(event: SubmitEvent) {
    event.preventDefault()
    write.mutate(
      { body: { password, endOtherSessions } },
      {
        onSuccess: ({ endedSessions }) => {
          toast.done(
            endedSessions > 0 ? t('password.doneEnded', { count: endedSessions }) : t('password.done'),
          )
          onClose()
        },
      },
    )
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={t(hasPassword ? 'password.change' : 'password.set')}
      closeButtonProps={{ 'aria-label': common('close') }}
    >
      <form onSubmit={submit} className={touch['touch'] ?? ''}>
        <Stack>
          <PasswordInput
            label={t('password.new')}
            description={t('password.rule')}
            autoComplete="new-password"
            size="md"
            required
            withAsterisk={false}
            data-autofocus
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          <Checkbox
            label={t('password.endOthers')}
            checked={endOtherSessions}
            onChange={(event) => setEnd(event.currentTarget.checked)}
          />
          <ProblemAlert problem={write.error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {common('cancel')}
            </Button>
            <Button type="submit" loading={write.isPending} disabled={password.length < fewestCharacters}>
              {common('save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
