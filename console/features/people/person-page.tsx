import { Tabs, Text } from '@mantine/core'
import { useParams } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { useRead } from '../../api/read.ts'
import { paths } from '../../paths.ts'
import { useSession } from '../../shell/session.tsx'
import { useCommonWords } from '../../ui/common-words.ts'
import { useFormat } from '../../ui/format.ts'
import { ScreenLink } from '../../ui/link.tsx'
import { MenuButton } from '../../ui/menu-button.tsx'
import { Page } from '../../ui/page.tsx'
import { useSearchState } from '../../ui/search-state.ts'
import { LoadingState, ProblemState } from '../../ui/states.tsx'
import { HandOverLink } from '../handovers/parts/hand-over-link.tsx'
import { MemberInvitation } from '../invitations/parts/member-invitation.tsx'
import { MemberMenu } from './actions/member-menu.tsx'
import { type MemberActions, useMemberActions } from './actions/use-member-actions.tsx'
import { MemberStatusBadge } from './parts/member-status.tsx'
import type { MemberDetail } from './person-page/member-detail.ts'
import { HandoverNotice, StandingNotice } from './person-page/notices.tsx'
import { usePersonPageWords } from './person-page/page-words.ts'
import { usePeopleWords } from './words.ts'

const HoldsTab = lazy(() =>
  import('./person-page/holds-tab.tsx').then((room) => ({ default: room.HoldsTab })),
)
const HistoryTab = lazy(() =>
  import('./person-page/history-tab.tsx').then((room) => ({ default: room.HistoryTab })),
)
const AccountTab = lazy(() =>
  import('./person-page/account-tab.tsx').then((room) => ({ default: room.AccountTab })),
)
const ProfileTab = lazy(() =>
  import('./person-page/profile-tab.tsx').then((room) => ({ default: room.ProfileTab })),
)

/** One person: what they hold and held, where they are signed in, and who they are in the company. */
export function PersonPage() {
  const { memberId = '' } = useParams({ strict: false })
  const t = usePersonPageWords()
  const { slug } = useSession()
  const query = useRead('readMember', { params: { memberId } })
  if (query.data) return <Shown key={memberId} member={query.data} />
  return (
    <Page title={t('person')} above={<ScreenLink to={paths.people(slug)}>{t('above')}</ScreenLink>}>
      {query.error ? (
        <ProblemState problem={query.error} onRetry={() => query.refetch()} />
      ) : (
        <LoadingState rows={8} />
      )}
    </Page>
  )
}

function Shown({ member }: { readonly member: MemberDetail }) {
  const t = usePersonPageWords()
  const { slug, can } = useSession()
  const [{ tab }, setSearch] = useSearchState({ tab: 'holds' })
  const [offer, setOffer] = useState(false)
  const { act, dialogs } = useMemberActions()
  const openHoldings = () => setSearch({ tab: 'holds' })
  return (
    <Page
      title={member.name}
      above={<ScreenLink to={paths.people(slug)}>{t('above')}</ScreenLink>}
      badge={<MemberStatusBadge status={member.status} />}
      text={<Particulars member={member} />}
      actions={
        can('members:write') && (
          <>
            {member.status !== 'left' && <HandOverLink leaver={member} variant="default" />}
            <MenuButton label={t('actions')}>
              <MemberMenu member={member} onAct={act} />
            </MenuButton>
          </>
        )
      }
    >
      <StandingNotice member={member} onAct={act} />
      {can('members:write') && member.account === 'none' && <MemberInvitation memberId={member.memberId} />}
      {offer && member.holdings.length > 0 && (
        <HandoverNotice member={member} onHoldings={openHoldings} onClose={() => setOffer(false)} />
      )}
      <Views
        member={member}
        tab={tab}
        onTab={(next) => setSearch({ tab: next })}
        onOffer={setOffer}
        onAct={act}
      />
      {dialogs}
    </Page>
  )
}

function Particulars({ member }: { readonly member: MemberDetail }) {
  const t = usePersonPageWords()
  const people = usePeopleWords()
  const common = useCommonWords()
  const format = useFormat()
  const places = member.departments.map(({ name, isLead }) =>
    isLead ? people('leads', { department: name }) : name,
  )
  const parts = [
    member.alias,
    member.title,
    common(`role.${member.role}`),
    places.length > 0 ? format.list(places) : null,
    t('staffCode', { code: member.staffCode }),
  ]
  return (
    <Text span style={{ overflowWrap: 'anywhere' }}>
      {parts.filter(Boolean).join(' · ')}
    </Text>
  )
}

interface ViewsProps {
  readonly member: MemberDetail
  readonly tab: string
  readonly onTab: (tab: string) => void
  readonly onOffer: (isOffered: boolean) => void
  readonly onAct: MemberActions['act']
}

function Views({ member, tab, onTab, onOffer, onAct }: ViewsProps) {
  const t = usePersonPageWords()
  const { can } = useSession()
  const tabs = ['holds', 'history', ...(can('members:write') ? ['account'] : []), 'profile']
  return (
    <Tabs
      value={tabs.includes(tab) ? tab : 'holds'}
      onChange={(value) => onTab(value ?? 'holds')}
      keepMounted={false}
    >
      <Tabs.List aria-label={t('tabs')}>
        <Tabs.Tab value="holds">{t('tab.holds')}</Tabs.Tab>
        <Tabs.Tab value="history">{t('tab.history')}</Tabs.Tab>
        {can('members:write') && <Tabs.Tab value="account">{t('tab.account')}</Tabs.Tab>}
        <Tabs.Tab value="profile">{t('tab.profile')}</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="holds" pt="md">
        <Suspense fallback={<LoadingState />}>
          <HoldsTab member={member} />
        </Suspense>
      </Tabs.Panel>
      <Tabs.Panel value="history" pt="md">
        <Suspense fallback={<LoadingState />}>
          <HistoryTab member={member} />
        </Suspense>
      </Tabs.Panel>
      {can('members:write') && (
        <Tabs.Panel value="account" pt="md">
          <Suspense fallback={<LoadingState />}>
            <AccountTab member={member} onAct={onAct} />
          </Suspense>
        </Tabs.Panel>
      )}
      <Tabs.Panel value="profile" pt="md">
        <Suspense fallback={<LoadingState />}>
          <ProfileTab member={member} onOffer={onOffer} />
        </Suspense>
      </Tabs.Panel>
    </Tabs>
  )
}
