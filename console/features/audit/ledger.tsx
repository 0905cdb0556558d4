import { Button, Stack } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useCallback } from 'react'
import { usePages } from '../../api/read.ts'
import { useSession } from '../../shell/session.tsx'
import { useFormat } from '../../ui/format.ts'
import { Page } from '../../ui/page.tsx'
import { useSearchState } from '../../ui/search-state.ts'
import { ProblemState } from '../../ui/states.tsx'
import { EntryPanel } from './entry-panel.tsx'
import { ExportDialog } from './export-dialog.tsx'
import { queryOf, shownAtFirst } from './ledger-filter.ts'
import { LedgerFilterChips } from './ledger-filter-chips.tsx'
import { LedgerFilters } from './ledger-filters.tsx'
import { LedgerTable } from './ledger-table.tsx'
import { VerifyPanel } from './parts/verify-panel.tsx'
import { useLedgerWords } from './words.ts'

const pageSize = 100

/** Every decision of the company, found, explained, exported, and proven whole (ALL-2, ALL-6). */
export function Ledger() {
  const t = useLedgerWords()
  const { can } = useSession()
  return can('audit:read') ? (
    <Shown />
  ) : (
    <Page title={t('title')}>
      <ProblemState problem={forbidden} />
    </Page>
  )
}

const forbidden = { code: 'access.forbidden', status: 403, message: '', next: '', requestId: null } as const

function Shown() {
  const t = useLedgerWords()
  const { timeZone } = useFormat()
  const [shown, setShown] = useSearchState(shownAtFirst)
  const query = queryOf(shown, timeZone)
  const list = usePages('listAudit', { query }, { pageSize, keepsPrevious: true })
  const showEntry = useCallback((entry: string) => setShown({ entry }), [setShown])
  const save = (
    <Button
      variant="default"
      leftSection={<IconDownload size={16} aria-hidden />}
      onClick={() => setShown({ export: true })}
    >
      {t('export')}
    </Button>
  )
  return (
    <Page title={t('title')} text={t('text')} actions={save}>
      <VerifyPanel onShowEntry={showEntry} />
      <Stack gap="sm">
        <LedgerFilters shown={shown} onChange={setShown} />
        <LedgerFilterChips shown={shown} onChange={setShown} items={list.items} />
        <LedgerTable list={list} shown={shown} onChange={setShown} />
      </Stack>
      <EntryPanel list={list} shown={shown} onChange={setShown} />
      <ExportDialog
        isOpen={shown.export}
        onClose={() => setShown({ export: false }, { replace: true })}
        query={query}
      />
    </Page>
  )
}
