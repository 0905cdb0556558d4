import type { Item } from '../../../api/client.ts'
import { useFormat } from '../../../ui/format.ts'
import { StatusBadge, type StatusKind } from '../../../ui/status-badge.tsx'
import { useBatchWords } from '../words.ts'

type Operation = Item<'listOperations'>

const kinds: Readonly<Record<Operation['state'], StatusKind>> = {
  pending_approval: 'wait',
  running: 'busy',
  paused: 'wait',
  done: 'good',
  cancelled: 'off',
}

/** Where an operation stands, in words. */
export function OperationState({ operation }: { readonly operation: Pick<Operation, 'state' | 'failed'> }) {
  const t = useBatchWords()
  const format = useFormat()
  const { state, failed } = operation
  const isFlawed = state === 'done' && failed > 0
  return (
    <StatusBadge kind={isFlawed ? 'bad' : kinds[state]}>
      {isFlawed
        ? t('state.doneWithFailures', { count: failed, number: format.number(failed) })
        : t(`state.${state}`)}
    </StatusBadge>
  )
}

const kindWords = ['number_moves', 'number_moves_undo', 'import', 'import_undo'] as const

/** What an operation does, in words. */
export function useKindWords(): (kind: string) => string {
  const t = useBatchWords()
  return (kind) => {
    const known = kindWords.find((one) => one === kind)
    return known ? t(`kind.${known}`) : kind
  }
}
