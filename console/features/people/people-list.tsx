import { Button, Group, Stack } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { lazy, type ReactNode, Suspense } from 'react'
import { usePages } from '../../api/read.ts'
import { useSession } from '../../shell/session.tsx'
import { Page } from '../../ui/page.tsx'
import { useSearchState } from '../../ui/search-state.ts'
import { ImportButton } from '../imports/parts/import-button.tsx'
import { OpenInvitations } from '../invitations/parts/open-invitations.tsx'
import { AddPerson } from './actions/add-person.tsx'
import { useMemberActions } from './actions/use-member-actions.tsx'
import { filterOf, type Shown, shownAtFirst, sortOf } from './list/member-filter.ts'
import { MemberFilterChips } from './list/member-filter-chips.tsx'
import { MemberFilters } from './list/member-filters.tsx'
import { MemberTable } from './list/member-table.tsx'
import { usePeopleWords } from './words.ts'

const ExportMembers = lazy(() =>
  import('../exports/parts/export-members.tsx').then((room) => ({ default: room.ExportMembers })),
)

const pageSize = 100

/** All people that the reader may see: found, added, and what can be done with each. */
export function PeopleList() {
  const t = usePeopleWords()
  const { can } = useSession()
  const [shown, setShown] = useSearchState(shownAtFirst)
  const { act, dialogs } = useMemberActions()
  const list = usePages(
    'listMembers',
    { query: { ...filterOf(shown), sort: sortOf(shown) } },
    { pageSize, keepsPrevious: true },
  )
  const add = can('members:write') ? (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setShown({ add: 'yes' })}>
      {t('add')}
    </Button>
  ) : null
  return (
    <Page title={t('title')} actions={<Actions shown={shown} add={add} />}>
      <Stack gap="sm">
        {can('members:write') && <OpenInvitations />}
        <MemberFilters shown={shown} onChange={setShown} />
        <MemberFilterChips shown={shown} onChange={setShown} />
        <MemberTable list={list} shown={shown} onChange={setShown} onAct={act} add={add} />
      </Stack>
      {add && (
        <AddPerson
          isOpen={shown.add !== ''}
          departmentId={shown.departmentId}
          onClose={() => setShown({ add: '' }, { replace: true })}
        />
      )}
      {dialogs}
    </Page>
  )
}

function Actions({ shown, add }: { readonly shown: Shown; readonly add: ReactNode }) {
  const { departmentId, includeSubdepartments: _, ...filter } = filterOf(shown)
  return (
    <Group gap="xs">
      <ImportButton />
      <Suspense>
        <ExportMembers
          query={{ ...filter, sort: sortOf(shown) }}
          departmentId={departmentId ?? ''}
          isDirect={shown.direct}
        />
      </Suspense>
      {add}
    </Group>
  )
}
