import { Stack, Title } from '@mantine/core'
import { type ReactNode, useId } from 'react'
import type { MemberActions } from '../actions/use-member-actions.tsx'
import { AdminCan } from './admin-can.tsx'
import { DeletionRequests } from './deletion-requests.tsx'
import type { MemberDetail } from './member-detail.ts'
import { usePersonPageWords } from './page-words.ts'
import { SessionsTab } from './sessions-tab.tsx'

interface AccountTabProps {
  readonly member: MemberDetail
  readonly onAct: MemberActions['act']
}

/** What those who look after people see of somebody's own account, and all that they can do about it (ACC-1). */
export function AccountTab({ member, onAct }: AccountTabProps) {
  const t = usePersonPageWords()
  return (
    <Stack gap="lg">
      <AdminCan member={member} onAct={onAct} />
      <DeletionRequests memberId={member.memberId} />
      <Part title={t('sessions.title')}>
        <SessionsTab member={member} />
      </Part>
    </Stack>
  )
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const heading = useId()
  return (
    <Stack gap="xs" component="section" aria-labelledby={heading}>
      <Title order={2} size="h4" id={heading}>
        {title}
      </Title>
      {children}
    </Stack>
  )
}
