import { laterOf } from '../../kernel/instant.ts'
import type { HandoverFacts } from '../custody-ports/model.ts'
import type { HandoverRow } from './store.ts'

/** What the steps are told of a handover; whoever set it going decides, before that whoever planned it. */
export function factsOf(
  row: Pick<HandoverRow, 'handoverId' | 'kind' | 'leaverId' | 'effectiveAt' | 'reason'> &
    Partial<Pick<HandoverRow, 'orderedBy' | 'plannedBy'>>,
  present: { readonly now: string; readonly person: string },
): HandoverFacts {
  const { handoverId, kind, leaverId, reason } = row
  return {
    handoverId,
    kind,
    leaverId,
    effectiveAt: laterOf(row.effectiveAt, present.now),
    reason,
    decidedBy: row.orderedBy ?? row.plannedBy ?? present.person,
  }
}
