import { Box, Checkbox, Group, NativeSelect, Stack, Text } from '@mantine/core'
import { IconApps } from '@tabler/icons-react'
import { useMemo } from 'react'
import { usePages } from '../../api/read.ts'
import { paths } from '../../paths.ts'
import { useSession } from '../../shell/session.tsx'
import { DataTable } from '../../ui/data-table/data-table.tsx'
import { useTableLayout } from '../../ui/data-table/layout.ts'
import type { Column } from '../../ui/data-table/model.ts'
import { NothingFits } from '../../ui/filters.tsx'
import { ScreenLink } from '../../ui/link.tsx'
import { Phone } from '../../ui/phone.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { EmptyState, ProblemState } from '../../ui/states.tsx'
import { MemberSelect } from '../people/parts/member-select.tsx'
import { accountStates, type ListedAccount } from './account.ts'
import { AccountState } from './account-state.tsx'
import type { Shown } from './shown.ts'
import type { ListProps } from './system-list.tsx'
import { useWorkAccountWords } from './words.ts'

const searchCharacters = 100
const kept = 'none'
const noFilter = { q: '', system: '', state: '', holder: '' }

/** What the list is narrowed by, as Baton is asked. */
export function queryOf(shown: Shown) {
  const search = shown.q.trim().slice(0, searchCharacters)
  const state = accountStates.find((one) => one === shown.state)
  return {
    ...(search && { search }),
    ...(state && { state }),
    ...(shown.system && { systemId: shown.system }),
    ...(shown.holder && { holderId: shown.holder }),
  }
}

/** The accounts themselves, to be found by system, holder and state. */
export function AccountList({ shown, set }: ListProps) {
  const t = useWorkAccountWords()
  const query = queryOf(shown)
  const list = usePages('listWorkAccounts', { query }, { keepsPrevious: true })
  const columns = useColumns()
  const layout = useTableLayout()
  const { items, query: read } = list
  return (
    <Stack gap="sm">
      <Filters shown={shown} set={set} />
      {read.error && items.length === 0 ? (
        <ProblemState problem={read.error} onRetry={() => read.refetch()} />
      ) : (
        <>
          <Text size="sm" role="status">
            {read.isSuccess && t(read.hasNextPage ? 'countMore' : 'count', { count: items.length })}
          </Text>
          <Box opacity={read.isPlaceholderData ? 0.6 : 1} aria-busy={read.isPlaceholderData}>
            <DataTable
              label={t('accounts')}
              columns={columns}
              rows={items}
              rowKey={({ workAccountId }) => workAccountId}
              rowLabel={({ login }) => login}
              total={read.hasNextPage ? undefined : items.length}
              isLoading={read.isPending}
              isFetchingMore={read.isFetchingNextPage}
              hasMore={read.hasNextPage}
              onMore={() => void read.fetchNextPage()}
              empty={
                Object.keys(query).length > 0 ? (
                  <NothingFits
                    title={t('fitsNone.title')}
                    text={t('fitsNone.text')}
                    onClear={() => set(noFilter)}
                  />
                ) : (
                  <EmptyState icon={<IconApps />} title={t('empty.title')} text={t('empty.text')} />
                )
              }
              layout={layout}
            />
          </Box>
        </>
      )}
    </Stack>
  )
}

function Filters({ shown, set }: ListProps) {
  const t = useWorkAccountWords()
  const systems = usePages('listSystems', { query: {} }, { pageSize: 200 }).items
  return (
    <Group gap="sm" align="flex-end">
      <SearchField
        label={t('search')}
        placeholder={t('search.placeholder')}
        value={shown.q}
        maxLength={searchCharacters}
        onChange={(q) => set({ q }, { replace: true })}
      />
      <NativeSelect
        label={t('filter.system')}
        value={shown.system}
        onChange={(event) => set({ system: event.currentTarget.value })}
        data={[
          { value: '', label: t('filter.anySystem') },
          ...systems.map(({ systemId, name }) => ({ value: systemId, label: name })),
        ]}
      />
      <NativeSelect
        label={t('filter.state')}
        value={shown.state}
        onChange={(event) => set({ state: event.currentTarget.value })}
        data={[
          { value: '', label: t('filter.anyState') },
          ...accountStates.map((value) => ({ value, label: t(`state.${value}`) })),
        ]}
      />
      {shown.holder !== kept && (
        <MemberSelect
          label={t('filter.holder')}
          value={shown.holder}
          onChange={(holder) => set({ holder })}
        />
      )}
      <Checkbox
        label={t('filter.kept')}
        checked={shown.holder === kept}
        onChange={(event) => set({ holder: event.currentTarget.checked ? kept : '' })}
        mb={8}
      />
    </Group>
  )
}

function useColumns(): readonly Column<ListedAccount>[] {
  const t = useWorkAccountWords()
  const { slug } = useSession()
  return useMemo(
    () => [
      {
        id: 'login',
        header: t('column.login'),
        cell: ({ workAccountId, login }) => (
          <ScreenLink to={paths.workAccount(slug, workAccountId)}>{login}</ScreenLink>
        ),
        isFixed: true,
      },
      { id: 'system', header: t('column.system'), cell: ({ systemName }) => systemName, width: 190 },
      {
        id: 'holder',
        header: t('column.holder'),
        cell: ({ holderId, holderName }) =>
          holderId === null ? (
            t('kept')
          ) : (
            <ScreenLink to={paths.person(slug, holderId)}>{holderName ?? '…'}</ScreenLink>
          ),
        width: 190,
      },
      {
        id: 'number',
        header: t('column.number'),
        cell: ({ numberId, e164 }) =>
          numberId !== null &&
          e164 !== null && (
            <ScreenLink to={paths.number(slug, numberId)}>
              <Phone e164={e164} />
            </ScreenLink>
          ),
        width: 180,
      },
      {
        id: 'state',
        header: t('column.state'),
        cell: (account) => <AccountState account={account} />,
        width: 170,
      },
    ],
    [t, slug],
  )
}
