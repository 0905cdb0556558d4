import { EventEmitter } from 'node:events'

/** A wake-up that follows a commit: ids only. */
export type Announcement =
  | {
      readonly kind: 'custody-changed'
      readonly companyId: string
      readonly numberId: string
      readonly fromMemberId: string | null
    }
  | { readonly kind: 'access-ended'; readonly companyId: string; readonly memberId: string }
  | { readonly kind: 'sessions-ended'; readonly companyId: string; readonly accountId: string }
  /** Many numbers changed hands at once; so few members in each that it fits into a notification. */
  | {
      readonly kind: 'custody-changed-widely'
      readonly companyId: string
      readonly fromMemberIds: readonly string[]
    }
  | { readonly kind: 'operations-due'; readonly companyId: string }
  | { readonly kind: 'handovers-due'; readonly companyId: string }
  | { readonly kind: 'messages-waiting' }
  | { readonly kind: 'ledger-grew'; readonly companyId: string }
  | { readonly kind: 'ledger-sealed'; readonly companyId: string; readonly size: number }

export type AnnouncementListener = (announcement: Announcement) => void

/** Carries announcements inside this process, and to other processes through `relay`. */
export interface Announcer {
  tell(announcement: Announcement): void
  /** Delivers one that came from another process. */
  deliver(announcement: Announcement): void
  listen(listener: AnnouncementListener): () => void
  relayTo(relay: AnnouncementListener): void
}

export function createAnnouncer(): Announcer {
  const emitter = new EventEmitter()
  emitter.setMaxListeners(0)
  let relay: AnnouncementListener = () => {}
  return {
    tell(announcement) {
      emitter.emit('announcement', announcement)
      relay(announcement)
    },
    deliver: (announcement) => void emitter.emit('announcement', announcement),
    listen(listener) {
      emitter.on('announcement', listener)
      return () => emitter.off('announcement', listener)
    },
    relayTo(target) {
      relay = target
    },
  }
}
