import { Radio, Stack, Text } from '@mantine/core'
import type { Item } from '../../../api/client.ts'
import { useFormat } from '../../../ui/format.ts'
import { LoadingState, type ProblemLike, ProblemState } from '../../../ui/states.tsx'
import { MemberSelect } from '../../people/parts/member-select.tsx'
import { useHandoverWords } from '../words.ts'

type Successor = Item<'listSuccessors'>

interface SuccessorFieldProps {
  readonly leaverId: string
  readonly suggested: readonly Successor[]
  readonly isLoading: boolean
  readonly problem: ProblemLike | null
  /** The id; empty for nobody. */
  readonly value: string
  /** The form was sent once, so that what is missing is said. */
  readonly isTried: boolean
  readonly onChange: (memberId: string) => void
}

const mostShown = 5
const nobody = 'nobody'
const other = 'other'

/** Who gets everything: those who fit best with the reasons and their room, anybody else, or nobody. */
export function SuccessorField(props: SuccessorFieldProps) {
  const t = useHandoverWords()
  const { suggested, value, onChange, leaverId } = props
  if (props.isLoading) return <LoadingState rows={3} height={36} />
  if (props.problem) return <ProblemState problem={props.problem} />
  const shown = suggested.slice(0, mostShown)
  const isSuggested = shown.some(({ member }) => member.memberId === value)
  const choice = value === '' ? nobody : isSuggested ? value : other
  return (
    <Stack gap="sm">
      <Radio.Group
        label={t('to.label')}
        description={t('to.text')}
        value={choice}
        onChange={(next) => onChange(next === nobody ? '' : next === other ? pending : next)}
      >
        <Stack gap="xs" mt="xs">
          {shown.map((successor) => (
            <Suggestion key={successor.member.memberId} successor={successor} />
          ))}
          <Radio value={other} label={t('to.other')} />
          <Radio value={nobody} label={t('to.park')} description={t('to.parkText')} />
        </Stack>
      </Radio.Group>
      {choice === other && (
        <MemberSelect
          label={t('to.otherLabel')}
          value={value === pending ? '' : value}
          onChange={(memberId) => onChange(memberId || pending)}
          exceptId={leaverId}
          error={props.isTried && value === pending && t('to.missing')}
        />
      )}
    </Stack>
  )
}

/** Somebody else is to be chosen, and is not yet. */
export const pending = '?'

function Suggestion({ successor }: { readonly successor: Successor }) {
  const t = useHandoverWords()
  const format = useFormat()
  const { member, title, reasons, sharedCounterparts, free, cap, fits } = successor
  const why = reasons.map((reason) =>
    t(`why.${reason}`, { count: sharedCounterparts, number: format.number(sharedCounterparts) }),
  )
  const room = t(fits ? 'to.room' : 'to.noRoom', {
    count: Math.max(0, free),
    free: format.number(Math.max(0, free)),
    cap: format.number(cap),
  })
  return (
    <Radio
      value={member.memberId}
      label={
        <>
          {member.name}
          {title && (
            <Text span c="dimmed" size="sm">
              {' · '}
              {title}
            </Text>
          )}
        </>
      }
      description={format.sentences(...why.map((one) => t('why.sentence', { why: one })), room)}
    />
  )
}
