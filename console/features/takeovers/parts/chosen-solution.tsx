import { Button, Divider, Group, Stack, Text } from '@mantine/core'
import { lazy, Suspense, useState } from 'react'
import type { Answer } from '../../../api/client.ts'
import { useRead } from '../../../api/read.ts'
import { paths } from '../../../paths.ts'
import { useSession } from '../../../shell/session.tsx'
import { useFormat } from '../../../ui/format.ts'
import { ScreenLink } from '../../../ui/link.tsx'
import { usePhone } from '../../../ui/phone.tsx'
import { readable } from '../../../ui/readable.ts'
import { StatusBadge } from '../../../ui/status-badge.tsx'
import { TaskState } from '../../tasks/parts/task-state.tsx'
import { useTakeoverWords } from '../words.ts'

const AskDeletionDialog = lazy(() =>
  import('../../people/parts/account-dialogs.tsx').then((module) => ({
    default: module.AskDeletionDialog,
  })),
)
const Invite = lazy(() =>
  import('../../people/parts/invite.tsx').then((module) => ({ default: module.Invite })),
)

type Rebinding = NonNullable<Answer<'readRebinding'>['rebinding']>

const kinds = { open: 'wait', done: 'good', cancelled: 'off' } as const

interface ChosenProps {
  readonly rebinding: Rebinding
  readonly e164: string
}

/** The solution that was chosen for a number, how far it is, and what people have to do. */
export function ChosenSolution({ rebinding, e164 }: ChosenProps) {
  const t = useTakeoverWords()
  const format = useFormat()
  const { can } = useSession()
  const { solution, state, consentBy, consentAt, chosenAt } = rebinding
  return (
    <Stack gap="xs">
      <Divider />
      <Group gap="xs">
        <Text fw={600}>{t(`solution.${solution}`)}</Text>
        <StatusBadge kind={kinds[state]}>{t(`state.${state}`)}</StatusBadge>
      </Group>
      <Text size="sm" c="dimmed">
        {[
          t('chosen', { when: format.dateTime(chosenAt) }),
          consentBy && consentAt && t('consentBy', { name: consentBy, date: format.date(consentAt) }),
        ]
          .filter(Boolean)
          .join(' · ')}
      </Text>
      <Tasks rebinding={rebinding} />
      {can('members:write') && state === 'open' && rebinding.isStillLinked && (
        <>
          <AskFormer rebinding={rebinding} e164={e164} />
          <InviteHolder rebinding={rebinding} />
        </>
      )}
    </Stack>
  )
}

function Tasks({ rebinding: { rebindingId, taskIds } }: Pick<ChosenProps, 'rebinding'>) {
  const t = useTakeoverWords()
  const format = useFormat()
  const phone = usePhone()
  const { slug, can } = useSession()
  const query = { originKind: 'rebinding', originId: rebindingId, limit: 20 } as const
  const { data } = useRead('listTasks', { query }, { enabled: can('tasks:read') })
  const tasks = taskIds.flatMap((taskId) => data?.items.find((task) => task.taskId === taskId) ?? [])
  if (tasks.length === 0) return null
  return (
    <Stack component="ul" gap="xs" m={0} p={0} style={{ listStyle: 'none' }} aria-label={t('tasks')}>
      {tasks.map(({ taskId, title, state, forName }) => (
        <Group component="li" key={taskId} gap="0 0.6rem">
          <ScreenLink to={paths.task(slug, taskId)} size="sm">
            {readable(title, format, phone)}
          </ScreenLink>
          <Text size="sm" c="dimmed">
            {forName ?? t('task.admins')}
          </Text>
          <TaskState state={state} />
        </Group>
      ))}
    </Stack>
  )
}

/** After solution 1: asks the former member in Baton, where they have an account here. */
function AskFormer({ rebinding, e164 }: ChosenProps) {
  const { solution, formerMemberId, formerHasAccount } = rebinding
  if (solution !== 'former_deletes' || !formerHasAccount || formerMemberId === null) return null
  return <AskMember memberId={formerMemberId} e164={e164} />
}

function AskMember({ memberId, e164 }: { readonly memberId: string; readonly e164: string }) {
  const t = useTakeoverWords()
  const format = useFormat()
  const { slug } = useSession()
  const number = usePhone()(e164)
  const [isOpen, setOpen] = useState(false)
  const { data: member } = useRead('readMember', { params: { memberId } })
  const asked = useRead('listDeletionRequests', { params: { memberId }, query: { limit: 1 } })
  const last = asked.data?.items[0]
  if (!member || !asked.data) return null
  return (
    <Group gap="sm">
      {last && last.state !== 'withdrawn' && (
        <Text size="sm">
          {t(`asked.${last.state}`, { name: member.name, date: format.date(last.endedAt ?? last.askedAt) })}
        </Text>
      )}
      {(!last || last.state === 'withdrawn') && (
        <Button variant="default" size="compact-sm" onClick={() => setOpen(true)}>
          {t('ask', { name: member.name })}
        </Button>
      )}
      {last && (
        <ScreenLink to={paths.person(slug, memberId)} search={{ tab: 'account' }} size="sm">
          {t('asked.see')}
        </ScreenLink>
      )}
      {isOpen && (
        <Suspense fallback={null}>
          <AskDeletionDialog
            member={member}
            why={t('ask.reason', { number })}
            onClose={() => setOpen(false)}
          />
        </Suspense>
      )}
    </Group>
  )
}

/** After solution 2: invites the holder with a temporary identifier, where they have no account yet. */
function InviteHolder({ rebinding: { solution, forMemberId } }: Pick<ChosenProps, 'rebinding'>) {
  if (solution !== 'take_over' || forMemberId === null) return null
  return <InviteMember memberId={forMemberId} />
}

function InviteMember({ memberId }: { readonly memberId: string }) {
  const t = useTakeoverWords()
  const [isOpen, setOpen] = useState(false)
  const { data: member } = useRead('readMember', { params: { memberId } })
  if (!member || member.account === 'joined') return null
  return (
    <Group gap="sm">
      <Button variant="default" size="compact-sm" onClick={() => setOpen(true)}>
        {t('invite', { name: member.name })}
      </Button>
      <Text size="sm">{t('invite.text')}</Text>
      {isOpen && (
        <Suspense fallback={null}>
          <Invite member={member} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </Group>
  )
}
