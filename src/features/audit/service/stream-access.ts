import { type Caller, isCompanyCaller } from '../../../kernel/caller.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import { createBell } from '../../../platform/clock/bell.ts'
import type { Announcement, Announcer } from '../../../platform/db/announce.ts'
import { streamRefusal } from '../model.ts'
import type { EventReach } from '../views/events.ts'

/** Who follows what. */
export interface Following {
  readonly caller: Caller
  readonly numberId: string | null
}

/** What an announcement means for a stream: look again, doubt the access first, or know that it is lost. */
type Meaning = 'none' | 'news' | 'doubt' | 'lost'

/** Whose decisions this caller's role lets them follow. */
export function reachOf(caller: Caller): EventReach {
  if (!isCompanyCaller(caller)) return 'self'
  if (caller.role === 'lead') return 'departments'
  return caller.role === 'member' ? 'self' : 'company'
}

export type AccessWatch = ReturnType<typeof watchAccess>

/** Listens for what may end a stream's access (NUM-6), so that not one event more is sent than may be. */
export function watchAccess(announcer: Announcer, following: Following) {
  const bell = createBell()
  let isInDoubt = false
  let loss: Refusal | null = null
  const unlisten = announcer.listen((announcement) => {
    const meaning = meaningOf(following, announcement)
    if (meaning === 'none') return
    if (meaning !== 'news') isInDoubt = true
    if (meaning === 'lost') loss = new Refusal(streamRefusal.custodyLost)
    bell.ring()
  })
  return {
    heard: bell.heard,
    /** Takes note that the access is about to be asked for anew. */
    settle() {
      isInDoubt = false
    },
    isInDoubt: () => isInDoubt,
    loss: () => loss,
    stop: unlisten,
  }
}

function meaningOf(following: Following, announcement: Announcement): Meaning {
  const { caller } = following
  if (!isCompanyCaller(caller) || announcement.kind === 'messages-waiting') return 'none'
  if (announcement.companyId !== caller.companyId) return 'none'
  switch (announcement.kind) {
    case 'ledger-sealed':
      return 'news'
    case 'access-ended':
      return announcement.memberId === caller.memberId ? 'doubt' : 'none'
    case 'sessions-ended':
      return announcement.accountId === caller.accountId ? 'doubt' : 'none'
    case 'custody-changed':
      return reachOf(caller) === 'company' ? 'none' : meaningOfMove(following, announcement)
    case 'custody-changed-widely':
      return reachOf(caller) === 'company' ? 'none' : meaningOfMany(following, announcement.fromMemberIds)
    default:
      return 'none'
  }
}

// Which numbers they were is not said: who follows one asks for the access anew.
function meaningOfMany({ caller, numberId }: Following, fromMemberIds: readonly string[]): Meaning {
  if (numberId !== null) return 'doubt'
  const memberId = isCompanyCaller(caller) ? caller.memberId : null
  return memberId !== null && fromMemberIds.includes(memberId) ? 'lost' : 'none'
}

interface Move {
  readonly numberId: string
  readonly fromMemberId: string | null
}

function meaningOfMove({ caller, numberId }: Following, move: Move): Meaning {
  if (numberId !== null && numberId !== move.numberId) return 'none'
  const memberId = isCompanyCaller(caller) ? caller.memberId : null
  if (memberId !== null && move.fromMemberId === memberId) return 'lost'
  return numberId === null ? 'none' : 'doubt'
}
