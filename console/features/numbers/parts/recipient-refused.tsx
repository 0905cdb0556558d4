import { Alert, Button, Group, Text } from '@mantine/core'
import { IconInfoCircle } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { paths } from '../../../paths.ts'
import { useSession } from '../../../shell/session.tsx'
import { useCommonWords } from '../../../ui/common-words.ts'
import { useReassignWords } from './reassign-words.ts'
import type { Recipient } from './recipient.ts'

/** Says why somebody cannot receive a number, in the words of screens. */
export function useRecipientReason(): (recipient: Recipient) => {
  readonly title: string
  readonly next: string
} {
  const t = useReassignWords()
  const common = useCommonWords()
  return ({ name, refusal, held, incoming, cap, status }) => {
    switch (refusal?.code) {
      case 'recipient.at_cap':
        return {
          title: t('refused.atCap', { name, held: held + incoming, cap }),
          next: t('refused.atCap.next'),
        }
      case 'recipient.not_active':
        return {
          title: t('refused.notActive', { name, status: common(`status.${status}`) }),
          next: t('refused.notActive.next'),
        }
      default:
        return { title: refusal?.title ?? '', next: refusal?.next ?? '' }
    }
  }
}

/** Why the chosen one cannot receive the number, with the ways out as buttons (NUM-3). */
export function RecipientRefused({ recipient }: { readonly recipient: Recipient }) {
  const reason = useRecipientReason()(recipient)
  return (
    <Alert role="alert" mt="xs" color="red" variant="outline" icon={<IconInfoCircle />} title={reason.title}>
      <Text size="sm">{reason.next}</Text>
      <WaysOut code={recipient.refusal?.code ?? ''} memberId={recipient.memberId} />
    </Alert>
  )
}

/** What can be done about a recipient who is refused: make room, or a higher subscription, which is the Owner's. */
export function WaysOut({ code, memberId }: { readonly code: string; readonly memberId: string }) {
  const t = useReassignWords()
  const { slug, can } = useSession()
  const isAtCap = code === 'recipient.at_cap'
  const isPerson = isAtCap || code === 'recipient.not_active'
  const mayUpgrade = isAtCap && can('subscription:write')
  if (!isPerson) return null
  return (
    <Group gap="xs" mt="xs">
      <Button size="compact-sm" variant="default" component={Link} to={paths.person(slug, memberId)}>
        {isAtCap ? t('way.removeOne') : t('way.openPerson')}
      </Button>
      {mayUpgrade && (
        <Button size="compact-sm" variant="default" component={Link} to={paths.subscription(slug)}>
          {t('way.upgrade')}
        </Button>
      )}
      {isAtCap && !mayUpgrade && <Text size="sm">{t('way.askOwner')}</Text>}
    </Group>
  )
}
