import { Card, Group, Stack, Text, Title } from '@mantine/core'
import { useRead } from '../../../api/read.ts'
import { paths } from '../../../paths.ts'
import { useSession } from '../../../shell/session.tsx'
import { useFormat } from '../../../ui/format.ts'
import { ScreenLink } from '../../../ui/link.tsx'
import { useHandoverWords } from '../words.ts'
import { AnswerForm } from './answer-form.tsx'
import { type HandoverEntry, HandoverState } from './handover-state.tsx'

const refreshMs = 30_000
const asks: readonly HandoverEntry['state'][] = [
  'draft',
  'pending_approval',
  'approved',
  'scheduled',
  'stopped',
]
const goesOn: readonly HandoverEntry['state'][] = [...asks, 'running', 'paused']

/** What comes to the reader by handovers, and the question whether they take it over (HAN-6). */
export function ToReceive() {
  const t = useHandoverWords()
  const { memberId } = useSession()
  const query = { mine: 'true', limit: 20 } as const
  const found = useRead('listHandovers', { query }, { enabled: memberId !== null, everyMs: refreshMs })
  const items = (found.data?.items ?? []).filter(({ state }) => goesOn.includes(state))
  if (items.length === 0) return null
  return (
    <Stack gap="sm" component="section" aria-labelledby="receive-heading">
      <Title order={2} size="h3" id="receive-heading">
        {t('receive.title')}
      </Title>
      {items.map((handover) => (
        <One key={handover.handoverId} handover={handover} />
      ))}
    </Stack>
  )
}

function One({ handover }: { readonly handover: HandoverEntry }) {
  const t = useHandoverWords()
  const format = useFormat()
  const { slug, memberId } = useSession()
  const { handoverId, leaver, effectiveAt, state } = handover
  const detail = useRead('getHandover', { params: { handoverId } }, { enabled: asks.includes(state) })
  const own = detail.data?.acceptances.find(({ member }) => member.memberId === memberId)
  return (
    <Card withBorder>
      <Stack gap="sm">
        <Group justify="space-between">
          <Title order={3} size="h4">
            {t('receive.from', { name: leaver.name })}
          </Title>
          <HandoverState handover={handover} />
        </Group>
        <Text size="sm">
          {format.dateTime(effectiveAt)}
          {own && ` · ${t(`accept.${own.state}`)}`}
        </Text>
        <ScreenLink to={paths.handover(slug, handoverId)}>{t('receive.open')}</ScreenLink>
        {own?.state === 'asked' && <AnswerForm handover={handover} />}
      </Stack>
    </Card>
  )
}
