import { type Caller, isCompanyCaller } from '../../../kernel/caller.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import type { RouteInput } from '../../../kernel/route.ts'
import { createBell } from '../../../platform/clock/bell.ts'
import type { Announcement, Announcer } from '../../../platform/db/announce.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import type { ServerSentEvent, StreamContext } from '../../../platform/http/bind.ts'
import { httpRefusal } from '../../../platform/http/refusals.ts'
import type { auditContract } from '../contract.ts'
import { type LedgerEvent, streamRefusal } from '../model.ts'
import { type EventPage, type EventReach, isWithinReach, readEvents, sealedSize } from '../views/events.ts'

export interface StreamParts {
  readonly announcer: Announcer
  /** How long a stream may be silent, in milliseconds; at each heartbeat the permission is asked for anew. */
  readonly heartbeatMs: number
}

interface Following {
  readonly caller: Caller
  readonly numberId: string | null
}

interface Turn extends EventPage {
  readonly end: Refusal | null
}

/**
 * Sealed decisions as they come, ids and states only, each with its place as `id`. Every look asks for session, role
 * and custody anew (NUM-6): who loses one of them gets a last event `closed` and no other.
 */
export async function* streamEvents(
  context: StreamContext,
  { query }: RouteInput<typeof auditContract.streamEvents>,
  { announcer, heartbeatMs }: StreamParts,
): AsyncGenerator<ServerSentEvent> {
  const following: Following = { caller: context.caller, numberId: query.numberId ?? null }
  const watch = watchAccess(announcer, following)
  let place = placeFrom(context.lastEventId) ?? query.after ?? null
  let isOpen = false
  try {
    while (!context.signal.aborted) {
      watch.settle()
      const turn = await look(context, following, place)
      const end = turn.end ?? watch.end()
      if (end) {
        yield closedBy(end)
        return
      }
      if (!isOpen) yield { id: String(place ?? turn.seenTo), event: 'open', data: { after: place ?? turn.seenTo } }
      isOpen = true
      place ??= turn.seenTo
      for (const event of turn.rows.map(ledgerEvent)) {
        if (watch.isPressing()) break
        yield { id: String(event.seq), event: 'decision', data: event }
        place = event.seq
      }
      if (watch.isPressing()) continue
      place = turn.seenTo
      if (turn.isFull) continue
      if ((await watch.heard(heartbeatMs, context.signal)) === 'quiet') {
        yield { id: String(place), event: 'heartbeat', data: {} }
      }
    }
  } finally {
    watch.stop()
  }
}

function placeFrom(lastEventId: string | null): number | null {
  return lastEventId !== null && /^(-1|\d{1,15})$/.test(lastEventId) ? Number(lastEventId) : null
}

async function look(context: StreamContext, following: Following, place: number | null): Promise<Turn> {
  try {
    return { ...(await context.open((tx) => lookInside(tx, following.numberId, place))), end: null }
  } catch (error) {
    if (error instanceof Refusal) return { rows: [], seenTo: 0, isFull: false, end: error }
    throw error
  }
}

async function lookInside(tx: Tx, numberId: string | null, place: number | null): Promise<EventPage> {
  const { caller } = tx
  if (!isCompanyCaller(caller)) throw new Refusal(httpRefusal.companyMissing)
  const question = { reach: reachOf(caller), memberId: caller.memberId, numberId, after: place ?? -1 }
  if (numberId !== null && !(await isWithinReach(tx, question))) throw new Refusal(streamRefusal.outOfReach)
  if (place === null) return { rows: [], isFull: false, seenTo: (await sealedSize(tx)) - 1 }
  return readEvents(tx, question)
}

function reachOf(caller: Caller): EventReach {
  if (!isCompanyCaller(caller)) return 'self'
  if (caller.role === 'lead') return 'departments'
  return caller.role === 'member' ? 'self' : 'company'
}

/** Listens for what may end the caller's access, so that not one event more is sent than may be. */
function watchAccess(announcer: Announcer, following: Following) {
  const bell = createBell()
  let pressing = false
  let end: Refusal | null = null
  const unlisten = announcer.listen((announcement) => {
    const effect = effectOn(following, announcement)
    if (effect === 'none') return
    if (effect !== 'news') pressing = true
    if (effect === 'lost') end = new Refusal(streamRefusal.custodyLost)
    bell.ring()
  })
  return {
    heard: bell.heard,
    settle: () => {
      pressing = false
    },
    /** True when access may have ended since the last look. */
    isPressing: () => pressing,
    end: () => end,
    stop: unlisten,
  }
}

function effectOn({ caller, numberId }: Following, announcement: Announcement): 'none' | 'news' | 'doubt' | 'lost' {
  if (!isCompanyCaller(caller) || announcement.companyId !== caller.companyId) return 'none'
  switch (announcement.kind) {
    case 'ledger-sealed':
      return 'news'
    case 'access-ended':
      return announcement.memberId === caller.memberId ? 'doubt' : 'none'
    case 'sessions-ended':
      return announcement.accountId === caller.accountId ? 'doubt' : 'none'
    case 'custody-changed': {
      if (reachOf(caller) === 'company' || (numberId ?? announcement.numberId) !== announcement.numberId) return 'none'
      if (announcement.fromMemberId !== null && announcement.fromMemberId === caller.memberId) return 'lost'
      return numberId === null ? 'none' : 'doubt'
    }
    default:
      return 'none'
  }
}

function ledgerEvent(row: EventPage['rows'][number]): LedgerEvent {
  return {
    seq: row.seq,
    id: row.entry_id,
    at: row.at,
    action: row.action,
    actor: { ...row.actor, onBehalfOf: row.actor.onBehalfOf ?? null },
    subjectKind: row.subject_kind,
    subjectId: row.subject_id,
    effect: row.effect,
  }
}

function closedBy(refusal: Refusal): ServerSentEvent {
  return {
    event: 'closed',
    data: { code: refusal.code, says: refusal.inWords('en').title, saysChinese: refusal.inWords('zh').title },
  }
}
