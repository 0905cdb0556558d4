/** Every action that the console has words for, in the groups that a reader chooses from. */
export const actionGroups = {
  numbers: [
    'number.added',
    'number.updated',
    'number.assigned',
    'number.reassigned',
    'number.lent',
    'number.returned',
    'number.parked',
    'number.released',
    'number.move_undone',
    'move.scheduled',
    'move.check_asked',
    'move.approval_asked',
    'move.cancelled',
    'move.failed',
  ],
  records: [
    'records.read',
    'records.exported',
    'records.ingested',
    'media.added',
    'history.deletion_approved',
    'history.deletion_rejected',
    'history.erasure_begun',
    'history.erased',
    'history.erased_again',
  ],
  people: [
    'member.created',
    'member.updated',
    'member.destination_changed',
    'member.role_changed',
    'member.suspended',
    'member.reactivated',
    'member.leaving',
    'member.left',
    'member.removed',
    'department.created',
    'department.updated',
    'department.moved',
    'department.removed',
    'notice.read',
  ],
  access: [
    'sign_in_link.created',
    'sign_in_link.refused',
    'member.joined',
    'session.opened',
    'session.ended',
    'account.password_reset',
    'token.created',
    'token.revoked',
  ],
  batches: [
    'operation.begun',
    'operation.paused',
    'operation.resumed',
    'operation.retried',
    'operation.approved',
    'operation.cancelled',
    'operation.finished',
  ],
  requests: [
    'request.opened',
    'request.approved',
    'request.rejected',
    'request.withdrawn',
    'hold.placed',
    'hold.lift_started',
    'hold.lifted',
  ],
  company: [
    'company.created',
    'company.changed',
    'company.restored',
    'subscription.changed',
    'licences.changed',
    'ledger.exported',
    'signing_key.rotated',
    'signing_key.replaced',
  ],
} as const

export type ActionGroup = keyof typeof actionGroups
export type KnownAction = (typeof actionGroups)[ActionGroup][number]

/** The groups in the order in which they are shown. */
export const groupNames: readonly ActionGroup[] = [
  'numbers',
  'people',
  'batches',
  'requests',
  'records',
  'access',
  'company',
]

const known: ReadonlyMap<string, KnownAction> = new Map(
  Object.values(actionGroups).flatMap((actions) => actions.map((action) => [action, action] as const)),
)

/** The action that there are words for; null for one that came with a later Baton. */
export function knownAction(action: string): KnownAction | null {
  return known.get(action) ?? null
}
