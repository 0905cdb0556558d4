import { Group, Stack, Text, Title } from '@mantine/core'
import { useQueries } from '@tanstack/react-query'
import { useId } from 'react'
import { useApi } from '../../../api/company.tsx'
import { usePages } from '../../../api/read.ts'
import { paths } from '../../../paths.ts'
import { useSession } from '../../../shell/session.tsx'
import { ScreenLink } from '../../../ui/link.tsx'
import { useHeldThing } from '../parts/held-thing.ts'
import { useHandoverWords } from '../words.ts'
import type { Handover } from './types.ts'

/** So many numbers are looked at; a leaver has a few of them in the own account at most. */
const mostNumbers = 20
const lookMs = 60_000

/** After the run: numbers that passed on and are still in an earlier account, with the way to the chooser (ACC-11). */
export function StillLinked({ handover }: { readonly handover: Handover }) {
  const t = useHandoverWords()
  const heading = useId()
  const thing = useHeldThing()
  const { slug } = useSession()
  const linked = useLinkedNumbers(handover.handoverId)
  if (linked.length === 0) return null
  return (
    <Stack gap="xs" component="section" aria-labelledby={heading}>
      <Title order={2} size="h4" id={heading}>
        {t('linked.title')}
      </Title>
      <Text size="sm">{t('linked.text')}</Text>
      <Stack component="ul" gap={6} m={0} p={0} style={{ listStyle: 'none' }}>
        {linked.map((item) => (
          <Group component="li" key={item.itemId} gap="md">
            <Text span fw={600}>
              {thing(item)}
            </Text>
            <ScreenLink to={paths.number(slug, item.holdingId)} search={{ rebind: '1' }} size="sm">
              {t('linked.choose')}
            </ScreenLink>
          </Group>
        ))}
      </Stack>
    </Stack>
  )
}

function useLinkedNumbers(handoverId: string) {
  const api = useApi()
  const { can } = useSession()
  const { items } = usePages(
    'listHandoverItems',
    { params: { handoverId }, query: { kind: 'number', state: 'observed' } },
    { pageSize: mostNumbers, enabled: can('numbers:write') },
  )
  const passed = items.filter(({ way }) => way === 'pass_on')
  const looks = useQueries({
    queries: passed.map(({ holdingId }) => {
      const input = { params: { numberId: holdingId } }
      return {
        queryKey: [api.company ?? '', 'listBindings', input],
        queryFn: ({ signal }: { readonly signal: AbortSignal }) =>
          api.call('listBindings', input, { signal }),
        staleTime: lookMs,
      }
    }),
  })
  return passed.filter((_, index) => looks[index]?.data?.isStillLinked)
}
