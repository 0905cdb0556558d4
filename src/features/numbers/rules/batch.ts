import type { Instant } from '../../../kernel/fields.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import { moveRefusal } from '../model.ts'
import type { AskedMove, CompanyFacts, NumberFacts, RecipientFacts } from './facts.ts'
import { decideMove, type MoveDecision } from './may-move.ts'

/** One move of a batch; the expected holder is frozen at the check. */
export interface BatchMove {
  readonly position: number
  readonly numberId: string
  readonly toMemberId: string
  readonly expectedHolderId: string | null
}

/** What was asked of all moves of a batch together. */
export type BatchChoice = Pick<AskedMove, 'history' | 'when' | 'overrideReason' | 'reason' | 'askedBy'>

export interface BatchFacts {
  readonly numbers: ReadonlyMap<string, NumberFacts>
  readonly members: ReadonlyMap<string, RecipientFacts>
  readonly company: CompanyFacts
  readonly now: Instant
}

/** A move with what becomes of it. */
export interface Decided {
  readonly move: BatchMove
  readonly decision: MoveDecision | Refusal
}

/** Decides each of these moves by itself, by the rules of a single one: the first half of judging a batch. */
export function decideEach(facts: BatchFacts, moves: readonly BatchMove[], choice: BatchChoice): Decided[] {
  return moves.map((move) => ({ move, decision: decideAlone(facts, move, choice) }))
}

/**
 * Decides all moves of a batch by their end state (NUM-8), once each was decided by itself: licences in the order of the
 * list, then room: where a recipient would end above the cap, the later moves to them give way, and what they would have
 * freed with them.
 * @returns in the order of `alone`
 */
export function decideTogether(facts: BatchFacts, alone: readonly Decided[]): Decided[] {
  const refused = giveWay(
    alone.flatMap(({ move, decision }) =>
      decision instanceof Refusal ? [] : [changeOf(facts, move, decision)],
    ),
    facts,
  )
  return alone.map(({ move, decision }) => ({ move, decision: refused.get(move.position) ?? decision }))
}

