import { Box, Button, Group, Text } from '@mantine/core'
import { type ReactNode, useCallback } from 'react'
import type { PhoneNumber } from '../../../src/features/numbers/model.ts'
import { useSession } from '../../shell/session.tsx'
import { DataTable } from '../../ui/data-table/data-table.tsx'
import { useTableLayout } from '../../ui/data-table/layout.ts'
import { TableTools } from '../../ui/data-table/table-tools.tsx'
import { NothingFits } from '../../ui/filters.tsx'
import { useFormat } from '../../ui/format.ts'
import { usePhone } from '../../ui/phone.tsx'
import { EmptyState, ProblemAlert, ProblemState } from '../../ui/states.tsx'
import { BulkBar } from './bulk-bar.tsx'
import { useChosenNumbers } from './bulk-chosen.ts'
import { fieldsOf, useNumberColumns } from './number-columns.tsx'
import { noFilter } from './number-filter.ts'
import type { FilterProps } from './number-filters.tsx'
import type { NumberActions } from './parts/number-actions.tsx'
import { NumberMenu } from './parts/number-menu.tsx'
import type { NumbersRead } from './use-numbers.ts'
import { useNumberWords } from './words.ts'

interface NumberTableProps extends FilterProps {
  readonly list: NumbersRead
  readonly onAct: NumberActions['act']
  /** The button that adds a number; null for those who may not. */
  readonly add: ReactNode
}

function rowKey({ numberId }: PhoneNumber): string {
  return numberId
}

/** The numbers themselves, with how many there are, or what can be done with the chosen ones. */
export function NumberTable({ list, shown, onChange, onAct, add }: NumberTableProps) {
  const t = useNumberWords()
  const phone = usePhone()
  const layout = useTableLayout()
  const { can } = useSession()
  const { items, query, total, filter } = list
  const columns = useNumberColumns(fieldsOf(items))
  const chosen = useChosenNumbers(items, JSON.stringify(filter))
  const rowActions = useCallback(
    (number: PhoneNumber) => <NumberMenu number={number} onAct={onAct} />,
    [onAct],
  )
  if (query.error && items.length === 0)
    return <ProblemState problem={query.error} onRetry={() => query.refetch()} />
  return (
    <>
      <Group gap="xs" justify="space-between" mih={36}>
        {chosen.count > 0 ? (
          <BulkBar chosen={chosen} filter={filter} total={total} />
        ) : (
          <Total total={total} />
        )}
        {chosen.count === 0 && <TableTools columns={columns} layout={layout} storageKey="numbers" />}
      </Group>
      <Box opacity={query.isPlaceholderData ? 0.6 : 1} aria-busy={query.isPlaceholderData}>
        <DataTable
          label={t('label')}
          columns={columns}
          rows={items}
          rowKey={rowKey}
          rowLabel={({ e164 }) => phone(e164)}
          total={total}
          isLoading={query.isPending}
          isFetchingMore={query.isFetchingNextPage}
          hasMore={query.hasNextPage}
          onMore={() => void query.fetchNextPage()}
          sort={shown.sort}
          onSort={(sort) => onChange({ sort })}
          selection={can('numbers:write') ? chosen.selection : undefined}
          rowActions={rowActions}
          empty={
            <Empty shown={shown} onChange={onChange} isNarrowed={Object.keys(filter).length > 0} add={add} />
          }
          layout={layout}
        />
      </Box>
      {query.isFetchNextPageError && (
        <ProblemAlert problem={query.error}>
          <More onMore={() => void query.fetchNextPage()} />
        </ProblemAlert>
      )}
    </>
  )
}

function Total({ total }: { readonly total: number | undefined }) {
  const t = useNumberWords()
  const format = useFormat()
  return (
    <Text size="sm" role="status">
      {total === undefined ? '' : t('total', { count: total, amount: format.number(total) })}
    </Text>
  )
}

function More({ onMore }: { readonly onMore: () => void }) {
  const t = useNumberWords()
  return (
    <Button size="xs" variant="default" onClick={onMore}>
      {t('list.again')}
    </Button>
  )
}

function Empty({
  onChange,
  isNarrowed,
  add,
}: FilterProps & { readonly isNarrowed: boolean; readonly add: ReactNode }) {
  const t = useNumberWords()
  if (!isNarrowed)
    return (
      <EmptyState title={t('empty.title')} text={add ? t('empty.text') : t('empty.textRead')}>
        {add}
      </EmptyState>
    )
  return (
    <NothingFits title={t('fitsNone.title')} text={t('fitsNone.text')} onClear={() => onChange(noFilter)} />
  )
}
