import { Text } from '@mantine/core'
import type { Item } from '../../api/client.ts'
import { paths } from '../../paths.ts'
import { useSession } from '../../shell/session.tsx'
import { useFormat } from '../../ui/format.ts'
import { ScreenLink } from '../../ui/link.tsx'
import { HandoverState } from '../handovers/parts/handover-state.tsx'
import { TaskCard } from './task-card.tsx'
import type { Tasks } from './tasks.ts'
import { useHomeWords } from './words.ts'

/** Handovers that are planned or under way, those that need somebody first. */
export function HandoverCards({ tasks: { handovers } }: { readonly tasks: Tasks }) {
  const t = useHomeWords()
  const { slug } = useSession()
  if (handovers.items.length === 0) return null
  return (
    <TaskCard<Item<'listHandovers'>>
      title={t('handovers.title')}
      entries={handovers.items}
      entryKey={({ handoverId }) => handoverId}
      all={{ to: paths.handovers(slug) }}
      render={(handover) => <Entry handover={handover} />}
    />
  )
}

function Entry({ handover }: { readonly handover: Item<'listHandovers'> }) {
  const t = useHomeWords()
  const format = useFormat()
  const { slug } = useSession()
  const { handoverId, leaver, effectiveAt } = handover
  return (
    <>
      <ScreenLink to={paths.handover(slug, handoverId)}>{leaver.name}</ScreenLink>
      <Text size="sm" component="div">
        <HandoverState handover={handover} /> · {t('handovers.when', { time: format.dateTime(effectiveAt) })}
      </Text>
    </>
  )
}