function decideAlone(facts: BatchFacts, move: BatchMove, choice: BatchChoice): MoveDecision | Refusal {
  const number = facts.numbers.get(move.numberId)
  const recipient = facts.members.get(move.toMemberId)
  if (!number || !recipient) throw new Error('the facts of a batch know every number and recipient of it')
  const asked: AskedMove = {
    ...choice,
    kind: move.expectedHolderId === null ? 'assign' : 'reassign',
    toMemberId: move.toMemberId,
    expectedHolderId: move.expectedHolderId,
    at: null,
    returnAt: null,
    approved: true,
    checked: false,
  }
  try {
    // Room and licences are judged over the whole batch, so here there is always enough of both.
    return decideMove(
      {
        number,
        recipient: { ...recipient, counted: 0 },
        company: { ...facts.company, licencesFree: 1 },
        overLimit: false,
        now: facts.now,
      },
      asked,
    )
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
}

/** What a move does to room and licences. */
export interface Change {
  readonly position: number
  /** Who has one number less at once; null for nobody. */
  readonly from: string | null
  /** Who has one number more that counts against the cap; null for nobody. */
  readonly to: string | null
  readonly needsLicence: boolean
}

/** What a decided move does to room and licences. */
export function changeOf(facts: BatchFacts, move: BatchMove, decision: MoveDecision): Change {
  const number = facts.numbers.get(move.numberId)
  if (!number) throw new Error('the facts of a batch know every number of it')
  const isDone = decision.outcome === 'done'
  return {
    position: move.position,
    from: isDone ? number.holderId : null,
    // The lender's place was kept: the number that comes back is counted already.
    to: isDone && decision.custody.cause === 'returned' ? null : move.toMemberId,
    needsLicence: !number.licensed,
  }
}

/** Which changes find no licence or no room, with why, by position. */
export function giveWay(
  changes: readonly Change[],
  { members, company }: Pick<BatchFacts, 'members' | 'company'>,
): Map<number, Refusal> {
  const refused = new Map<number, Refusal>()
  let licencesFree = company.licencesFree
  for (const change of changes) {
    if (!change.needsLicence) continue
    if (licencesFree > 0) licencesFree -= 1
    else refused.set(change.position, new Refusal(moveRefusal.noLicence, { total: company.licencesTotal }))
  }
  const live = changes.filter((change) => !refused.has(change.position))
  refuseAboveCap(live, members, refused)
  return refused
}

function refuseAboveCap(
  changes: readonly Change[],
  members: ReadonlyMap<string, RecipientFacts>,
  refused: Map<number, Refusal>,
): void {
  const arrivals = arrivalsOf(changes)
  const counts = new Map(
    [...arrivals.keys()].map((memberId) => [memberId, mustKnow(members, memberId).counted]),
  )
  const add = (memberId: string | null, change: number) => {
    const count = memberId === null ? undefined : counts.get(memberId)
    if (memberId !== null && count !== undefined) counts.set(memberId, count + change)
  }
  for (const { from, to } of changes) {
    add(from, -1)
    add(to, 1)
  }
  // A refused arrival leaves its number where it was, which may take the room of another arrival there.
  const full = [...arrivals.keys()]
  for (let memberId = full.pop(); memberId !== undefined; memberId = full.pop()) {
    const recipient = mustKnow(members, memberId)
    const waiting = arrivals.get(memberId) ?? []
    while ((counts.get(memberId) ?? 0) > recipient.cap) {
      const last = waiting.pop()
      if (!last) break
      refused.set(last.position, atCap(recipient))
      add(memberId, -1)
      add(last.from, 1)
      if (last.from !== null && counts.has(last.from)) full.push(last.from)
    }
  }
}

function arrivalsOf(changes: readonly Change[]): Map<string, Change[]> {
  const arrivals = new Map<string, Change[]>()
  for (const change of changes) {
    if (change.to === null) continue
    const there = arrivals.get(change.to)
    if (there) there.push(change)
    else arrivals.set(change.to, [change])
  }
  return arrivals
}

function atCap({ name, counted, tier, cap }: RecipientFacts): Refusal {
  return new Refusal(moveRefusal.recipientAtCap, { member: name, held: counted, tier, cap })
}

function mustKnow(members: ReadonlyMap<string, RecipientFacts>, memberId: string): RecipientFacts {
  const member = members.get(memberId)
  if (!member) throw new Error('the facts of a batch know every recipient of it')
  return member
}

/** Into which slice each change goes. */
export interface Slicing {
  readonly sliceOf: ReadonlyMap<number, number>
  readonly slices: number
  /** Changes that only work together and are more than may be linked, so that they have no slice: position to how many. */
  readonly tooLong: ReadonlyMap<number, number>
}

/** How large a slice is to be, and how large it may be where changes only work together; null for any size. */
export interface SliceSize {
  readonly size: number
  readonly mostLinked: number | null
}

/**
 * Cuts changes into slices of at most `size`. Moves in and out of a member who is above the cap until the outgoing ones
 * are made share a slice, which is one transaction, so that no stop in between leaves anyone above it.
 */
export function sliceChanges(
  changes: readonly Change[],
  members: ReadonlyMap<string, RecipientFacts>,
  { size, mostLinked }: SliceSize,
): Slicing {
  const groups = groupLinked(changes, tightMembers(changes, members))
  const sliceOf = new Map<number, number>()
  const tooLong = new Map<number, number>()
  let slice = 0
  let used = 0
  for (const group of groups) {
    if (mostLinked !== null && group.length > mostLinked) {
      for (const { position } of group) tooLong.set(position, group.length)
      continue
    }
    if (used > 0 && used + group.length > size) {
      slice += 1
      used = 0
    }
    for (const { position } of group) sliceOf.set(position, slice)
    used += group.length
  }
  return { sliceOf, slices: used === 0 ? slice : slice + 1, tooLong }
}

// Members who would pass the cap for a moment if all that comes to them came first.
function tightMembers(
  changes: readonly Change[],
  members: ReadonlyMap<string, RecipientFacts>,
): ReadonlySet<string> {
  const tight = new Set<string>()
  for (const [memberId, arrivals] of arrivalsOf(changes)) {
    const { counted, cap } = mustKnow(members, memberId)
    if (counted + arrivals.length > cap) tight.add(memberId)
  }
  return tight
}

// Changes that touch the same tight member belong together, and so on along chains and rings.
function groupLinked(changes: readonly Change[], tight: ReadonlySet<string>): Change[][] {
  const rootOf = new Map<string, string>()
  const find = (member: string): string => {
    let root = member
    // Each step on the way also shortens it, so that a ring of all members costs no more than many short ones.
    for (let up = rootOf.get(root); up !== undefined; up = rootOf.get(root)) {
      const above = rootOf.get(up)
      if (above !== undefined) rootOf.set(root, above)
      root = up
    }
    return root
  }
  for (const { from, to } of changes) {
    if (from === null || to === null || !tight.has(from) || !tight.has(to)) continue
    const [one, other] = [find(from), find(to)]
    if (one !== other) rootOf.set(one, other)
  }
  const groups = new Map<string, Change[]>()
  for (const change of changes) {
    const link = [change.to, change.from].find((member) => member !== null && tight.has(member))
    const key = link ? find(link) : `alone ${change.position}`
    const group = groups.get(key)
    if (group) group.push(change)
    else groups.set(key, [change])
  }
  return [...groups.values()]
}
