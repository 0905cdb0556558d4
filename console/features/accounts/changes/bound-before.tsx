import { Text } from '@mantine/core'
import type { Item } from '../../../api/client.ts'
import { usePages } from '../../../api/read.ts'
import { useFormat } from '../../../ui/format.ts'
import { Section } from '../my-account/section.tsx'
import { useIdentifierName, useProvenWords } from '../security/names.ts'
import { useSecurityWords } from '../security/words.ts'
import { Entries } from './entries.tsx'
import { useChangeWords } from './words.ts'

/** What was bound to the account and is no more: since when, until when, and why it ended. */
export function BoundBefore() {
  const t = useChangeWords()
  const { items, query } = usePages('listBoundBefore', { query: {} }, { pageSize: 20, staleMs: 0 })
  return (
    <Section title={t('before')}>
      <Entries
        query={query}
        none={t('before.none')}
        entries={items.map((bound) => <Line key={bound.identifierId} bound={bound} />)}
      />
    </Section>
  )
}

function Line({ bound }: { readonly bound: Item<'listBoundBefore'> }) {
  const t = useChangeWords()
  const security = useSecurityWords()
  const f = useFormat()
  const nameOf = useIdentifierName()
  const proven = useProvenWords()
  const { kind, value, boundAt, unboundAt, provenHow, endedHow } = bound
  return (
    <li>
      <Text fw={500} style={{ overflowWrap: 'anywhere' }}>
        {value === null ? security(`kind.${kind}`) : nameOf({ kind, value })}
      </Text>
      <Text size="sm" c="dimmed">
        {f.sentences(
          t('before.time', {
            from: f.dateTime(boundAt),
            to: f.dateTime(unboundAt),
            how: proven(provenHow),
          }),
          t(`ended.${endedHow}`),
        )}
      </Text>
    </li>
  )
}
