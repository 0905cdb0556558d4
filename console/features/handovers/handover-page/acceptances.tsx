import { Group, Stack, Text, Title } from '@mantine/core'
import { useSession } from '../../../shell/session.tsx'
import { useFormat } from '../../../ui/format.ts'
import { StatusBadge, type StatusKind } from '../../../ui/status-badge.tsx'
import { AnswerForm } from '../parts/answer-form.tsx'
import { useHandoverWords } from '../words.ts'
import classes from './plan.module.css'
import type { Handover } from './types.ts'

type Acceptance = Handover['acceptances'][number]

const kinds: Readonly<Record<Acceptance['state'], StatusKind>> = {
  planned: 'off',
  asked: 'wait',
  informed: 'off',
  accepted: 'good',
  declined: 'bad',
}

/** Who is to receive something, and what they say to it (HAN-6); the reader answers here if it is theirs. */
export function Acceptances({ handover }: { readonly handover: Handover }) {
  const t = useHandoverWords()
  const { memberId } = useSession()
  const own = handover.acceptances.find(({ member }) => member.memberId === memberId)
  // Who declined may still think better of it.
  const isOpen = own?.state === 'asked' || own?.state === 'declined'
  if (handover.acceptances.length === 0) return null
  return (
    <Stack gap="xs" component="section" aria-labelledby="successors-heading">
      <Title order={2} size="h3" id="successors-heading">
        {t('accept.title')}
      </Title>
      <ul className={classes['list']}>
        {handover.acceptances.map((acceptance) => (
          <li key={acceptance.member.memberId}>
            <One acceptance={acceptance} />
          </li>
        ))}
      </ul>
      {handover.actions.includes('accept') && isOpen && <AnswerForm handover={handover} />}
    </Stack>
  )
}

function One({ acceptance }: { readonly acceptance: Acceptance }) {
  const t = useHandoverWords()
  const format = useFormat()
  const { member, state, items, decidedAt, reason } = acceptance
  return (
    <Group gap="xs" py={4}>
      <Text fw={600}>{member.name}</Text>
      <Text size="sm">{t('accept.items', { count: items })}</Text>
      <StatusBadge kind={kinds[state]}>{t(`accept.${state}`)}</StatusBadge>
      {decidedAt !== null && <Text size="sm">{format.dateTime(decidedAt)}</Text>}
      {reason !== null && <Text size="sm">{t('accept.says', { reason })}</Text>}
    </Group>
  )
}
