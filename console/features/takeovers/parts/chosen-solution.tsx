import { Button, Group, Stack, Text } from '@mantine/core'
import type { Answer } from '../../../api/client.ts'
import { useWrite } from '../../../api/write.ts'
import { paths } from '../../../paths.ts'
import { useSession } from '../../../shell/session.tsx'
import { useFormat } from '../../../ui/format.ts'
import { ScreenLink } from '../../../ui/link.tsx'
import { usePhone } from '../../../ui/phone.tsx'
import { ProblemAlert } from '../../../ui/states.tsx'
import { StatusBadge } from '../../../ui/status-badge.tsx'
import { useToast } from '../../../ui/toast.tsx'
import { useTakeoverWords } from '../words.ts'

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
  const { slug, can } = useSession()
  const { solution, state, consentBy, consentAt, chosenAt, taskIds } = rebinding
  return (
    <Stack gap={6}>
      <Group gap="xs">
        <Text fw={600}>{t(`solution.${solution}`)}</Text>
        <StatusBadge kind={kinds[state]}>{t(`state.${state}`)}</StatusBadge>
      </Group>
      <Text size="sm">
        {[
          t('chosen', { when: format.dateTime(chosenAt) }),
          consentBy && consentAt && t('consentBy', { name: consentBy, date: format.date(consentAt) }),
        ]
          .filter(Boolean)
          .join(' · ')}
      </Text>
      <Group gap="sm">
        {taskIds.map((taskId, index) => (
          <ScreenLink key={taskId} to={paths.task(slug, taskId)} size="sm">
            {t('task', { number: index + 1 })}
          </ScreenLink>
        ))}
      </Group>
      {can('members:write') && <AskToDelete rebinding={rebinding} e164={e164} />}
    </Stack>
  )
}

function AskToDelete({ rebinding, e164 }: ChosenProps) {
  const t = useTakeoverWords()
  const toast = useToast()
  const number = usePhone()(e164)
  const ask = useWrite('askForDeletion')
  const { solution, state, formerMemberId, formerHasAccount } = rebinding
  if (solution !== 'former_deletes' || state !== 'open' || !formerHasAccount || formerMemberId === null) {
    return null
  }
  return (
    <>
      <Group>
        <Button
          variant="default"
          size="compact-sm"
          loading={ask.isPending}
          onClick={() =>
            ask.mutate(
              { params: { memberId: formerMemberId }, body: { reason: t('ask.reason', { number }) } },
              { onSuccess: () => toast.done(t('ask.done')) },
            )
          }
        >
          {t('ask')}
        </Button>
      </Group>
      <ProblemAlert problem={ask.error} />
    </>
  )
}
