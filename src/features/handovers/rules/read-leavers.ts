import type { Instant } from '../../../kernel/fields.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import { leaverRemark } from '../leaver-refusals.ts'
import type { LeaverLine, ReadLeaver } from '../model/leavers.ts'
import type { HandoverState } from '../model.ts'
import { type KnownPerson, type Meant, type PeopleIndex, whoIs } from './known-people.ts'

/** What a company has to do with a list of its leavers. */
export interface LeaversAround {
  readonly people: PeopleIndex
  /** Handovers of leavers that are under way, by leaver. */
  readonly open: ReadonlyMap<string, { readonly handoverId: string; readonly state: HandoverState }>
  /** Owners who are active. */
  readonly owners: ReadonlySet<string>
  readonly now: Instant
  /** When a day or time that is written takes effect; null for what cannot be read. */
  readonly readDay: (text: string) => Instant | null
}

export type About = ReadLeaver['problems'][number]['about']

/** A problem with the way out; `cannot` is one that no choice in the line resolves. */
export interface LeaverRemark {
  readonly about: About
  readonly refusal: Refusal
}

/** A line as it is understood; its problems are put into words later. */
export interface UnderstoodLeaver extends Omit<ReadLeaver, 'problems'> {
  readonly problems: readonly LeaverRemark[]
}

type Draft = { -readonly [Key in keyof UnderstoodLeaver]: UnderstoodLeaver[Key] } & {
  problems: LeaverRemark[]
  person: KnownPerson | null
}

const mostCandidates = 10
const cannot: ReadonlySet<string> = new Set([
  leaverRemark.hasLeft.code,
  leaverRemark.twice.code,
  leaverRemark.lastOwner.code,
])

/** Understands a list of leavers as a whole: who, to whom, when, and what is in the way (rule of choices: the line's, then what is written, then the manager). */
export function readLeavers(lines: readonly LeaverLine[], around: LeaversAround): UnderstoodLeaver[] {
  const drafts = lines.map((line) => leaverOf(line, around))
  const rowOf = new Map<string, number>()
  for (const draft of drafts) noteTwice(draft, rowOf)
  const leaving = new Set(rowOf.keys())
  return drafts.map((draft) => {
    noteLastOwner(draft, around, leaving)
    if (draft.problems.length === 0) decideSuccessor(draft, around, leaving)
    decideDay(draft, around)
    return settled(draft)
  })
}

function leaverOf(line: LeaverLine, { people, open }: LeaversAround): Draft {
  const meant = meantBy(people, line)
  const person = meant?.kind === 'one' ? meant.person : null
  const draft: Draft = {
    line,
    group: 'ready',
    person,
    leaver: person && shown(person),
    numbersHeld: person?.numbersHeld ?? 0,
    successor: null,
    successorFrom: null,
    effectiveAt: null,
    problems: [],
    leaverCandidates: [],
    successorCandidates: [],
    handover: null,
  }
  if (person === null) {
    draft.leaverCandidates = candidatesOf(meant)
    note(draft, 'leaver', whyNobody(meant, line))
  } else if (person.status === 'left') {
    note(draft, 'leaver', new Refusal(leaverRemark.hasLeft, { name: person.name }))
  } else {
    const there = open.get(person.memberId)
    draft.handover = there ? { handoverId: there.handoverId, state: there.state } : null
    if (there) note(draft, 'leaver', new Refusal(leaverRemark.alreadyLeaving, { name: person.name }))
  }
  return draft
}

function meantBy(people: PeopleIndex, line: LeaverLine): Meant | null {
  if (line.leaverId === undefined) return whoIs(people, line)
  const person = people.byId.get(line.leaverId)
  return person ? { kind: 'one', person } : { kind: 'none', value: line.leaverId, candidates: [] }
}

function whyNobody(meant: Meant | null, line: LeaverLine): Refusal {
  if (meant?.kind === 'several')
    return new Refusal(leaverRemark.several, { value: meant.value, count: meant.candidates.length })
  if (meant?.kind === 'differs')
    return new Refusal(leaverRemark.nameDiffers, {
      value: meant.value,
      name: meant.person.name,
      said: line.name,
    })
  return new Refusal(leaverRemark.unknown, { value: meant?.kind === 'none' ? meant.value : '' })
}

function candidatesOf(meant: Meant | null): UnderstoodLeaver['leaverCandidates'] {
  if (meant === null || meant.kind === 'one') return []
  const found = meant.kind === 'differs' ? [meant.person] : meant.candidates
  return found
    .filter(({ status }) => status !== 'left')
    .slice(0, mostCandidates)
    .map(shown)
}

