import { Accordion, Group, Stack, Text } from '@mantine/core'
import { usePages } from '../../../api/read.ts'
import { paths } from '../../../paths.ts'
import { useSession } from '../../../shell/session.tsx'
import { ScreenLink } from '../../../ui/link.tsx'
import { ListDownload } from '../../exports/parts/list-download.tsx'
import { useInvitationWords } from '../words.ts'
import { InvitationActs, useInvitationLine } from './invitation-line.tsx'

const shownAtOnce = 50

/** Invitations of the company that nobody has accepted yet; nothing where there are none. */
export function OpenInvitations() {
  const t = useInvitationWords()
  const { slug } = useSession()
  const lineOf = useInvitationLine()
  const { items, query } = usePages(
    'listInvitations',
    { query: { state: 'pending' } },
    { pageSize: shownAtOnce },
  )
  if (items.length === 0) return null
  const title = t(query.hasNextPage ? 'list.titleMore' : 'list.title', { count: items.length })
  return (
    <Accordion variant="contained" chevronPosition="left" order={2}>
      <Accordion.Item value="open">
        <Accordion.Control>{title}</Accordion.Control>
        <Accordion.Panel>
          <Stack component="ul" gap="sm" p={0} m={0} style={{ listStyle: 'none' }}>
            {items.map((invitation) => (
              <Group component="li" key={invitation.invitationId} justify="space-between" gap="xs">
                <div style={{ minWidth: 0, overflowWrap: 'anywhere' }}>
                  <ScreenLink to={paths.person(slug, invitation.memberId)}>
                    {invitation.memberName}
                  </ScreenLink>
                  <Text size="sm">{lineOf(invitation)}</Text>
                </div>
                <InvitationActs invitation={invitation} />
              </Group>
            ))}
          </Stack>
          <Group justify="flex-end" mt="sm">
            <ListDownload kind="exportInvitations" query={{ state: 'pending' }} />
          </Group>
        </Accordion.Panel>
      </Accordion.Item>
    </Accordion>
  )
}
