import { Box, Button, Group, Text } from '@mantine/core'
import { useCallback } from 'react'
import type { usePages } from '../../api/read.ts'
import { useCommonWords } from '../../ui/common-words.ts'
import { DataTable } from '../../ui/data-table/data-table.tsx'
import { useTableLayout } from '../../ui/data-table/layout.ts'
import { TableTools } from '../../ui/data-table/table-tools.tsx'
import { NothingFits } from '../../ui/filters.tsx'
import { useFormat } from '../../ui/format.ts'
import { EmptyState, ProblemAlert, ProblemState } from '../../ui/states.tsx'
import type { Entry } from './facts.ts'
import { useLedgerColumns } from './ledger-columns.tsx'
import { activeFilters, noFilter } from './ledger-filter.ts'
import type { FilterProps } from './ledger-filters.tsx'
import { useActionName } from './parts/action-name.ts'
import { useLedgerWords } from './words.ts'

export type LedgerRead = ReturnType<typeof usePages<'listAudit'>>

const entryKey = ({ id }: Entry) => id

/** The decisions themselves, newest first, with how many there are. */
export function LedgerTable({ list, shown, onChange }: FilterProps & { readonly list: LedgerRead }) {
  const t = useLedgerWords()
  const common = useCommonWords()
  const actionName = useActionName()
  const layout = useTableLayout()
  const onOpen = useCallback((entry: Entry) => onChange({ entry: entry.id }), [onChange])
  const columns = useLedgerColumns(onOpen)
  const { items, query } = list
  if (query.error && items.length === 0)
    return <ProblemState problem={query.error} onRetry={() => query.refetch()} />
  return (
    <>
      <Group gap="xs" justify="space-between" mih={36}>
        <Count shown={items.length} hasMore={query.hasNextPage} isKnown={query.isSuccess} />
        <TableTools columns={columns} layout={layout} storageKey="ledger" />
      </Group>
      <Box opacity={query.isPlaceholderData ? 0.6 : 1} aria-busy={query.isPlaceholderData}>
        <DataTable
          label={t('label')}
          columns={columns}
          rows={items}
          rowKey={entryKey}
          rowLabel={({ action }) => actionName(action)}
          total={query.hasNextPage ? undefined : items.length}
          isLoading={query.isPending}
          isFetchingMore={query.isFetchingNextPage}
          hasMore={query.hasNextPage}
          onMore={() => void query.fetchNextPage()}
          onOpen={onOpen}
          empty={<Empty shown={shown} onChange={onChange} />}
          layout={layout}
        />
      </Box>
      {query.isFetchNextPageError && (
        <ProblemAlert problem={query.error}>
          <Button size="xs" variant="default" onClick={() => void query.fetchNextPage()}>
            {common('retry')}
          </Button>
        </ProblemAlert>
      )}
    </>
  )
}

interface CountProps {
  readonly shown: number
  readonly hasMore: boolean
  readonly isKnown: boolean
}

function Count({ shown, hasMore, isKnown }: CountProps) {
  const t = useLedgerWords()
  const amount = useFormat().number(shown)
  return (
    <Text size="sm" role="status">
      {!isKnown ? '' : hasMore ? t('countMore', { amount }) : t('count', { count: shown, amount })}
    </Text>
  )
}

function Empty({ shown, onChange }: FilterProps) {
  const t = useLedgerWords()
  if (activeFilters(shown).length === 0) return <EmptyState title={t('empty.title')} text={t('empty.text')} />
  return (
    <NothingFits title={t('fitsNone.title')} text={t('fitsNone.text')} onClear={() => onChange(noFilter)} />
  )
}
