import { useDebouncedValue } from '@mantine/hooks'
import { useState } from 'react'
import type { MoveOutcome, PhoneNumber } from '../../../../src/features/numbers/model.ts'
import type { ApiProblem } from '../../../api/problem.ts'
import { useRead } from '../../../api/read.ts'
import { useWrite } from '../../../api/write.ts'
import { instantOf } from '../../../ui/bands/local-time.ts'
import { useTimeZone } from '../../../ui/preferences.ts'
import { useCountryName } from './countries.ts'
import type { Shown } from './reassign-lines.ts'
import {
  type Draft,
  isSameCustody,
  type Missing,
  missingIn,
  newDraft,
  orderOf,
  settled,
} from './reassign-order.ts'
import { useReassignWords } from './reassign-words.ts'
import type { ChosenRecipient } from './recipient.ts'

const pauseMs = 350

export interface Reassigning {
  /** The number as the effect was shown for it; a change meanwhile is refused (NUM-9). */
  readonly seen: PhoneNumber
  readonly draft: Draft
  readonly change: (change: Partial<Draft>) => void
  /** What is missing, once somebody tried to send the form. */
  readonly faults: readonly Missing[]
  readonly shown: Shown | null
  readonly isAsking: boolean
  /** Why the move as filled in would be refused, or was. */
  readonly problem: ApiProblem | null
  readonly companyZone: string | null
  readonly undoWindowHours: number | null
  readonly isSending: boolean
  readonly lookAgain: () => void
  /** @returns what is missing; nothing is sent then */
  readonly send: (onDone: (outcome: MoveOutcome) => void) => readonly Missing[]
}

/** One move on its way from an empty form over its effect to the answer. */
export function useReassign(number: PhoneNumber, preset: ChosenRecipient | null): Reassigning {
  const t = useReassignWords()
  const countryName = useCountryName(t('noCountry'))
  const zone = useTimeZone()
  const company = useRead('readCompany', {}, { staleMs: 60_000 })
  const [shownFirst, setShownFirst] = useState(number)
  const [filled, setDraft] = useState(() => newDraft(number, zone, preset))
  // A cool-down that ends is news without harm; another holder is for the reader to see first.
  const seen = isSameCustody(number, shownFirst) ? number : shownFirst
  const draft = settled(filled, seen)
  const [hasTried, setHasTried] = useState(false)
  const route = seen.state === 'parked' ? 'assignNumber' : 'reassignNumber'
  const write = useWrite(route)
  const order = orderOf(draft, seen)
  // While it is sent nothing is asked: the number has changed by then, and by this very move.
  const preview = usePreview(route, seen, { order, isSending: write.isPending || write.isSuccess })
  const undoWindowHours = company.data?.policies.undoWindowHours ?? null
  const { data } = preview

  function change(part: Partial<Draft>) {
    write.reset()
    setDraft((before) => ({ ...before, ...part }))
  }

  function send(onDone: (outcome: MoveOutcome) => void) {
    setHasTried(true)
    if (order) write.mutate({ params: { numberId: seen.numberId }, body: order }, { onSuccess: onDone })
    return missingIn(draft, seen)
  }

  return {
    seen,
    draft,
    change,
    faults: hasTried ? missingIn(draft, seen) : [],
    shown: data?.effect
      ? {
          outcome: data.outcome,
          undoUntil: data.undoUntil,
          effect: data.effect,
          country: countryName(seen.country),
          returnAt: draft.isLoan ? instantOf(draft.returnAt, draft.timeZone) : null,
          undoWindowHours,
        }
      : null,
    isAsking: preview.isAsking,
    problem: write.error ?? preview.problem,
    companyZone: company.data?.timeZone ?? null,
    undoWindowHours,
    isSending: write.isPending || write.isSuccess,
    lookAgain() {
      write.reset()
      setShownFirst(number)
      setDraft((before) => ({ ...before, timing: newDraft(number, zone, null).timing }))
    },
    send,
  }
}

interface Preview {
  readonly data: MoveOutcome | null
  readonly problem: ApiProblem | null
  readonly isAsking: boolean
}

// A dry run writes nothing, so it is read like any other answer: kept, and asked for anew when something changes.
function usePreview(
  route: 'assignNumber' | 'reassignNumber',
  { numberId }: PhoneNumber,
  { order, isSending }: { readonly order: ReturnType<typeof orderOf>; readonly isSending: boolean },
): Preview {
  const now = order && JSON.stringify(order)
  const [calm] = useDebouncedValue(now, pauseMs)
  const isSettled = now === calm
  const query = useRead(
    route,
    { params: { numberId }, body: { ...(order ?? { toMemberId: numberId }), dryRun: true } },
    { enabled: order !== null && isSettled && !isSending, keepsPrevious: true },
  )
  if (order === null) return { data: null, problem: null, isAsking: false }
  const isAsking = !isSettled || query.isFetching
  const problem = isSettled ? query.error : null
  return { data: problem || query.isPending ? null : (query.data ?? null), problem, isAsking }
}
