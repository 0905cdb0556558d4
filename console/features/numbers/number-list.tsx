import { Button, Stack } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { usePages, useRead } from '../../api/read.ts'
import { useSession } from '../../shell/session.tsx'
import { Page } from '../../ui/page.tsx'
import { useSearchState } from '../../ui/search-state.ts'
import { filterOf, type Shown, shownAtFirst, sortOf } from './number-filter.ts'
import { FilterChips } from './number-filter-chips.tsx'
import { NumberFilters } from './number-filters.tsx'
import { NumberTable } from './number-table.tsx'
import { AddNumber } from './parts/add-number.tsx'
import { useNumberActions } from './parts/number-actions.tsx'
import { useNumberWords } from './words.ts'

const pageSize = 100

/** All numbers that the reader may see: found, sorted, chosen, and passed on. */
export function NumberList() {
  const t = useNumberWords()
  const { can } = useSession()
  const [shown, setShown] = useSearchState(shownAtFirst)
  const { act, dialogs } = useNumberActions()
  const list = useNumbers(shown)
  const add = can('numbers:write') ? (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setShown({ open: 'add' })}>
      {t('add')}
    </Button>
  ) : null
  return (
    <Page title={t('title')} actions={add}>
      <Stack gap="sm">
        <NumberFilters shown={shown} onChange={setShown} />
        <FilterChips shown={shown} onChange={setShown} />
        <NumberTable list={list} shown={shown} onChange={setShown} onAct={act} add={add} />
      </Stack>
      {add && (
        <AddNumber
          isOpen={shown.open === 'add'}
          onClose={() => setShown({ open: '' }, { replace: true })}
          presetCountry={list.items[0]?.country ?? ''}
          onAssign={(number) => act('assign', number)}
        />
      )}
      {dialogs}
    </Page>
  )
}

/** The numbers that fit, page after page, and how many they are. */
function useNumbers(shown: Shown) {
  const filter = filterOf(shown)
  const { items, query } = usePages(
    'listNumbers',
    { query: { ...filter, sort: sortOf(shown) } },
    { pageSize, keepsPrevious: true },
  )
  const total = useRead('countNumbers', { query: filter }, { keepsPrevious: true }).data?.total
  return { filter, items, query, total }
}

export type NumbersRead = ReturnType<typeof useNumbers>
