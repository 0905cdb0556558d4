import { Box, Button, Group, Text } from '@mantine/core'
import { type ReactNode, useCallback } from 'react'
import type { usePages } from '../../../api/read.ts'
import { DataTable } from '../../../ui/data-table/data-table.tsx'
import { useTableLayout } from '../../../ui/data-table/layout.ts'
import { TableTools } from '../../../ui/data-table/table-tools.tsx'
import { NothingFits } from '../../../ui/filters.tsx'
import { useFormat } from '../../../ui/format.ts'
import { EmptyState, ProblemAlert, ProblemState } from '../../../ui/states.tsx'
import { MemberMenu } from '../actions/member-menu.tsx'
import type { MemberActions } from '../actions/use-member-actions.tsx'
import { usePeopleWords } from '../words.ts'
import { type ListedMember, useMemberColumns } from './member-columns.tsx'
import { filterOf, noFilter } from './member-filter.ts'
import type { FilterProps } from './member-filters.tsx'

interface MemberTableProps extends FilterProps {
  readonly list: ReturnType<typeof usePages<'listMembers'>>
  readonly onAct: MemberActions['act']
  /** The button that adds somebody; null for those who may not. */
  readonly add: ReactNode
}

/** The people themselves, with how many there are. */
export function MemberTable({ list, shown, onChange, onAct, add }: MemberTableProps) {
  const t = usePeopleWords()
  const layout = useTableLayout()
  const columns = useMemberColumns()
  const { items, query } = list
  const rowActions = useCallback(
    (member: ListedMember) => <MemberMenu member={member} onAct={onAct} hasOpen />,
    [onAct],
  )
  if (query.error && items.length === 0)
    return <ProblemState problem={query.error} onRetry={() => query.refetch()} />
  return (
    <>
      <Group gap="xs" justify="space-between" mih={36}>
        <Count shown={items.length} hasMore={query.hasNextPage} isKnown={query.isSuccess} />
        <TableTools columns={columns} layout={layout} storageKey="people" />
      </Group>
      <Box opacity={query.isPlaceholderData ? 0.6 : 1} aria-busy={query.isPlaceholderData}>
        <DataTable
          label={t('label')}
          columns={columns}
          rows={items}
          rowKey={({ memberId }) => memberId}
          rowLabel={({ name }) => name}
          total={query.hasNextPage ? undefined : items.length}
          isLoading={query.isPending}
          isFetchingMore={query.isFetchingNextPage}
          hasMore={query.hasNextPage}
          onMore={() => void query.fetchNextPage()}
          sort={shown.sort}
          onSort={(sort) => onChange({ sort })}
          rowActions={rowActions}
          empty={<Empty shown={shown} onChange={onChange} add={add} />}
          layout={layout}
        />
      </Box>
      {query.isFetchNextPageError && (
        <ProblemAlert problem={query.error}>
          <Button size="xs" variant="default" onClick={() => void query.fetchNextPage()}>
            {t('list.again')}
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
  const t = usePeopleWords()
  const amount = useFormat().number(shown)
  return (
    <Text size="sm" role="status">
      {!isKnown ? '' : hasMore ? t('countMore', { amount }) : t('count', { count: shown, amount })}
    </Text>
  )
}

function Empty({ shown, onChange, add }: FilterProps & { readonly add: ReactNode }) {
  const t = usePeopleWords()
  if (Object.keys(filterOf(shown)).length === 0)
    return (
      <EmptyState title={t('empty.title')} text={add ? t('empty.text') : t('empty.textRead')}>
        {add}
      </EmptyState>
    )
  return (
    <NothingFits title={t('fitsNone.title')} text={t('fitsNone.text')} onClear={() => onChange(noFilter)} />
  )
}
