import { Alert, Button, Group, Stack, Text, Title } from '@mantine/core'
import type { Answer } from '../../../api/client.ts'
import { paths } from '../../../paths.ts'
import { useSession } from '../../../shell/session.tsx'
import { ScreenLink } from '../../../ui/link.tsx'
import { StatusBadge } from '../../../ui/status-badge.tsx'
import { useHandoverWords } from '../words.ts'
import type { FoundLine } from './lines.ts'

interface ResultProps {
  readonly result: Answer<'createHandovers'>
  readonly lines: readonly FoundLine[]
  readonly onAgain: () => void
}

/** The plans that were made, each with what is in the way, and who got none and why. */
export function ManyResult({ result, lines, onAgain }: ResultProps) {
  const t = useHandoverWords()
  const nameOf = (leaverId: string) =>
    lines.find(({ member }) => member?.memberId === leaverId)?.member?.name ?? leaverId
  return (
    <Stack>
      <Title order={2} size="h3">
        {t('many.result')}
      </Title>
      {result.needsApproval && (
        <Alert variant="outline" color="orange">
          <Text size="sm">{t('many.needsApproval')}</Text>
        </Alert>
      )}
      <Stack gap="xs" component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
        {result.items.map((item) => (
          <li key={item.leaverId}>
            <One item={item} name={nameOf(item.leaverId)} />
          </li>
        ))}
      </Stack>
      <Group>
        <Button variant="default" onClick={onAgain}>
          {t('many.again')}
        </Button>
      </Group>
    </Stack>
  )
}

function One({
  item,
  name,
}: {
  readonly item: ResultProps['result']['items'][number]
  readonly name: string
}) {
  const t = useHandoverWords()
  const { slug } = useSession()
  const { handover, blockers, title, next } = item
  if (handover === null)
    return (
      <Group gap="xs">
        <Text fw={600}>{name}</Text>
        <StatusBadge kind="bad">{title ?? ''}</StatusBadge>
        <Text size="sm">{next}</Text>
      </Group>
    )
  return (
    <Group gap="xs">
      <ScreenLink to={paths.handover(slug, handover.handoverId)}>{t('many.open', { name })}</ScreenLink>
      <StatusBadge kind={blockers > 0 ? 'bad' : 'good'}>
        {blockers > 0 ? t('many.blocked', { count: blockers }) : t('many.ready')}
      </StatusBadge>
    </Group>
  )
}
