import { isCompanyCaller } from '../../../kernel/caller.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import type { RouteInput, RouteOutput } from '../../../kernel/route.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { httpRefusal } from '../../../platform/http/refusals.ts'
import { record } from '../../audit/index.ts'
import type { peopleContract } from '../contract.ts'
import * as store from '../store.ts'
import { normaliseDestination } from './particulars.ts'
import { refuseOtherVersion } from './versions.ts'

type Route = (typeof peopleContract)['changeOwnDestination']

/**
 * Sets where the calls of the caller's own numbers ring.
 * @throws Refusal `member.destination_invalid`, `version.changed`, `thing.not_found` for a caller who is no member
 */
export async function changeOwnDestination(
  tx: Tx,
  { body, expectedVersion }: RouteInput<Route>,
): Promise<RouteOutput<Route>> {
  const memberId = isCompanyCaller(tx.caller) ? tx.caller.memberId : null
  const before = memberId === null ? undefined : await store.lockMember(tx, memberId)
  if (!before) throw new Refusal(httpRefusal.notFound, { thing: 'member' })
  refuseOtherVersion(before.version, expectedVersion)
  const destination = body.destination === null ? null : normaliseDestination(body.destination)
  const after = { ...before, destination, version: before.version + 1 }
  store.updateMember(tx, after)
  recordDestination(tx, before, after)
  return { memberId: after.memberId, destination, version: after.version }
}

/** Tells the ledger that a member's calls ring elsewhere: the kinds for good, the addresses erasably. */
export function recordDestination(tx: Tx, before: store.MemberRow, after: store.MemberRow): void {
  record(tx, {
    action: 'member.destination_changed',
    subjectKind: 'member',
    subjectId: after.memberId,
    effect: { from: kindOf(before), to: kindOf(after), version: after.version },
    details: { name: after.name, before: before.destination, after: after.destination },
  })
}

function kindOf({ destination }: store.MemberRow): 'phone' | 'sip' | null {
  if (destination === null) return null
  return destination.startsWith('+') ? 'phone' : 'sip'
}
