import { Button, Group, Menu, Text } from '@mantine/core'
import { itemStateAfter } from '../../../../src/features/handovers/states.ts'
import { useWrite } from '../../../api/write.ts'
import { paths } from '../../../paths.ts'
import { useSession } from '../../../shell/session.tsx'
import { useFormat } from '../../../ui/format.ts'
import { ScreenLink } from '../../../ui/link.tsx'
import { MenuButton } from '../../../ui/menu-button.tsx'
import { usePhone } from '../../../ui/phone.tsx'
import { readable } from '../../../ui/readable.ts'
import { StatusBadge, type StatusKind } from '../../../ui/status-badge.tsx'
import { useToast } from '../../../ui/toast.tsx'
import { useHeldThing } from '../parts/held-thing.ts'
import { useHandoverWords } from '../words.ts'
import classes from './plan.module.css'
import { useWayWords } from './plan-row.tsx'
import type { Handover, ItemAct, RunItem } from './types.ts'

const kinds: Readonly<Record<RunItem['state'], StatusKind>> = {
  planned: 'off',
  attempted: 'busy',
  waiting: 'wait',
  observed: 'good',
  failed: 'bad',
  skipped: 'off',
  handed: 'wait',
  undone: 'off',
}

interface RunRowProps {
  readonly item: RunItem
  readonly handover: Handover
  readonly onAct: (act: ItemAct) => void
}

/** One item of a run: what it is, where it stands and since when, and what to do about it. */
export function RunRow({ item, handover, onAct }: RunRowProps) {
  const t = useHandoverWords()
  const thing = useHeldThing()(item)
  const wayWords = useWayWords()
  return (
    <div className={classes['row']} data-state={item.state}>
      <div className={classes['body']}>
        <div className={classes['line']}>
          <strong>{thing}</strong>
          <span>{wayWords(item)}</span>
          <StatusBadge kind={kinds[item.state]}>{t(`item.${item.state}`)}</StatusBadge>
        </div>
        <Particulars item={item} />
        <Trouble item={item} />
      </div>
      {handover.actions.includes('items') && (
        <Acts item={item} handover={handover} onAct={onAct} thing={thing} />
      )}
    </div>
  )
}

function Particulars({ item }: { readonly item: RunItem }) {
  const t = useHandoverWords()
  const format = useFormat()
  const { slug, can } = useSession()
  const { state, waitsFor, dueAt, observedAt, undoneAt, reason, reference, returnAt } = item
  const isTask = isOpenTask(item)
  const isWaiting = state === 'waiting'
  const parts = [
    isWaiting && waitsFor !== null && t(`waits.${waitsFor}`),
    isWaiting &&
      waitsFor === 'cooldown' &&
      dueAt !== null &&
      t('items.until', { time: format.dateTime(dueAt) }),
    state === 'observed' && observedAt !== null && t('items.at', { time: format.dateTime(observedAt) }),
    state === 'undone' && undoneAt !== null && t('items.at', { time: format.dateTime(undoneAt) }),
    returnAt !== null && t('plan.returns', { time: format.dateTime(returnAt) }),
    reason,
  ].filter(Boolean)
  const isRequest = isWaiting && reference !== null && (waitsFor === 'check' || waitsFor === 'approval')
  const taskId = item.taskId ?? reference
  if (parts.length === 0 && !isRequest && !isTask) return null
  return (
    <div className={classes['detail']}>
      {parts.join(' · ')}{' '}
      {isRequest && reference !== null && can('requests:read') && (
        <ScreenLink to={paths.requests(slug)} search={{ request: reference }}>
          {t('way.request')}
        </ScreenLink>
      )}
      {isTask && taskId !== null && <ScreenLink to={paths.task(slug, taskId)}>{t('way.task')}</ScreenLink>}
    </div>
  )
}

function isOpenTask({ state, waitsFor, reference, taskId }: RunItem): boolean {
  return (
    (state === 'handed' && taskId !== null) ||
    (state === 'waiting' && waitsFor === 'task' && reference !== null)
  )
}

function Trouble({ item }: { readonly item: RunItem }) {
  const format = useFormat()
  const phone = usePhone()
  if (item.state !== 'failed' || item.title === null) return null
  return (
    <Text size="sm" c="var(--mantine-color-error)">
      <strong>{readable(item.title, format, phone)}</strong> {readable(item.next ?? '', format, phone)}
    </Text>
  )
}

function Acts({ item, handover, onAct, thing }: RunRowProps & { readonly thing: string }) {
  const t = useHandoverWords()
  const toast = useToast()
  const retry = useWrite('retryHandoverItem')
  const { handoverId } = handover
  const can = (step: 'retry' | 'skip' | 'hand') => itemStateAfter(item.state, step) !== null
  const again = () =>
    retry.mutate({ params: { handoverId, itemId: item.itemId }, body: {} }, { onError: toast.problem })
  if (item.state === 'planned' || !(can('retry') || can('skip') || can('hand'))) return null
  if (item.state === 'failed')
    return (
      <Group gap={6} justify="flex-end">
        <Button
          size="compact-sm"
          onClick={again}
          loading={retry.isPending}
          aria-label={t('items.retryOf', { thing })}
        >
          {t('items.retry')}
        </Button>
        <Button size="compact-sm" variant="default" onClick={() => onAct({ act: 'skip', item })}>
          {t('items.skip')}
        </Button>
        <Button size="compact-sm" variant="default" onClick={() => onAct({ act: 'hand', item })}>
          {t('items.hand')}
        </Button>
      </Group>
    )
  return (
    <MenuButton label={t('items.acts')} name={t('items.actsOf', { thing })}>
      {can('retry') && <Menu.Item onClick={again}>{t('items.retry')}</Menu.Item>}
      {can('skip') && <Menu.Item onClick={() => onAct({ act: 'skip', item })}>{t('items.skip')}</Menu.Item>}
      {can('hand') && <Menu.Item onClick={() => onAct({ act: 'hand', item })}>{t('items.hand')}</Menu.Item>}
    </MenuButton>
  )
}
