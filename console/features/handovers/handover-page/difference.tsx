import { Text } from '@mantine/core'
import { useFormat } from '../../../ui/format.ts'
import { useHeldThing } from '../parts/held-thing.ts'
import { useHandoverWords } from '../words.ts'
import type { Difference } from './types.ts'

const signs = { added: '+', removed: '−', changed: '~' } as const

/** How two plans differ: what came, went, and is decided otherwise. */
export function DifferenceList({ difference }: { readonly difference: Difference }) {
  const t = useHandoverWords()
  const format = useFormat()
  const held = useHeldThing()
  const { added, removed, changed, items } = difference
  const more = added + removed + changed - items.length
  return (
    <>
      <Text size="sm">
        {t('difference.counts', {
          added: format.number(added),
          removed: format.number(removed),
          changed: format.number(changed),
        })}
      </Text>
      <ul style={{ margin: 0, paddingInlineStart: '1.25rem' }}>
        {items.map((item) => (
          <li key={item.change + item.kind + item.holdingId}>
            <span aria-hidden>{signs[item.change]} </span>
            {t(`difference.${item.change}`, { thing: held(item) })}
          </li>
        ))}
      </ul>
      {more > 0 && <Text size="sm">{t('difference.more', { number: format.number(more) })}</Text>}
    </>
  )
}
