import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { useRead } from '../../../api/read.ts'
import { useWrite } from '../../../api/write.ts'
import { paths } from '../../../paths.ts'
import { useFormat } from '../../../ui/format.ts'
import { usePhone } from '../../../ui/phone.tsx'
import { ProblemAlert } from '../../../ui/states.tsx'
import { useToast } from '../../../ui/toast.tsx'
import { OwnRequests } from '../own-requests.tsx'
import { type Account, useChangeInWords } from './names.ts'
import { useSecurityWords } from './words.ts'

/** What waits for its person: objections, somebody who wants a phone, a deletion, companies that ask for one. */
export function OpenMatters({ account }: { readonly account: Account }) {
  const objected = account.openChanges.filter(({ state }) => state === 'objected')
  return (
    <>
      {account.deletion && <DeletionOnItsWay endsAt={account.deletion.endsAt} />}
      {objected.length > 0 && <Objected changes={objected} />}
      <Claims />
      {account.deletionRequests > 0 && <OwnRequests />}
    </>
  )
}

function Matter({
  title,
  isUrgent = false,
  children,
}: {
  readonly title: string
  readonly isUrgent?: boolean
  readonly children: ReactNode
}) {
  return (
    <Alert
      component="section"
      role="region"
      variant="outline"
      {...(isUrgent ? { color: 'red' } : {})}
      icon={isUrgent ? <IconAlertTriangle aria-hidden /> : <IconInfoCircle aria-hidden />}
      title={title}
      styles={{ title: { color: 'var(--mantine-color-text)' } }}
    >
      <Stack gap="sm" align="flex-start">
        {children}
      </Stack>
    </Alert>
  )
}

function DeletionOnItsWay({ endsAt }: { readonly endsAt: string }) {
  const t = useSecurityWords()
  const f = useFormat()
  const toast = useToast()
  const cancel = useWrite('cancelDeletion')
  return (
    <Matter isUrgent title={t('deletion.waits', { time: f.dateTime(endsAt) })}>
      <ProblemAlert problem={cancel.error} />
      <Button
        variant="default"
        loading={cancel.isPending}
        onClick={() => cancel.mutate({}, { onSuccess: () => toast.done(t('deletion.kept')) })}
      >
        {t('deletion.keep')}
      </Button>
    </Matter>
  )
}

type Change = Account['openChanges'][number]

function Objected({ changes }: { readonly changes: readonly Change[] }) {
  const t = useSecurityWords()
  const f = useFormat()
  const inWords = useChangeInWords()
  const settle = useWrite('settleChange')
  // The earliest decides for all that came after it.
  const first = changes.toSorted((one, other) => Date.parse(one.changedAt) - Date.parse(other.changedAt))[0]
  if (!first) return null
  const { changeId } = first
  function decide(decision: 'keep' | 'undo') {
    settle.mutate({ params: { changeId }, body: { decision } })
  }
  return (
    <Matter isUrgent title={t('objected')}>
      <ul style={{ margin: 0, paddingInlineStart: '1.2rem' }}>
        {changes.map((change) => (
          <li key={change.changeId}>
            {t('objected.change', { what: inWords(change), time: f.dateTime(change.changedAt) })}
          </li>
        ))}
      </ul>
      <Text size="sm">{t(first.maySettle ? 'objected.decide' : 'objected.older')}</Text>
      <ProblemAlert problem={settle.error} />
      {first.maySettle && (
        <Group gap="xs">
          <Button loading={settle.isPending} onClick={() => decide('undo')}>
            {t('objected.undo')}
          </Button>
          <Button variant="default" disabled={settle.isPending} onClick={() => decide('keep')}>
            {t('objected.keep')}
          </Button>
        </Group>
      )}
    </Matter>
  )
}

/** ACC-6: phones of this account that somebody else has proved, and one's own that wait elsewhere. */
function Claims() {
  const t = useSecurityWords()
  const f = useFormat()
  const phone = usePhone()
  const toast = useToast()
  const changes = useRead('listMobileChanges', {})
  const veto = useWrite('vetoClaim')
  const [stopping, setStopping] = useState<string | null>(null)
  const { items = [], claims = [] } = changes.data ?? {}
  return (
    <>
      {claims.map((claim) => (
        <Matter
          key={claim.claimId}
          isUrgent
          title={t('claim', { phone: phone(claim.phone), time: f.dateTime(claim.dueAt) })}
        >
          <Text size="sm">{t('claim.text')}</Text>
          <ProblemAlert problem={stopping === claim.claimId ? veto.error : null} />
          <Button
            loading={veto.isPending && stopping === claim.claimId}
            onClick={() => {
              setStopping(claim.claimId)
              veto.mutate(
                { params: { claimId: claim.claimId } },
                { onSuccess: () => toast.done(t('claim.stopped', { phone: phone(claim.phone) })) },
              )
            }}
          >
            {t('claim.stop')}
          </Button>
        </Matter>
      ))}
      {items.map((change) => (
        <Matter
          key={change.changeId}
          title={
            change.dueAt === null
              ? t('coming.confirm', { phone: phone(change.phone) })
              : t('coming.waits', { phone: phone(change.phone), time: f.dateTime(change.dueAt) })
          }
        >
          <Button component={Link} to={paths.changeMobile()} variant="default">
            {t('coming.open')}
          </Button>
        </Matter>
      ))}
    </>
  )
}
