import { Anchor, Group, Text } from '@mantine/core'
import { paths } from '../../../paths.ts'
import { useSession } from '../../../shell/session.tsx'
import { useFormat } from '../../../ui/format.ts'
import { ScreenLink } from '../../../ui/link.tsx'
import { usePhone } from '../../../ui/phone.tsx'
import { readable } from '../../../ui/readable.ts'
import { useHandoverWords } from '../words.ts'
import classes from './plan.module.css'
import type { Remark } from './types.ts'

export type RemarkTone = 'blocker' | 'warning' | 'visible' | 'lost'

interface RemarksProps {
  readonly tone: RemarkTone
  readonly remarks: readonly Remark[]
  /** Opens what can be decided otherwise. */
  readonly onChoose?: (() => void) | undefined
}

/** What is in the way, to be minded, to be seen or lost, each in words with the way out. */
export function Remarks({ tone, remarks, onChoose }: RemarksProps) {
  const t = useHandoverWords()
  const format = useFormat()
  const phone = usePhone()
  if (remarks.length === 0) return null
  return (
    <ul className={classes['remarks']}>
      {remarks.map((remark) => (
        <li key={remark.code + remark.title} data-tone={tone}>
          <strong>{t(`remark.${tone}`)}</strong> {readable(remark.title, format, phone)}
          {(tone === 'blocker' || tone === 'warning') && (
            <Text span size="sm">
              {' '}
              {readable(remark.next, format, phone)}
            </Text>
          )}
          <WaysOut remark={remark} onChoose={tone === 'blocker' ? onChoose : undefined} />
        </li>
      ))}
    </ul>
  )
}

function WaysOut({ remark, onChoose }: Pick<RemarksProps, 'onChoose'> & { readonly remark: Remark }) {
  const t = useHandoverWords()
  const { slug, can } = useSession()
  const of = (name: string) => {
    const value = remark.data[name]
    return typeof value === 'string' ? value : null
  }
  const [requestId, handoverId, numberId] = [of('requestId'), of('handoverId'), of('numberId')]
  const [moveId, taskId] = [of('moveId'), of('taskId')]
  const isBound = numberId !== null && hasIdentifier(remark.data['dependents']) && can('numbers:write')
  const isShown = [onChoose ?? null, isBound || null, requestId, handoverId, moveId, taskId].some(
    (one) => one !== null,
  )
  if (!isShown) return null
  return (
    <Group gap="md" component="span">
      {onChoose && (
        <Anchor component="button" type="button" size="sm" onClick={onChoose}>
          {t('way.otherwise')}
        </Anchor>
      )}
      {requestId && (
        <ScreenLink size="sm" to={paths.requests(slug)} search={{ request: requestId }}>
          {t('way.request')}
        </ScreenLink>
      )}
      {handoverId && (
        <ScreenLink size="sm" to={paths.handover(slug, handoverId)}>
          {t('way.handover')}
        </ScreenLink>
      )}
      {moveId && (
        <ScreenLink size="sm" to={paths.moves(slug)}>
          {t('way.moves')}
        </ScreenLink>
      )}
      {taskId && (
        <ScreenLink size="sm" to={paths.task(slug, taskId)}>
          {t('way.task')}
        </ScreenLink>
      )}
      {isBound && (
        <ScreenLink size="sm" to={paths.number(slug, numberId)} search={{ rebind: '1' }}>
          {t('way.rebind')}
        </ScreenLink>
      )}
      {numberId && !isBound && (
        <ScreenLink size="sm" to={paths.number(slug, numberId)}>
          {t('way.number')}
        </ScreenLink>
      )}
    </Group>
  )
}

/** Whether a person's own account is among the things that hang on a number (ACC-11). */
function hasIdentifier(dependents: unknown): boolean {
  return Array.isArray(dependents) && dependents.some((one: { kind?: unknown }) => one.kind === 'identifier')
}
