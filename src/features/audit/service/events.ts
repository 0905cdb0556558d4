import { isCompanyCaller } from '../../../kernel/caller.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import type { RouteInput } from '../../../kernel/route.ts'
import type { Announcer } from '../../../platform/db/announce.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import type { ServerSentEvent, StreamContext } from '../../../platform/http/bind.ts'
import { httpRefusal } from '../../../platform/http/refusals.ts'
import type { auditContract } from '../contract.ts'
import { type LedgerEvent, streamRefusal } from '../model.ts'
import { signalOf } from '../signal-words.ts'
import { type EventPage, isWithinReach, readEvents, sealedSize } from '../views/events.ts'
import { type AccessWatch, type Following, reachOf, watchAccess } from './stream-access.ts'

export interface StreamParts {
  readonly announcer: Announcer
  /** How long a stream may be silent, in milliseconds; at each heartbeat the permission is asked for anew. */
  readonly heartbeatMs: number
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
  const following: Following = { caller: context.caller, numberId: query.numberId?.toLowerCase() ?? null }
  const watch = watchAccess(announcer, following)
  let place = placeFrom(context.lastEventId) ?? query.after ?? null
  let isOpen = false
  try {
    while (!context.signal.aborted) {
      watch.settle()
      const page = await look(context, following, place)
      const loss = watch.loss()
      if (loss) return yield closedBy(loss)
      if (page instanceof Refusal) return yield closedBy(page)
      place ??= page.seenTo
      if (!isOpen) yield { id: String(place), event: 'open', data: { after: place } }
      isOpen = true
      place = yield* tell(page, watch, place)
      if (watch.isInDoubt() || page.isFull) continue
      if ((await watch.heard(heartbeatMs, context.signal)) === 'quiet') yield heartbeat(place)
    }
  } finally {
    watch.stop()
  }
}

/** Sends a page's events one by one, until the access is in doubt; returns the place up to which all is told. */
async function* tell(
  page: EventPage,
  watch: AccessWatch,
  from: number,
): AsyncGenerator<ServerSentEvent, number> {
  let place = from
  for (const row of page.rows) {
    if (watch.isInDoubt()) return place
    yield { id: String(row.seq), event: 'decision', data: ledgerEvent(row) }
    place = row.seq
  }
  return page.seenTo
}

function placeFrom(lastEventId: string | null): number | null {
  return lastEventId !== null && /^(-1|\d{1,15})$/.test(lastEventId) ? Number(lastEventId) : null
}

async function look(
  context: StreamContext,
  following: Following,
  place: number | null,
): Promise<EventPage | Refusal> {
  try {
    return await context.open((tx) => lookInside(tx, following.numberId, place))
  } catch (error) {
    if (error instanceof Refusal) return error
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

function ledgerEvent(row: EventPage['rows'][number]): LedgerEvent {
  const signal = signalOf(row.action, row.subject_id)
  return {
    seq: row.seq,
    id: row.entry_id,
    at: row.at,
    action: row.action,
    actor: { ...row.actor, onBehalfOf: row.actor.onBehalfOf ?? null },
    subjectKind: row.subject_kind,
    subjectId: row.subject_id,
    effect: row.effect,
    ...(signal === null ? {} : { signal }),
  }
}

// Its id lets a client that saw nothing of its own for long go on from here.
function heartbeat(place: number): ServerSentEvent {
  return { id: String(place), event: 'heartbeat', data: {} }
}

function closedBy(refusal: Refusal): ServerSentEvent {
  return {
    event: 'closed',
    data: { code: refusal.code, says: refusal.inWords('en').title, saysChinese: refusal.inWords('zh').title },
  }
}
