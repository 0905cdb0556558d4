import { Button, Group, List, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { ApiProblem } from '../../../api/problem.ts'
import { paths } from '../../../paths.ts'
import { useSession } from '../../../shell/session.tsx'
import { useFormat } from '../../../ui/format.ts'
import { ScreenLink } from '../../../ui/link.tsx'
import { Phone } from '../../../ui/phone.tsx'
import { ProblemAlert, type ProblemLike } from '../../../ui/states.tsx'
import { reworded } from './reassign-problems.ts'
import { useReassignWords } from './reassign-words.ts'
import { WaysOut } from './recipient-refused.tsx'

/** What the dialog can do at once about a refusal. */
export interface Remedies {
  readonly recipientId: string | null
  /** Null where the role may not override the cool-down. */
  readonly onOverride: (() => void) | null
  readonly onEarliest: () => void
  readonly onHide: () => void
  readonly onLookAgain: () => void
}

/** A refusal of a move in the words of screens, with the ways out as buttons. */
export function MoveProblem({
  problem,
  remedies,
}: {
  readonly problem: ApiProblem
  readonly remedies: Remedies
}) {
  const t = useReassignWords()
  const format = useFormat()
  const words = reworded(problem, format)
  const shown: ProblemLike = words
    ? {
        code: problem.code,
        status: problem.status,
        requestId: problem.requestId,
        message: t(words.title, words.values),
        next: t(words.next, words.values),
      }
    : problem
  return (
    <ProblemAlert problem={shown}>
      <HeldNumbers problem={problem} />
      <WayOut problem={problem} remedies={remedies} />
    </ProblemAlert>
  )
}

function WayOut({ problem, remedies }: { readonly problem: ApiProblem; readonly remedies: Remedies }) {
  const t = useReassignWords()
  const { slug } = useSession()
  const button = (word: Parameters<typeof t>[0], onClick: () => void) => (
    <Button size="compact-sm" variant="default" onClick={onClick}>
      {t(word)}
    </Button>
  )
  switch (problem.code) {
    case 'number.cooling_down':
      return (
        <Group gap="xs">
          {button('way.earliest', remedies.onEarliest)}
          {remedies.onOverride && button('way.override', remedies.onOverride)}
        </Group>
      )
    case 'number.holder_changed':
    case 'number.held':
    case 'number.parked':
    case 'number.already_scheduled':
    case 'number.on_loan':
      return button('way.lookAgain', remedies.onLookAgain)
    case 'history.retained':
    case 'number.on_hold':
      return button('way.hide', remedies.onHide)
    case 'licences.none_free':
      return (
        <Button size="compact-sm" variant="default" component={Link} to={paths.subscription(slug)}>
          {t('way.licences')}
        </Button>
      )
    default:
      return remedies.recipientId ? <WaysOut code={problem.code} memberId={remedies.recipientId} /> : null
  }
}

interface HeldNumber {
  readonly numberId: string
  readonly e164: string
}

function HeldNumbers({ problem }: { readonly problem: ApiProblem }) {
  const t = useReassignWords()
  const { slug } = useSession()
  const held = problem.data['heldNumbers']
  const numbers: readonly HeldNumber[] = Array.isArray(held) ? held.slice(0, 20) : []
  if (numbers.length === 0) return null
  return (
    <div>
      <Text size="sm">{t('refused.holds')}</Text>
      <List size="sm">
        {numbers.map(({ numberId, e164 }) => (
          <List.Item key={numberId}>
            <ScreenLink to={paths.number(slug, numberId)}>
              <Phone e164={e164} />
            </ScreenLink>
          </List.Item>
        ))}
      </List>
    </div>
  )
}
