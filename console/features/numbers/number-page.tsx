import { Button, Group, Tabs } from '@mantine/core'
import { IconArrowsExchange } from '@tabler/icons-react'
import { useParams } from '@tanstack/react-router'
import { lazy, type ReactNode, Suspense, useCallback } from 'react'
import type { PhoneNumber } from '../../../src/features/numbers/model.ts'
import { useRead } from '../../api/read.ts'
import { paths } from '../../paths.ts'
import { useSession } from '../../shell/session.tsx'
import { useCommonWords } from '../../ui/common-words.ts'
import { CopyText } from '../../ui/copy-text.tsx'
import { ScreenLink } from '../../ui/link.tsx'
import { MenuButton } from '../../ui/menu-button.tsx'
import { Page } from '../../ui/page.tsx'
import { usePhone } from '../../ui/phone.tsx'
import { useSearchState } from '../../ui/search-state.ts'
import { LoadingState, ProblemState } from '../../ui/states.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { NumberBindings } from '../takeovers/parts/number-bindings.tsx'
import { CustodyTab } from './number-page/custody-tab.tsx'
import { LabelEdit } from './number-page/label-edit.tsx'
import { useNumberPageWords } from './number-page/page-words.ts'
import { NumberSummary } from './number-page/summary.tsx'
import { WaitingMoves } from './number-page/waiting.tsx'
import { type NumberActions, useNumberActions } from './parts/number-actions.tsx'
import { passingOf, whyNot } from './parts/number-can.ts'
import { NumberMenu } from './parts/number-menu.tsx'

const ReassignDialog = lazy(() =>
  import('./parts/reassign-dialog.tsx').then((module) => ({ default: module.ReassignDialog })),
)
const RecordsInbox = lazy(() =>
  import('../records/parts/inbox.tsx').then((module) => ({ default: module.RecordsInbox })),
)
const AuditTab = lazy(() =>
  import('./number-page/audit-tab.tsx').then((module) => ({ default: module.AuditTab })),
)

/** One number: who has it, what waits, who held it when, what happened on it, and who decided all that. */
export function NumberPage() {
  const { numberId = '' } = useParams({ strict: false })
  const t = useNumberPageWords()
  const query = useRead('getNumber', { params: { numberId } })
  if (query.data) return <Shown key={numberId} number={query.data} />
  return (
    <Page title={t('title')} above={<Above />}>
      {query.error ? (
        <ProblemState problem={query.error} onRetry={() => query.refetch()} />
      ) : (
        <LoadingState rows={8} />
      )}
    </Page>
  )
}

/** The list that the reader comes from: whoever only has own numbers goes back to those. */
function Above() {
  const t = useNumberPageWords()
  const { slug, can } = useSession()
  return can('requests:read') ? (
    <ScreenLink to={paths.numbers(slug)}>{t('above')}</ScreenLink>
  ) : (
    <ScreenLink to={paths.mine(slug)}>{t('above.mine')}</ScreenLink>
  )
}

const kinds = { held: 'good', parked: 'wait', released: 'off' } as const

function Shown({ number }: { readonly number: PhoneNumber }) {
  const t = useNumberPageWords()
  const common = useCommonWords()
  const written = usePhone()(number.e164)
  const [search, setSearch] = useSearchState({
    tab: 'custody',
    at: '',
    reassign: '',
    rebind: '',
    onwards: '',
  })
  const actions = useNumberActions()
  const { can } = useSession()
  const { onwards } = search
  const close = useCallback(
    () =>
      setSearch({ reassign: '', onwards: '', rebind: onwards === 'rebind' ? '1' : '' }, { replace: true }),
    [setSearch, onwards],
  )
  const act: NumberActions['act'] = (what, of) =>
    what === 'reassign' || what === 'assign' ? setSearch({ reassign: '1' }) : actions.act(what, of)
  return (
    <Page
      title={written}
      above={<Above />}
      badge={
        <Group gap="xs">
          <CopyText text={number.e164} label={t('copy', { number: written })} />
          <StatusBadge kind={kinds[number.state]}>{common(`custody.${number.state}`)}</StatusBadge>
        </Group>
      }
      actions={<Actions number={number} onAct={act} />}
    >
      <LabelEdit number={number} />
      <WaitingMoves number={number} />
      <NumberSummary number={number} onUndo={() => actions.act('undo', number)} />
      {can('requests:read') && number.state !== 'released' && (
        <NumberBindings numberId={number.numberId} e164={number.e164} isHeld={number.state === 'held'} />
      )}
      <Views number={number} tab={search.tab} onTab={(tab) => setSearch({ tab })}>
        <CustodyTab
          number={number}
          at={search.at || null}
          onAt={(at) => setSearch({ at: at ?? '' }, { replace: true })}
        />
      </Views>
      {actions.dialogs}
      {search.reassign && (
        <Suspense fallback={null}>
          <ReassignDialog numberId={number.numberId} onClose={close} />
        </Suspense>
      )}
    </Page>
  )
}

function Actions({ number, onAct }: { readonly number: PhoneNumber; readonly onAct: NumberActions['act'] }) {
  const t = useNumberPageWords()
  const { can } = useSession()
  const passing = passingOf(number)
  const mayMove = can('numbers:write')
  const isOff = whyNot(passing, number, Date.now()) !== null
  return (
    <>
      {(mayMove || can('requests:create')) && !isOff && (
        <Button
          leftSection={<IconArrowsExchange size={18} aria-hidden />}
          onClick={() => onAct(passing, number)}
        >
          {t(mayMove ? `act.${passing}` : 'act.propose')}
        </Button>
      )}
      <MenuButton label={t('act.more')}>
        <NumberMenu number={number} onAct={onAct} />
      </MenuButton>
    </>
  )
}

interface ViewsProps {
  readonly number: PhoneNumber
  readonly tab: string
  readonly onTab: (tab: string) => void
  readonly children: ReactNode
}

function Views({ number, tab, onTab, children }: ViewsProps) {
  const t = useNumberPageWords()
  const { can } = useSession()
  const tabs = [
    'custody',
    ...(can('records:read') ? ['records'] : []),
    ...(can('audit:read') ? ['audit'] : []),
  ]
  const shown = tabs.includes(tab) ? tab : 'custody'
  return (
    <Tabs value={shown} onChange={(value) => onTab(value ?? 'custody')} keepMounted={false}>
      <Tabs.List aria-label={t('tabs')}>
        <Tabs.Tab value="custody">{t('tab.custody')}</Tabs.Tab>
        {tabs.includes('records') && <Tabs.Tab value="records">{t('tab.records')}</Tabs.Tab>}
        {tabs.includes('audit') && <Tabs.Tab value="audit">{t('tab.audit')}</Tabs.Tab>}
      </Tabs.List>
      <Tabs.Panel value="custody" pt="md">
        {children}
      </Tabs.Panel>
      {tabs.includes('records') && (
        <Tabs.Panel value="records" pt="md">
          <Suspense fallback={<LoadingState />}>
            <RecordsInbox numberId={number.numberId} />
          </Suspense>
        </Tabs.Panel>
      )}
      {tabs.includes('audit') && (
        <Tabs.Panel value="audit" pt="md">
          <Suspense fallback={<LoadingState />}>
            <AuditTab number={number} />
          </Suspense>
        </Tabs.Panel>
      )}
    </Tabs>
  )
}
