import type { MemberStatus } from '../people/model.ts'
import type { Rings } from './model.ts'

export interface RouteFacts {
  readonly e164: string
  /** Of the holder; null for a parked number. */
  readonly holderStatus: MemberStatus | null
  readonly destination: string | null
  /** The company's policy. */
  readonly parkAnnouncement: string
}

/**
 * NUM-6, HAN-3: a number that a company owns always rings somewhere: at its holder's destination while the holder is
 * active, else it is the company's announcement that callers hear. A number never rings at itself: the telephone system
 * would ask for ever.
 */
export function ringsAt({ e164, holderStatus, destination, parkAnnouncement }: RouteFacts): Rings {
  if (holderStatus !== 'active' || destination === null || destination === e164) {
    return { kind: 'announcement', target: parkAnnouncement }
  }
  return { kind: destination.startsWith('+') ? 'phone' : 'sip', target: destination }
}
