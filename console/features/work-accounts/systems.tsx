import { Button, SegmentedControl } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useSession } from '../../shell/session.tsx'
import { Page } from '../../ui/page.tsx'
import { useSearchState } from '../../ui/search-state.ts'
import { ListDownload } from '../exports/parts/list-download.tsx'
import { AddAccount } from './account-form.tsx'
import { AccountList, queryOf } from './account-list.tsx'
import { shownAtFirst } from './shown.ts'
import { SystemForm } from './system-form.tsx'
import { SystemList } from './system-list.tsx'
import { useWorkAccountWords } from './words.ts'

/** Where the company has accounts outside Baton, and who holds them (WRK-5, WRK-6). */
export function Systems() {
  const t = useWorkAccountWords()
  const { can } = useSession()
  const [shown, set] = useSearchState(shownAtFirst)
  const isSystems = shown.view === 'systems'
  const mayWrite = can('work-accounts:write')
  const close = () => set({ add: '', number: '' }, { replace: true })
  return (
    <Page
      title={t('title')}
      text={t('text')}
      actions={
        <>
          {isSystems ? (
            <ListDownload key="systems" kind="exportSystems" />
          ) : (
            <ListDownload key="accounts" kind="exportWorkAccounts" query={queryOf(shown)} />
          )}
          {mayWrite && (
            <Button
              leftSection={<IconPlus size={16} aria-hidden />}
              onClick={() => set({ add: isSystems ? 'system' : 'account' })}
            >
              {t(isSystems ? 'system.add' : 'add')}
            </Button>
          )}
        </>
      }
    >
      <SegmentedControl
        aria-label={t('views')}
        value={isSystems ? 'systems' : 'accounts'}
        onChange={(view) => set({ view })}
        data={[
          { value: 'accounts', label: t('view.accounts') },
          { value: 'systems', label: t('view.systems') },
        ]}
        style={{ alignSelf: 'flex-start' }}
      />
      {isSystems ? <SystemList shown={shown} set={set} /> : <AccountList shown={shown} set={set} />}
      {mayWrite && shown.add === 'account' && (
        <AddAccount
          systemId={shown.system}
          numberId={shown.number}
          onClose={close}
          onAddSystem={() => set({ view: 'systems', add: 'system', number: '' })}
        />
      )}
      {mayWrite && shown.add === 'system' && <SystemForm system={null} onClose={close} />}
    </Page>
  )
}
