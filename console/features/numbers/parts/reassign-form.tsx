import { Button, Group, Stack, Text } from '@mantine/core'
import { type SyntheticEvent, useRef } from 'react'
import type { MoveOutcome, PhoneNumber } from '../../../../src/features/numbers/model.ts'
import { useSession } from '../../../shell/session.tsx'
import { useCommonWords } from '../../../ui/common-words.ts'
import classes from './reassign-effect.module.css'
import { EffectPanel } from './reassign-effect.tsx'
import { HistoryField, WhenField } from './reassign-fields.tsx'
import { isOnLoan } from './reassign-order.ts'
import { MoveProblem } from './reassign-problem.tsx'
import { useReassignWords } from './reassign-words.ts'
import type { ChosenRecipient } from './recipient.ts'
import { RecipientSearch } from './recipient-search.tsx'
import { type Reassigning, useReassign } from './use-reassign.ts'

/** Everything about one move on one page: to whom, with which history, when, and what it will do. */
export function ReassignForm({
  number,
  preset,
  onClose,
  onDone,
  onRefresh,
}: {
  /** The number as it is now. */
  readonly number: PhoneNumber
  readonly preset: ChosenRecipient | null
  readonly onClose: () => void
  readonly onDone: (outcome: MoveOutcome) => void
  /** Asks for the number anew. */
  readonly onRefresh: () => void
}) {
  const t = useReassignWords()
  const { me } = useSession()
  const mayOverride = me.company?.role === 'owner'
  const move = useReassign(number, preset)
  const form = useRef<HTMLFormElement>(null)
  const fields = { draft: move.draft, onChange: move.change, faults: move.faults }

  function submit(event: SyntheticEvent) {
    event.preventDefault()
    // Nobody decides before the effect is there to be read.
    if (move.isAsking) return
    if (move.send(onDone).length > 0)
      requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus())
  }

  return (
    <form ref={form} onSubmit={submit} noValidate>
      <div className={classes['columns']}>
        <Stack>
          {move.seen.holder && <Text size="sm">{t('from', { name: move.seen.holder.name })}</Text>}
          <RecipientSearch
            numberId={number.numberId}
            label={t('to.label')}
            value={move.draft.to}
            onChange={(to) => move.change({ to })}
            error={move.faults.includes('to') && t('missing.to')}
            isRequired
            isFirst
          />
          <HistoryField {...fields} number={move.seen} undoWindowHours={move.undoWindowHours} />
          {!isOnLoan(move.seen) && (
            <WhenField
              {...fields}
              number={move.seen}
              companyZone={move.companyZone}
              mayOverride={mayOverride}
              onCooledDown={onRefresh}
            />
          )}
        </Stack>
        <Stack className={classes['effect']}>
          {move.problem ? (
            <MoveProblem problem={move.problem} remedies={remediesOf(move, mayOverride, onRefresh)} />
          ) : (
            <EffectPanel shown={move.shown} isAsking={move.isAsking} />
          )}
          <Buttons move={move} onClose={onClose} />
        </Stack>
      </div>
    </form>
  )
}

function remediesOf(move: Reassigning, mayOverride: boolean, onRefresh: () => void) {
  // A cool-down that is refused may be unknown here yet, and both ways out of it start from when it ends.
  function retime(timing: 'now' | 'earliest') {
    move.change({ timing })
    onRefresh()
  }
  return {
    recipientId: move.draft.to?.memberId ?? null,
    onOverride: mayOverride ? () => retime('now') : null,
    onEarliest: () => retime('earliest'),
    onHide: () => move.change({ history: 'hide' }),
    onLookAgain() {
      onRefresh()
      move.lookAgain()
    },
  }
}

function Buttons({
  move: { seen, draft, shown, isSending, isAsking },
  onClose,
}: {
  readonly move: Reassigning
  readonly onClose: () => void
}) {
  const t = useReassignWords()
  const common = useCommonWords()
  const name = draft.to?.name ?? ''
  const verb =
    shown && shown.outcome !== 'done'
      ? 'submit.wait'
      : draft.isLoan
        ? 'submit.lend'
        : seen.state === 'parked'
          ? 'submit.assign'
          : 'submit.reassign'
  return (
    <Group justify="flex-end">
      <Button variant="default" onClick={onClose}>
        {common('cancel')}
      </Button>
      <Button
        type="submit"
        loading={isSending}
        aria-disabled={isAsking}
        data-disabled={isAsking || undefined}
      >
        {draft.to ? t(`${verb}.to`, { name }) : t(verb)}
      </Button>
    </Group>
  )
}
