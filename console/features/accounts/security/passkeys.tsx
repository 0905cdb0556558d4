import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type SubmitEvent, useState } from 'react'
import type { Answer } from '../../../api/client.ts'
import { useWrite } from '../../../api/write.ts'
import { useCommonWords } from '../../../ui/common-words.ts'
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx'
import { useFormat } from '../../../ui/format.ts'
import { hasPasskeys, usePasskeys } from '../../../ui/proof/passkey.ts'
import { ProblemAlert, type ProblemLike } from '../../../ui/states.tsx'
import { StatusBadge } from '../../../ui/status-badge.tsx'
import { useToast } from '../../../ui/toast.tsx'
import touch from '../../../ui/touch.module.css'
import { Section } from '../my-account/section.tsx'
import { deviceOf } from '../parts/device.ts'
import { ShownCodes } from './shown-codes.tsx'
import { useSecurityWords } from './words.ts'

type Passkey = Answer<'listFactors'>['passkeys'][number]

interface PasskeysProps {
  readonly passkeys: readonly Passkey[]
  readonly isFrozen: boolean
}

/** The own passkeys: add one under a name, remove one. */
export function Passkeys({ passkeys, isFrozen }: PasskeysProps) {
  const t = useSecurityWords()
  const [isAdding, setAdding] = useState(false)
  return (
    <Section
      title={t('passkeys')}
      text={t('passkeys.text')}
      actions={
        hasPasskeys() && (
          <Button variant="default" disabled={isFrozen} onClick={() => setAdding(true)}>
            {t('passkeys.add')}
          </Button>
        )
      }
    >
      {!hasPasskeys() && <Text>{t('passkeys.unsupported')}</Text>}
      {passkeys.length === 0 ? (
        <Text c="dimmed">{t('passkeys.none')}</Text>
      ) : (
        <Stack component="ul" gap="md" m={0} p={0} style={{ listStyle: 'none' }}>
          {passkeys.map((passkey) => (
            <PasskeyLine key={passkey.passkeyId} passkey={passkey} isFrozen={isFrozen} />
          ))}
        </Stack>
      )}
      {isAdding && <AddPasskey onClose={() => setAdding(false)} />}
    </Section>
  )
}

function PasskeyLine({ passkey, isFrozen }: { readonly passkey: Passkey; readonly isFrozen: boolean }) {
  const t = useSecurityWords()
  const f = useFormat()
  const toast = useToast()
  const { passkeyId, name } = passkey
  const [isAsking, setAsking] = useState(false)
  const remove = useWrite('removePasskey')
  return (
    <Group component="li" justify="space-between" gap="sm" align="flex-start">
      <div style={{ minWidth: 0 }}>
        <Group gap="xs">
          <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
            {name}
          </Text>
          {passkey.isFrozen && <StatusBadge kind="wait">{t('frozen')}</StatusBadge>}
        </Group>
        <Text size="sm" c="dimmed">
          {f.sentences(
            t('added', { time: f.date(passkey.addedAt) }),
            passkey.lastUsedAt === null
              ? t('neverUsed')
              : t('lastUsed', { time: f.relative(passkey.lastUsedAt) }),
            passkey.isSynced ? t('passkeys.synced') : '',
          )}
        </Text>
      </div>
      <Button
        variant="default"
        aria-label={t('passkeys.removeOf', { name })}
        disabled={isFrozen}
        onClick={() => setAsking(true)}
      >
        {t('remove')}
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        title={t('passkeys.removeOf', { name })}
        action={t('remove')}
        isDangerous
        isBusy={remove.isPending}
        problem={remove.error}
        onConfirm={() =>
          remove.mutate(
            { params: { passkeyId } },
            { onSuccess: () => toast.done(t('passkeys.removed', { name })) },
          )
        }
      >
        {t('passkeys.removeText')}
      </ConfirmDialog>
    </Group>
  )
}

function useAddPasskey() {
  const passkeys = usePasskeys()
  const begin = useWrite('beginPasskey')
  const add = useWrite('addPasskey')
  return useMutation<Answer<'addPasskey'>, ProblemLike & Error, string>({
    mutationFn: async (name) => {
      const { challengeId, options } = await begin.mutateAsync({})
      const response = await passkeys.make(options)
      return add.mutateAsync({ params: { challengeId }, body: { name, response } })
    },
  })
}

function AddPasskey({ onClose }: { readonly onClose: () => void }) {
  const t = useSecurityWords()
  const common = useCommonWords()
  const toast = useToast()
  const [name, setName] = useState(() => {
    const { browser, system } = deviceOf(navigator.userAgent)
    return system ?? browser ?? ''
  })
  const add = useAddPasskey()
  const codes = add.data?.recoveryCodes
  function submit(event: SubmitEvent) {
    event.preventDefault()
    add.mutate(name, {
      onSuccess: ({ recoveryCodes }) => {
        toast.done(t('passkeys.added', { name }))
        if (!recoveryCodes?.length) onClose()
      },
    })
  }
  return (
    <Modal
      opened
      onClose={onClose}
      withCloseButton={!codes?.length}
      closeOnEscape={!codes?.length}
      closeOnClickOutside={false}
      title={t(codes?.length ? 'codes' : 'passkeys.add')}
      closeButtonProps={{ 'aria-label': common('close') }}
    >
      <div className={touch['touch'] ?? ''}>
        {codes?.length ? (
          <ShownCodes codes={codes} onKept={onClose} />
        ) : (
          <form onSubmit={submit}>
            <Stack>
              <TextInput
                label={t('passkeys.name')}
                description={t('passkeys.nameText')}
                maxLength={60}
                required
                withAsterisk={false}
                data-autofocus
                value={name}
                onChange={(event) => setName(event.currentTarget.value)}
              />
              <ProblemAlert problem={add.error} />
              <Button type="submit" loading={add.isPending} disabled={name.trim() === ''}>
                {t('passkeys.make')}
              </Button>
            </Stack>
          </form>
        )}
      </div>
    </Modal>
  )
}
