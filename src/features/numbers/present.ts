import type { Instant } from '../../kernel/fields.ts'
import type { Policies } from '../companies/index.ts'
import type { Cause, PhoneNumber, ScheduledMove } from './model.ts'
import { undoUntil } from './rules/may-end.ts'
import { availableAt } from './rules/may-move.ts'
import type { MoveRow } from './scheduled-store.ts'
import type { NumberRow } from './store.ts'

export interface ShownNumber {
  readonly row: NumberRow
  readonly holderName: string | null
  /** What began the open stretch of custody. */
  readonly cause: Cause
  readonly waiting: readonly MoveRow[]
}

/** A number as the API shows it. */
export function presentNumber(shown: ShownNumber, policies: Policies, now: Instant): PhoneNumber {
  const { row, holderName, waiting } = shown
  return {
    numberId: row.number_id,
    e164: row.e164,
    country: row.country,
    type: row.type,
    label: row.label,
    fields: row.fields,
    state: row.state,
    holder: row.holder_id === null ? null : { memberId: row.holder_id, name: holderName ?? '' },
    heldSince: row.held_from,
    availableAt: availableAt({ assignedAt: row.assigned_at }, policies.cooldownMinutes, now),
    undoUntil: undoUntil({ cause: shown.cause, heldFrom: row.held_from }, policies.undoWindowHours, now),
    licensed: row.licensed,
    waiting: waiting.map((move) => presentMove(move, row.e164)),
    version: row.version,
    createdAt: row.created_at,
  }
}

const waitsFor = { scheduled: 'time', pending_check: 'check', pending_approval: 'approval' } as const

/** A move as the API shows it, with why it waits (NUM-16). */
export function presentMove(move: MoveRow, e164: string): ScheduledMove {
  return {
    moveId: move.move_id,
    numberId: move.number_id,
    e164,
    kind: move.kind,
    to: { memberId: move.to_member_id, name: move.to_name },
    state: move.state,
    dueAt: move.due_at,
    timeZone: move.time_zone,
    returnAt: move.return_at,
    history: move.history,
    requestId: move.request_id,
    waitsFor: move.state in waitsFor ? waitsFor[move.state as keyof typeof waitsFor] : null,
    refusalCode: move.refusal_code,
    scheduledBy: move.scheduled_by,
    createdAt: move.created_at,
  }
}
