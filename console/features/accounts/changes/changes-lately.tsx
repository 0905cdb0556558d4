import { Group, Text } from '@mantine/core'
import type { Item } from '../../../api/client.ts'
import { usePages } from '../../../api/read.ts'
import { useFormat } from '../../../ui/format.ts'
import { StatusBadge } from '../../../ui/status-badge.tsx'
import { Section } from '../my-account/section.tsx'
import { useChangeInWords } from '../security/names.ts'
import { Entries } from './entries.tsx'
import { useChangeWords } from './words.ts'

type Change = Item<'listChanges'>

const kinds = { open: 'busy', objected: 'wait', kept: 'good', undone: 'off', final: 'good' } as const

/** Changes that were told to all channels of the account, and what became of each. */
export function ChangesLately() {
  const t = useChangeWords()
  const { items, query } = usePages('listChanges', { query: {} }, { pageSize: 20, staleMs: 0 })
  return (
    <Section title={t('lately')} text={t('lately.text')}>
      <Entries
        query={query}
        none={t('lately.none')}
        entries={items.map((change) => <Line key={change.changeId} change={change} />)}
      />
    </Section>
  )
}

function Line({ change }: { readonly change: Change }) {
  const t = useChangeWords()
  const f = useFormat()
  const what = useChangeInWords()(change)
  const { state, changedAt } = change
  return (
    <li>
      <Group justify="space-between" gap="0 0.6rem" align="flex-start">
        <Text fw={500} style={{ overflowWrap: 'anywhere' }}>
          {what}
        </Text>
        <StatusBadge kind={kinds[state]}>{t(`badge.${state}`)}</StatusBadge>
      </Group>
      <Text size="sm" c="dimmed">
        {f.dateTime(changedAt)} · {useBecame(change)}
      </Text>
    </li>
  )
}

/** What became of a change, or what can still be done about it. */
function useBecame({ state, objectableUntil, objectedAt, settledAt }: Change): string {
  const t = useChangeWords()
  const f = useFormat()
  const at = (time: string | null) => ({ time: time === null ? '' : f.dateTime(time) })
  switch (state) {
    case 'open':
      return t('state.open', at(objectableUntil))
    case 'objected':
      return t('state.objected', at(objectedAt))
    case 'kept':
      return t('state.kept', at(settledAt))
    case 'undone':
      return t(objectedAt === null ? 'state.moot' : 'state.undone', at(settledAt))
    case 'final':
      return t('state.final')
  }
}
