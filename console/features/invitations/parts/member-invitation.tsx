import { Alert, Stack, Text } from '@mantine/core'
import { IconMailForward } from '@tabler/icons-react'
import { useRead } from '../../../api/read.ts'
import { useInvitationWords } from '../words.ts'
import { InvitationActs, useInvitationLine } from './invitation-line.tsx'

/** That a person is invited and has not come yet; nothing where they are not. */
export function MemberInvitation({ memberId }: { readonly memberId: string }) {
  const t = useInvitationWords()
  const lineOf = useInvitationLine()
  const { data } = useRead('listInvitations', { query: { memberId, state: 'pending', limit: 1 } })
  const invitation = data?.items[0]
  if (!invitation) return null
  return (
    <Alert variant="outline" icon={<IconMailForward />} title={t('person.title')}>
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{lineOf(invitation)}</Text>
        <InvitationActs invitation={invitation} />
      </Stack>
    </Alert>
  )
}
