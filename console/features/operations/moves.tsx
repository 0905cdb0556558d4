import { Button, SegmentedControl, Text } from '@mantine/core'
import { useMemo, useState } from 'react'
import type { Item } from '../../api/client.ts'
import { usePages } from '../../api/read.ts'
import { useWrite } from '../../api/write.ts'
import { paths } from '../../paths.ts'
import { useSession } from '../../shell/session.tsx'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { DataTable } from '../../ui/data-table/data-table.tsx'
import type { Column } from '../../ui/data-table/model.ts'
import { useFormat } from '../../ui/format.ts'
import { ScreenLink } from '../../ui/link.tsx'
import { Page } from '../../ui/page.tsx'
import { Phone, usePhone } from '../../ui/phone.tsx'
import { useSearchState } from '../../ui/search-state.ts'
import { EmptyState, ProblemState } from '../../ui/states.tsx'
import { useToast } from '../../ui/toast.tsx'
import { ListDownload } from '../exports/parts/list-download.tsx'
import { failureOf } from './move-failures.ts'
import { WhyWaiting } from './parts/why-waiting.tsx'
import { useBatchWords } from './words.ts'

type Move = Item<'listScheduledMoves'>

const states = ['waiting', 'failed', 'done', 'cancelled'] as const
type Shown = (typeof states)[number]
const refreshMs = 30_000

/** Moves and returns that wait for their time, a check or an approval, and what became of earlier ones. */
export function Moves() {
  const t = useBatchWords()
  const [search, set] = useSearchState({ state: 'waiting' })
  const state = states.find((one) => one === search.state) ?? 'waiting'
  const [cancelled, setCancelled] = useState<Move | null>(null)
  const { items, query } = usePages('listScheduledMoves', { query: { state } }, { everyMs: refreshMs })
  const columns = useColumns(state, setCancelled)
  return (
    <Page
      title={t('moves.title')}
      text={t('moves.text')}
      actions={<ListDownload kind="exportScheduledMoves" query={{ state }} />}
    >
      <div style={{ overflowX: 'auto' }}>
        <SegmentedControl
          aria-label={t('moves.filter')}
          value={state}
          onChange={(value) => set({ state: value })}
          data={states.map((one) => ({ value: one, label: t(`moves.${one}`) }))}
        />
      </div>
      {query.error && items.length === 0 ? (
        <ProblemState problem={query.error} onRetry={() => query.refetch()} />
      ) : (
        <DataTable
          key={state}
          label={t('moves.title')}
          columns={columns}
          rows={items}
          rowKey={(row) => row.moveId}
          rowLabel={(row) => row.e164}
          isLoading={query.isPending}
          isFetchingMore={query.isFetchingNextPage}
          hasMore={query.hasNextPage}
          onMore={() => void query.fetchNextPage()}
          empty={<NoMoves state={state} />}
        />
      )}
      <CancelMove move={cancelled} onClose={() => setCancelled(null)} />
    </Page>
  )
}

function NoMoves({ state }: { readonly state: Shown }) {
  const t = useBatchWords()
  const { slug } = useSession()
  if (state !== 'waiting') return <EmptyState title={t('moves.none')} />
  return (
    <EmptyState title={t('moves.noneWaiting')} text={t('moves.noneWaitingText')}>
      <ScreenLink to={paths.numbers(slug)}>{t('moves.toNumbers')}</ScreenLink>
    </EmptyState>
  )
}

function useColumns(state: Shown, onCancel: (move: Move) => void): readonly Column<Move>[] {
  const t = useBatchWords()
  const { slug, can } = useSession()
  const mayCancel = state === 'waiting' && can('numbers:write')
  return useMemo<readonly Column<Move>[]>(
    () => [
      {
        id: 'number',
        header: t('items.number'),
        width: 190,
        cell: (row) => (
          <ScreenLink to={paths.number(slug, row.numberId)}>
            <Phone e164={row.e164} />
          </ScreenLink>
        ),
      },
      {
        id: 'to',
        header: t('items.to'),
        cell: (row) => <ScreenLink to={paths.person(slug, row.to.memberId)}>{row.to.name}</ScreenLink>,
      },
      { id: 'kind', header: t('moves.kind'), width: 150, cell: (row) => t(kindWord(row)) },
      {
        id: 'due',
        header: t('moves.due'),
        width: 220,
        cell: (row) => <Due move={row} isWaiting={state === 'waiting'} />,
      },
      ...(state === 'waiting'
        ? [{ id: 'waits', header: t('moves.waitsFor'), cell: (row: Move) => <WhyWaiting move={row} /> }]
        : []),
      ...(state === 'failed'
        ? [{ id: 'why', header: t('moves.why'), cell: (row: Move) => <Failure move={row} /> }]
        : []),
      ...(mayCancel
        ? [
            {
              id: 'cancel',
              header: t('moves.action'),
              width: 130,
              cell: (row: Move) => (
                <Button
                  size="compact-sm"
                  variant="default"
                  onClick={() => onCancel(row)}
                  aria-label={t('moves.cancelOne', { number: row.e164 })}
                >
                  {t('moves.cancel')}
                </Button>
              ),
            },
          ]
        : []),
    ],
    [t, slug, state, mayCancel, onCancel],
  )
}

/** When it is due, and for one that waits for nothing else, how long that is. */
function Due({ move, isWaiting }: { readonly move: Move; readonly isWaiting: boolean }) {
  const t = useBatchWords()
  const format = useFormat()
  const { dueAt, waitsFor } = move
  if (isWaiting && waitsFor === 'check') return t('moves.onceCleared')
  if (isWaiting && waitsFor === 'approval') return t('moves.onceApproved')
  return (
    <>
      {format.dateTime(dueAt)}
      {isWaiting && <Text size="sm">{format.relative(dueAt)}</Text>}
    </>
  )
}

function kindWord({ kind, returnAt }: Move) {
  if (kind === 'return') return 'moves.kind.return' as const
  return returnAt === null ? ('moves.kind.move' as const) : ('moves.kind.loan' as const)
}

function Failure({ move }: { readonly move: Move }) {
  const t = useBatchWords()
  const failure = failureOf(move.refusalCode)
  return (
    <Text size="sm" py={6} style={{ whiteSpace: 'normal' }}>
      <strong>{t(`why.${failure}`, { name: move.to.name, code: move.refusalCode ?? '' })}</strong>{' '}
      {t(`why.${failure}.next`)}
    </Text>
  )
}

function CancelMove({ move, onClose }: { readonly move: Move | null; readonly onClose: () => void }) {
  const t = useBatchWords()
  const phone = usePhone()
  const toast = useToast()
  const write = useWrite('cancelScheduledMove')
  const number = move ? phone(move.e164) : ''
  const isReturn = move?.kind === 'return'
  function close() {
    write.reset()
    onClose()
  }
  function cancel() {
    if (!move) return
    write.mutate(
      { params: { moveId: move.moveId } },
      {
        onSuccess() {
          toast.done(t('moves.cancelled.toast', { number }))
          close()
        },
      },
    )
  }
  return (
    <ConfirmDialog
      isOpen={move !== null}
      onClose={close}
      title={t(isReturn ? 'moves.cancelReturn.title' : 'moves.cancel.title', { number })}
      action={t(isReturn ? 'moves.cancelReturn' : 'moves.cancelMove')}
      isDangerous
      isCancelling
      isBusy={write.isPending}
      problem={write.error}
      onConfirm={cancel}
    >
      {t(isReturn ? 'moves.cancelReturn.text' : 'moves.cancel.text', { number, name: move?.to.name ?? '' })}
    </ConfirmDialog>
  )
}
