import { hash } from 'node:crypto'
import { canonicalJson } from '../audit/index.ts'
import type { HandoverKind } from '../custody-ports/model.ts'
import type { Decision } from './rules/difference.ts'

/** What a plan is of, beside its items. */
export interface PlannedHandover {
  readonly handoverId: string
  readonly kind: HandoverKind
  readonly leaverId: string
  readonly effectiveAt: string
}

const version = 1

/**
 * SHA-256 over the decisions of a plan in the order of the run, as 64 hexadecimal digits (HAN-2): from whom, what, which
 * way, to whom, in which mode, until when. Names, forecasts and times of looking are not in it.
 */
export function planHashOf(handover: PlannedHandover, items: readonly Decision[]): string {
  const { handoverId, kind, leaverId, effectiveAt } = handover
  const decisions = items.map((item) => [
    item.kind,
    item.holdingId,
    item.way,
    item.toMemberId,
    item.history,
    item.returnAt,
  ])
  return hash(
    'sha256',
    canonicalJson({ v: version, handoverId, kind, leaverId, effectiveAt, decisions }),
    'hex',
  )
}
