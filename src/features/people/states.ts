/** Employment: who is `leaving` still works here and hands over; who has `left` holds nothing any more. */
export const memberStatuses = ['active', 'suspended', 'leaving', 'left'] as const
export type MemberStatus = (typeof memberStatuses)[number]

/** What one change of status asks for, and what the ledger calls it. */
export interface StatusChange {
  readonly action: 'member.suspended' | 'member.reactivated' | 'member.leaving' | 'member.left'
  /** Every request of the member is refused from the commit on. */
  readonly endsAccess: boolean
  /** Refused while the member holds anything (NUM-13). */
  readonly needsEmptyHands: boolean
  readonly needsReason: boolean
}

const suspend: StatusChange = {
  action: 'member.suspended',
  endsAccess: true,
  needsEmptyHands: false,
  needsReason: false,
}
const reactivate: StatusChange = {
  action: 'member.reactivated',
  endsAccess: false,
  needsEmptyHands: false,
  needsReason: false,
}
const startLeaving: StatusChange = {
  action: 'member.leaving',
  endsAccess: false,
  needsEmptyHands: false,
  needsReason: false,
}
/** The end of employment. */
export const leave: StatusChange = {
  action: 'member.left',
  endsAccess: true,
  needsEmptyHands: true,
  needsReason: false,
}

/** Whoever has left is a member again: rehired, or because the end was undone. */
export const takeBack: StatusChange = { ...reactivate, needsReason: true }

/** Which status may follow which. Who has left comes back only as a rehire, with a reason. */
export const statusChanges: Readonly<
  Record<MemberStatus, Readonly<Partial<Record<MemberStatus, StatusChange>>>>
> = {
  active: { suspended: suspend, leaving: startLeaving, left: leave },
  suspended: { active: reactivate, leaving: startLeaving, left: leave },
  leaving: { active: reactivate, suspended: suspend, left: leave },
  left: { active: takeBack },
}

/** Tells whether a member of this status may act: who is leaving still works and hands over. */
export function hasAccess(status: MemberStatus): boolean {
  return status === 'active' || status === 'leaving'
}