function noteTwice(draft: Draft, rowOf: Map<string, number>): void {
  const { person, line } = draft
  if (person === null || person.status === 'left') return
  const row = rowOf.get(person.memberId)
  if (row === undefined) rowOf.set(person.memberId, line.row)
  else note(draft, 'leaver', new Refusal(leaverRemark.twice, { name: person.name, row }))
}

function noteLastOwner(draft: Draft, { owners }: LeaversAround, leaving: ReadonlySet<string>): void {
  const { person } = draft
  if (person === null || !owners.has(person.memberId)) return
  const stays = [...owners].some((memberId) => !leaving.has(memberId))
  if (!stays) note(draft, 'leaver', new Refusal(leaverRemark.lastOwner, { name: person.name }))
}

function decideSuccessor(draft: Draft, around: LeaversAround, leaving: ReadonlySet<string>): void {
  const { line, person } = draft
  if (person === null) return
  if (line.successorId === null) {
    draft.successorFrom = 'chosen'
    return
  }
  const isWritten = line.successorId === undefined && line.successor !== ''
  if (line.successorId === undefined && !isWritten) {
    takeManager(draft, around, leaving)
    return
  }
  const meant = isWritten
    ? whoIs(around.people, { staffCode: line.successor, name: '', email: '' })
    : meantBy(around.people, { ...line, leaverId: line.successorId ?? undefined })
  if (meant?.kind !== 'one') {
    draft.successorCandidates = candidatesOf(meant)
    note(draft, 'successor', whyNoSuccessor(meant))
    return
  }
  const why = whyNotTo(meant.person, { draft, around, leaving })
  if (why !== null) {
    note(draft, 'successor', why)
    return
  }
  draft.successor = shown(meant.person)
  draft.successorFrom = isWritten ? 'written' : 'chosen'
}

function whyNoSuccessor(meant: Meant | null): Refusal {
  if (meant?.kind === 'several')
    return new Refusal(leaverRemark.successorSeveral, { value: meant.value, count: meant.candidates.length })
  return new Refusal(leaverRemark.successorUnknown, { value: meant?.kind === 'none' ? meant.value : '' })
}

interface Beside {
  readonly draft: Draft
  readonly around: LeaversAround
  readonly leaving: ReadonlySet<string>
}

function whyNotTo(person: KnownPerson, { draft, around, leaving }: Beside): Refusal | null {
  const { memberId, name, status } = person
  if (memberId === draft.person?.memberId) return new Refusal(leaverRemark.successorIsLeaver, { name })
  if (status === 'suspended' || status === 'left')
    return new Refusal(leaverRemark.successorNotActive, { name })
  const isLeaving = leaving.has(memberId) || around.open.has(memberId) || status === 'leaving'
  return isLeaving ? new Refusal(leaverRemark.successorLeaves, { name }) : null
}

/** The manager, or the next one above who stays. */
function takeManager(draft: Draft, around: LeaversAround, leaving: ReadonlySet<string>): void {
  const seen = new Set<string>()
  let managerId = draft.person?.managerId ?? null
  while (managerId !== null && !seen.has(managerId)) {
    seen.add(managerId)
    const manager = around.people.byId.get(managerId)
    if (!manager) break
    if (whyNotTo(manager, { draft, around, leaving }) === null) {
      draft.successor = shown(manager)
      draft.successorFrom = 'manager'
      return
    }
    managerId = manager.managerId
  }
  note(draft, 'successor', new Refusal(leaverRemark.noManager, { name: draft.person?.name ?? '' }))
}

function decideDay(draft: Draft, { readDay, now }: LeaversAround): void {
  const { effectiveAt, lastDay } = draft.line
  if (draft.handover !== null || effectiveAt === null) return
  if (effectiveAt === undefined && lastDay === '') return
  const value = effectiveAt ?? lastDay
  const instant = effectiveAt ?? readDay(lastDay)
  if (instant === null) note(draft, 'lastDay', new Refusal(leaverRemark.dayUnreadable, { value }))
  else if (instant <= now) note(draft, 'lastDay', new Refusal(leaverRemark.dayPast, { value }))
  else draft.effectiveAt = instant
}

function settled({ person: _, ...draft }: Draft): UnderstoodLeaver {
  const codes = draft.problems.map(({ refusal }) => refusal.code)
  if (codes.some((code) => cannot.has(code))) return { ...draft, group: 'cannot' }
  if (draft.handover !== null) return { ...draft, group: 'planned' }
  return { ...draft, group: codes.length > 0 ? 'choose' : 'ready' }
}

function note(draft: Draft, about: About, refusal: Refusal): void {
  draft.problems.push({ about, refusal })
}

function shown({
  memberId,
  name,
  staffCode,
  status,
}: KnownPerson): UnderstoodLeaver['leaverCandidates'][number] {
  return { memberId, name, staffCode, status }
}
