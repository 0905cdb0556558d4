import { Button, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { Item } from '../../api/client.ts'
import { useWrite } from '../../api/write.ts'
import { paths } from '../../paths.ts'
import { useSession } from '../../shell/session.tsx'
import { useFormat } from '../../ui/format.ts'
import { ScreenLink } from '../../ui/link.tsx'
import { usePhone } from '../../ui/phone.tsx'
import { useToast } from '../../ui/toast.tsx'
import { HandOverLink } from '../handovers/parts/hand-over-link.tsx'
import { TaskCard } from './task-card.tsx'
import type { Tasks } from './tasks.ts'
import { useHomeWords } from './words.ts'

type Member = Item<'listMembers'>
type Request = Item<'listRequests'>

/** Who leaves or is suspended, and still holds something (NUM-13). */
export function PeopleCards({ tasks }: { readonly tasks: Tasks }) {
  const t = useHomeWords()
  const { slug, can } = useSession()
  const kinds = [
    ['leavers', tasks.leavers, 'leaving'],
    ['suspended', tasks.suspended, 'suspended'],
  ] as const
  return kinds.map(
    ([kind, { items, hasMore }, status]) =>
      items.length > 0 && (
        <TaskCard<Member>
          key={kind}
          title={t(`${kind}.title`)}
          text={t(`${kind}.text`)}
          entries={items}
          hasMore={hasMore}
          entryKey={({ memberId }) => memberId}
          all={{ to: paths.people(slug), search: { status } }}
          render={(member) => (
            <>
              <ScreenLink to={paths.person(slug, member.memberId)}>{member.name}</ScreenLink>
              <Text size="sm">{t('holds', { count: member.numbersHeld })}</Text>
            </>
          )}
          action={
            can('handovers:write')
              ? (member) => <HandOverLink leaver={member} size="compact-md" variant="default" />
              : undefined
          }
        />
      ),
  )
}

/** What waits for a second person, and the checks that a country asks for. */
export function DecisionCards({ tasks }: { readonly tasks: Tasks }) {
  const t = useHomeWords()
  const { slug } = useSession()
  const kinds = [
    ['requests', tasks.requests],
    ['checks', tasks.checks],
  ] as const
  return kinds.map(
    ([kind, { items, hasMore }]) =>
      items.length > 0 && (
        <TaskCard<Request>
          key={kind}
          title={t(`${kind}.title`)}
          text={t(`${kind}.text`)}
          entries={items}
          hasMore={hasMore}
          entryKey={({ requestId }) => requestId}
          all={{ to: paths.requests(slug) }}
          render={(request) => <RequestEntry request={request} />}
          action={(request) => <RequestAction request={request} />}
        />
      ),
  )
}

function RequestEntry({ request }: { readonly request: Request }) {
  const t = useHomeWords()
  const format = useFormat()
  const phone = usePhone()
  const { slug } = useSession()
  const { kind, subjectLabel, requestId, requestedByName, requestedBy, createdAt } = request
  const subject = subjectLabel === null ? '' : phone(subjectLabel)
  return (
    <>
      <ScreenLink to={paths.requests(slug)} search={{ request: requestId }}>
        {t(`request.${kind}`, { subject })}
      </ScreenLink>
      <Text size="sm">
        {t('request.by', { name: requestedByName ?? requestedBy, time: format.relative(createdAt) })}
      </Text>
    </>
  )
}

/** Approves at once what can be taken back; what deletes or needs evidence is decided where it can be read. */
function RequestAction({ request }: { readonly request: Request }) {
  const t = useHomeWords()
  const toast = useToast()
  const { can, slug, memberId } = useSession()
  const write = useWrite('approveRequest')
  const { kind, requestId, requestedBy } = request
  const isOwn = memberId !== null && requestedBy === memberId
  const isHandover = request.subjectKind === 'handover'
  if (!can('requests:decide')) return null
  if (isOwn || isHandover || kind === 'country_check' || kind === 'delete_history')
    return (
      <Button
        component={Link}
        to={paths.requests(slug)}
        search={{ request: requestId } as never}
        size="compact-md"
        variant="default"
      >
        {t(isOwn || isHandover ? 'look' : kind === 'country_check' ? 'clear' : 'decide')}
      </Button>
    )
  return (
    <Button
      size="compact-md"
      loading={write.isPending}
      onClick={() =>
        write.mutate(
          { params: { requestId }, body: {} },
          { onSuccess: () => toast.done(t('approved')), onError: (problem) => toast.problem(problem) },
        )
      }
    >
      {t('approve')}
    </Button>
  )
}
