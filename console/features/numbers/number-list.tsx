import { Button, Group, Stack } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { lazy, Suspense } from 'react'
import { useSession } from '../../shell/session.tsx'
import { Page } from '../../ui/page.tsx'
import { useSearchState } from '../../ui/search-state.ts'
import { ImportButton } from '../imports/parts/import-button.tsx'
import { shownAtFirst, sortOf } from './number-filter.ts'
import { NumberFilterChips } from './number-filter-chips.tsx'
import { NumberFilters } from './number-filters.tsx'
import { NumberTable } from './number-table.tsx'
import { useNumberActions } from './parts/number-actions.tsx'
import { useNumbers } from './use-numbers.ts'
import { useNumberWords } from './words.ts'

const AddNumber = lazy(() => import('./parts/add-number.tsx').then((room) => ({ default: room.AddNumber })))
const ExportNumbers = lazy(() =>
  import('../exports/parts/export-numbers.tsx').then((room) => ({ default: room.ExportNumbers })),
)

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
    <Page
      title={t('title')}
      actions={
        <Group gap="xs">
          <ImportButton />
          <Suspense>
            <ExportNumbers query={{ ...list.filter, sort: sortOf(shown) }} />
          </Suspense>
          {add}
        </Group>
      }
    >
      <Stack gap="sm">
        <NumberFilters shown={shown} onChange={setShown} />
        <NumberFilterChips shown={shown} onChange={setShown} />
        <NumberTable list={list} shown={shown} onChange={setShown} onAct={act} add={add} />
      </Stack>
      {add && shown.open === 'add' && (
        <Suspense fallback={null}>
          <AddNumber
            onClose={() => setShown({ open: '' }, { replace: true })}
            presetCountry={list.items[0]?.country ?? ''}
            onAssign={(number) => act('assign', number)}
          />
        </Suspense>
      )}
      {dialogs}
    </Page>
  )
}
