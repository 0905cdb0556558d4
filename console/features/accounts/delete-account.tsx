import { Button, Card, Group, List, Stack, Text, Title } from '@mantine/core'
import { type ReactNode, useId } from 'react'
import type { Answer } from '../../api/client.ts'
import { useRead } from '../../api/read.ts'
import { useWrite } from '../../api/write.ts'
import { useFormat } from '../../ui/format.ts'
import { Await, ProblemAlert } from '../../ui/states.tsx'
import { useToast } from '../../ui/toast.tsx'
import { Conditions } from './delete-account/conditions.tsx'
import { ConfirmDeletion } from './delete-account/confirm-deletion.tsx'
import { Losses } from './delete-account/losses.tsx'
import { useDeleteAccountWords } from './delete-account/words.ts'
import { OwnRequests } from './own-requests.tsx'
import { AccountFrame } from './security/frame.tsx'
import { VendorLabel } from './security/vendor-label.tsx'
import { useSecurityWords } from './security/words.ts'

type Deletion = Answer<'readDeletion'>

/** ACC-2: what deleting the own account needs, what is lost by it, and doing it. */
export function DeleteAccount() {
  const t = useDeleteAccountWords()
  const security = useSecurityWords()
  const deletion = useRead('readDeletion', {}, { staleMs: 0 })
  return (
    <AccountFrame title={t('title')} text={t('text')} under={[security('center'), t('title')]}>
      <Stack gap="lg">
        <VendorLabel label={security('vendor.delete')} />
        <Await query={deletion}>{(found) => <Found deletion={found} />}</Await>
      </Stack>
    </AccountFrame>
  )
}

function Found({ deletion }: { readonly deletion: Deletion }) {
  const t = useDeleteAccountWords()
  const { waiting, conditions, losses, stays } = deletion
  return (
    <>
      {waiting && <Waiting endsAt={waiting.endsAt} />}
      {deletion.requests.length > 0 && <OwnRequests />}
      <Part title={t('conditions')}>
        <Conditions conditions={conditions} />
      </Part>
      <Part title={t('losses')} text={t('losses.text')}>
        <Losses losses={losses} own={t('losses.own')} none={t('losses.none')} />
      </Part>
      <Part title={t('stays')}>
        <Losses losses={stays} own={t('losses.own')} none={t('stays.none')} />
      </Part>
      {!waiting && (
        <Part title={t('when')}>
          <When deletion={deletion} />
          {conditions.length === 0 ? <ConfirmDeletion deletion={deletion} /> : <Text>{t('notYet')}</Text>}
        </Part>
      )}
    </>
  )
}

function Part({
  title,
  text,
  children,
}: {
  readonly title: string
  readonly text?: string
  readonly children: ReactNode
}) {
  const id = useId()
  return (
    <Card withBorder component="section" aria-labelledby={id}>
      <Stack gap="sm">
        <Title order={2} size="h4" id={id}>
          {title}
        </Title>
        {text && <Text c="dimmed">{text}</Text>}
        {children}
      </Stack>
    </Card>
  )
}

function When({ deletion: { coolingDays, endsAt } }: { readonly deletion: Deletion }) {
  const t = useDeleteAccountWords()
  const f = useFormat()
  if (coolingDays === 0) return <Text>{t('when.now')}</Text>
  return (
    <List spacing={6} withPadding>
      <List.Item>{t('when.signedOut')}</List.Item>
      <List.Item>{t('when.cooling', { count: coolingDays, time: f.dateTime(endsAt) })}</List.Item>
      <List.Item>{t('when.then')}</List.Item>
    </List>
  )
}

function Waiting({ endsAt }: { readonly endsAt: string }) {
  const t = useDeleteAccountWords()
  const f = useFormat()
  const toast = useToast()
  const cancel = useWrite('cancelDeletion')
  return (
    <Part title={t('waiting')} text={t('waiting.text', { time: f.dateTime(endsAt) })}>
      <ProblemAlert problem={cancel.error} />
      <Group>
        <Button
          loading={cancel.isPending}
          onClick={() => cancel.mutate({}, { onSuccess: () => toast.done(t('kept')) })}
        >
          {t('keep')}
        </Button>
      </Group>
    </Part>
  )
}
