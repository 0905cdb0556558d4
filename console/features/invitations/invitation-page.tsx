import { Button, Stack, Text } from '@mantine/core'
import { useEffect, useState } from 'react'
import type { Answer } from '../../api/client.ts'
import { useRead } from '../../api/read.ts'
import { useWrite } from '../../api/write.ts'
import { paths } from '../../paths.ts'
import { Door } from '../../ui/door.tsx'
import { useFormat } from '../../ui/format.ts'
import { ScreenLink } from '../../ui/link.tsx'
import { LoadingState, ProblemAlert, ProblemState } from '../../ui/states.tsx'
import { forgetToken, takeToken } from './kept-token.ts'
import { type Acceptance, ProvePerson } from './prove-person.tsx'
import { useInvitationWords } from './words.ts'

type Card = Answer<'readInvitation'>

// Whoever comes back from WeChat or its like has proved there who they are.
function provedElsewhere(): string | null {
  return new URLSearchParams(window.location.search).get('proved')
}

/** Where whoever is invited joins: with the account they have, or with a new one. */
export function InvitationPage() {
  const t = useInvitationWords()
  const [token] = useState(takeToken)
  const [joined, setJoined] = useState<string | null>(null)
  if (joined !== null)
    return (
      <Door title={t('door.welcome', { company: joined })}>
        <Text role="status">{t('door.entering')}</Text>
      </Door>
    )
  if (token === null)
    return (
      <Door title={t('door.noneTitle')} text={t('door.noneText')}>
        <ScreenLink to={paths.signIn()}>{t('door.signIn')}</ScreenLink>
      </Door>
    )
  return <Followed token={token} onJoined={setJoined} />
}

interface FollowedProps {
  readonly token: string
  readonly onJoined: (company: string) => void
}

function Followed({ token, onJoined }: FollowedProps) {
  const t = useInvitationWords()
  const query = useRead('readInvitation', { params: { token } })
  if (query.error?.code === 'invitation.invalid') return <Gone />
  if (query.data) return <Invited card={query.data} token={token} onJoined={onJoined} />
  return (
    <Door title={t('door.waiting')}>
      {query.error ? (
        <ProblemState problem={query.error} onRetry={() => query.refetch()} />
      ) : (
        <LoadingState />
      )}
    </Door>
  )
}

function Gone() {
  const t = useInvitationWords()
  useEffect(forgetToken, [])
  return (
    <Door title={t('door.goneTitle')}>
      <Text role="alert">{t('door.goneText')}</Text>
      <ScreenLink to={paths.signIn()}>{t('door.signIn')}</ScreenLink>
    </Door>
  )
}

function Invited({ card, token, onJoined }: FollowedProps & { readonly card: Card }) {
  const t = useInvitationWords()
  const format = useFormat()
  const accept = useWrite('acceptInvitation')
  const [provedId] = useState(provedElsewhere)
  const [asAnother, setAsAnother] = useState(false)
  const { companyName: company, invitedBy, signedInAs } = card
  const join = (body: Acceptance) =>
    accept.mutate(
      { params: { token }, body },
      {
        onSuccess: ({ slug }) => {
          forgetToken()
          onJoined(company)
          // A whole new page: nothing of who was signed in before stays in memory.
          window.location.assign(paths.home(slug))
        },
      },
    )
  const by = invitedBy === 'owner' ? 'owner' : 'admin'
  return (
    <Door title={t('door.title', { company })} text={t(`door.by.${by}`, { company })}>
      {signedInAs !== null && !asAnother ? (
        <AsSignedIn
          name={signedInAs}
          isBusy={accept.isPending}
          onJoin={() => join({})}
          onOther={() => setAsAnother(true)}
        />
      ) : (
        <ProvePerson company={company} isBusy={accept.isPending} provedId={provedId} onJoin={join} />
      )}
      <ProblemAlert problem={accept.error} />
      <Text size="sm" c="dimmed">
        {t('door.once', { time: format.dateTime(card.expiresAt) })}
      </Text>
    </Door>
  )
}

interface SignedInProps {
  readonly name: string
  readonly isBusy: boolean
  readonly onJoin: () => void
  readonly onOther: () => void
}

function AsSignedIn({ name, isBusy, onJoin, onOther }: SignedInProps) {
  const t = useInvitationWords()
  return (
    <Stack>
      <Text>{t('as.text', { name })}</Text>
      <Button loading={isBusy} onClick={onJoin}>
        {t('as.join', { name })}
      </Button>
      <Button variant="subtle" onClick={onOther}>
        {t('as.other')}
      </Button>
    </Stack>
  )
}
