import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { BatchPlan } from '../../../../src/features/numbers/model/batches.ts'
import type { Answer, Api, ApiProblem } from '../../../api/client.ts'
import { useApi } from '../../../api/company.tsx'
import { useWrite } from '../../../api/write.ts'
import { type DraftLine, type LineProblem, recipientsToLookUp, type SentMove, sentList } from './lines.ts'
import type { RecipientKind } from './list-columns.ts'
import { lookUpPeople } from './look-up.ts'
import type { PersonMatch } from './person-match.ts'
import { changesBetween, type PlanChange, withHolders } from './plan.ts'

export interface BatchOptions {
  readonly history: 'keep' | 'hide' | 'delete'
  readonly when: 'now' | 'earliest'
  readonly reason: string
  readonly stopOnProblems: boolean
}

/** What an administrator is putting together. */
export interface Draft {
  readonly lines: readonly DraftLine[]
  readonly recipientKind: RecipientKind
  readonly options: BatchOptions
}

/** The plan of one draft, as Baton has checked it. */
export interface CheckedPlan {
  readonly draft: Draft
  /** Null where no line could be sent. */
  readonly plan: BatchPlan | null
  readonly moves: readonly SentMove[]
  readonly lineOf: readonly number[]
  readonly problems: ReadonlyMap<number, LineProblem>
  readonly people: ReadonlyMap<string, PersonMatch>
}

export const usualOptions: BatchOptions = {
  history: 'keep',
  when: 'now',
  reason: '',
  stopOnProblems: false,
}

async function check(api: Api, draft: Draft): Promise<CheckedPlan> {
  const { lines, recipientKind: kind } = draft
  const people = await lookUpPeople(api, recipientsToLookUp(lines, kind))
  const sent = sentList(lines, { kind, people })
  const plan = sent.moves.length === 0 ? null : await planOf(api, draft.options, sent.moves)
  return { draft, plan, people, ...sent, moves: withHolders(sent.moves, plan?.items ?? []) }
}

async function planOf(api: Api, options: BatchOptions, moves: readonly SentMove[]): Promise<BatchPlan> {
  const body = { ...bodyOf(options), moves: [...moves], dryRun: true }
  return (await api.call('moveNumbers', { body })).plan
}

function bodyOf({ history, when, reason }: BatchOptions) {
  return { history, when, ...(reason.trim() === '' ? {} : { reason: reason.trim() }) }
}

export interface BatchWork {
  readonly checked: CheckedPlan | null
  /** What is different since the plan was shown; empty when nothing is. */
  readonly changes: readonly PlanChange[]
  readonly isChecking: boolean
  readonly isStarting: boolean
  readonly problem: ApiProblem | null
  check(draft: Draft): void
  /** Lets go of the plan, for another list. */
  forget(): void
  start(onBegun: (operationId: string) => void): void
}

/** Checks a draft, and begins it once its plan is still the one that was shown. */
export function useBatchWork(): BatchWork {
  const api = useApi()
  const [checked, setChecked] = useState<CheckedPlan | null>(null)
  const [changes, setChanges] = useState<readonly PlanChange[]>([])
  const checking = useMutation<CheckedPlan, ApiProblem, Draft>({
    mutationFn: (draft) => check(api, draft),
    onSuccess(plan) {
      setChecked(plan)
      setChanges([])
    },
  })
  const comparing = useMutation<BatchPlan, ApiProblem, CheckedPlan>({
    mutationFn: ({ draft, moves }) => planOf(api, draft.options, moves),
  })
  const running = useWrite('moveNumbers')
  function run(shown: CheckedPlan, onBegun: (operationId: string) => void): void {
    const { options } = shown.draft
    const body = { ...bodyOf(options), stopOnProblems: options.stopOnProblems, moves: [...shown.moves] }
    running.mutate({ body }, { onSuccess: (answer) => begun(answer, onBegun) })
  }
  return {
    checked,
    changes,
    isChecking: checking.isPending,
    isStarting: comparing.isPending || running.isPending,
    problem: checking.error ?? comparing.error ?? running.error,
    check(draft) {
      comparing.reset()
      running.reset()
      checking.mutate(draft)
    },
    forget() {
      setChecked(null)
      setChanges([])
    },
    start(onBegun) {
      if (checked?.plan === null || checked === null) return
      const { plan: shown } = checked
      checking.reset()
      comparing.mutate(checked, {
        onSuccess(now) {
          const found = changesBetween(shown.items, now.items)
          setChanges(found)
          // The holders stay those of the check: what has changed is refused until it is checked again.
          if (found.length > 0) setChecked({ ...checked, plan: now })
          else run(checked, onBegun)
        },
      })
    },
  }
}

function begun({ operation }: Answer<'moveNumbers'>, onBegun: (operationId: string) => void): void {
  if (operation) onBegun(operation.operationId)
}
