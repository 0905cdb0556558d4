import { Button, Group, Text } from '@mantine/core'
import { lazy, Suspense, useState } from 'react'
import type { Answer } from '../../../api/client.ts'
import { useWrite } from '../../../api/write.ts'
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx'
import { useFormat } from '../../../ui/format.ts'
import { StatusBadge } from '../../../ui/status-badge.tsx'
import { useToast } from '../../../ui/toast.tsx'
import { Section } from '../my-account/section.tsx'
import { useSecurityWords } from './words.ts'

// It draws QR codes, which few visits need.
const SetUp = lazy(async () => ({ default: (await import('./authenticator-set-up.tsx')).AuthenticatorSetUp }))

interface AuthenticatorProps {
  readonly authenticator: Answer<'listFactors'>['authenticator']
  readonly isFrozen: boolean
}

/** The authenticator app: on or off, a new one in place of it. */
export function Authenticator({ authenticator, isFrozen }: AuthenticatorProps) {
  const t = useSecurityWords()
  const f = useFormat()
  const [isSettingUp, setSettingUp] = useState(false)
  return (
    <Section
      title={t('app')}
      text={t('app.text')}
      actions={
        <Group gap="xs">
          <Button variant="default" disabled={isFrozen} onClick={() => setSettingUp(true)}>
            {t(authenticator ? 'app.replace' : 'app.setUp')}
          </Button>
          {authenticator && <RemoveApp isFrozen={isFrozen} />}
        </Group>
      }
    >
      {authenticator ? (
        <Group gap="xs">
          <StatusBadge kind={authenticator.isFrozen ? 'wait' : 'good'}>
            {t(authenticator.isFrozen ? 'frozen' : 'app.on')}
          </StatusBadge>
          <Text size="sm" c="dimmed">
            {f.sentences(
              t('added', { time: f.date(authenticator.addedAt) }),
              authenticator.lastUsedAt === null
                ? t('neverUsed')
                : t('lastUsed', { time: f.relative(authenticator.lastUsedAt) }),
            )}
          </Text>
        </Group>
      ) : (
        <Text c="dimmed">{t('app.none')}</Text>
      )}
      {isSettingUp && (
        <Suspense fallback={null}>
          <SetUp onClose={() => setSettingUp(false)} />
        </Suspense>
      )}
    </Section>
  )
}

function RemoveApp({ isFrozen }: { readonly isFrozen: boolean }) {
  const t = useSecurityWords()
  const toast = useToast()
  const [isAsking, setAsking] = useState(false)
  const remove = useWrite('removeAuthenticator')
  return (
    <>
      <Button
        variant="default"
        aria-label={t('app.remove')}
        disabled={isFrozen}
        onClick={() => setAsking(true)}
      >
        {t('remove')}
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        title={t('app.remove')}
        action={t('remove')}
        isDangerous
        isBusy={remove.isPending}
        problem={remove.error}
        onConfirm={() =>
          remove.mutate(
            {},
            {
              onSuccess: () => {
                setAsking(false)
                toast.done(t('app.removed'))
              },
            },
          )
        }
      >
        {t('app.removeText')}
      </ConfirmDialog>
    </>
  )
}
