import { List, Stack, Text, Title } from '@mantine/core'
import type { Answer } from '../../../api/client.ts'
import { useFormat } from '../../../ui/format.ts'
import { usePhone } from '../../../ui/phone.tsx'
import { readable } from '../../../ui/readable.ts'

type Loss = Answer<'readDeletion'>['losses'][number]

interface LossesProps {
  readonly losses: readonly Loss[]
  /** The heading of what is the person's own. */
  readonly own: string
  readonly none: string
}

/** Facts in groups: of the person first, then of each company. */
export function Losses({ losses, own, none }: LossesProps) {
  const f = useFormat()
  const phone = usePhone()
  if (losses.length === 0) return <Text c="dimmed">{none}</Text>
  const groups = Map.groupBy(losses, ({ company }) => company?.companyId ?? '')
  const sorted = [...groups].toSorted(([one], [other]) => Number(one !== '') - Number(other !== ''))
  return (
    <Stack gap="md">
      {sorted.map(([id, items]) => (
        <Stack key={id} gap={6}>
          <Title order={3} size="h6">
            {items[0]?.company?.name ?? own}
          </Title>
          <List spacing={6} withPadding>
            {items.map(({ code, title, next }) => (
              <List.Item key={code + title}>
                {readable(title, f, phone)}
                {next !== '' && (
                  <Text size="sm" c="dimmed">
                    {readable(next, f, phone)}
                  </Text>
                )}
              </List.Item>
            ))}
          </List>
        </Stack>
      ))}
    </Stack>
  )
}
