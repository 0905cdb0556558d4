import type { Instant } from '../../../kernel/fields.ts'
import { laterOf } from '../../../kernel/instant.ts'
import type { Direction, RecordKind } from '../model.ts'

/** A record, as far as a conversation takes note of it. */
export interface Said {
  readonly numberId: string
  readonly otherParty: string
  readonly otherName: string | null
  readonly occurredAt: Instant
  readonly kind: RecordKind
  readonly direction: Direction
  readonly answered: boolean | null
}

/** What records add to a conversation; it does not matter in which order they come. */
export interface ConversationNews {
  readonly numberId: string
  readonly otherParty: string
  readonly otherName: string | null
  readonly namedAt: Instant | null
  readonly lastAt: Instant
  readonly lastAskedAt: Instant | null
  readonly lastAnsweredAt: Instant | null
}

/** Decides whether the other side asks for an answer with it: a message, a voicemail, a call that nobody took. */
export function asksForAnswer(said: Pick<Said, 'kind' | 'direction' | 'answered'>): boolean {
  return said.direction === 'inbound' && (said.kind !== 'call' || said.answered !== true)
}

/** Decides whether it answers what was asked before: a message that goes out, or a call that was taken. */
export function answers(said: Pick<Said, 'kind' | 'direction' | 'answered'>): boolean {
  return said.kind === 'call' ? said.answered === true : said.direction === 'outbound'
}

/** What records say about each of their conversations, one entry a conversation. */
export function newsOf(records: readonly Said[]): ConversationNews[] {
  const news = new Map<string, ConversationNews>()
  for (const said of records) {
    const key = `${said.numberId} ${said.otherParty}`
    const known = news.get(key)
    news.set(key, known ? joined(known, oneOf(said)) : oneOf(said))
  }
  return [...news.values()]
}

function oneOf(said: Said): ConversationNews {
  const { numberId, otherParty, otherName, occurredAt } = said
  return {
    numberId,
    otherParty,
    otherName,
    namedAt: otherName === null ? null : occurredAt,
    lastAt: occurredAt,
    lastAskedAt: asksForAnswer(said) ? occurredAt : null,
    lastAnsweredAt: answers(said) ? occurredAt : null,
  }
}

function joined(one: ConversationNews, other: ConversationNews): ConversationNews {
  const named = nameRank(one) >= nameRank(other) ? one : other
  return {
    ...one,
    otherName: named.otherName,
    namedAt: named.namedAt,
    lastAt: laterOf(one.lastAt, other.lastAt),
    lastAskedAt: latest(one.lastAskedAt, other.lastAskedAt),
    lastAnsweredAt: latest(one.lastAnsweredAt, other.lastAnsweredAt),
  }
}

// The latest name wins; of two at the same instant always the same one.
function nameRank({ namedAt, otherName }: ConversationNews): string {
  return namedAt === null ? '' : `${namedAt} ${otherName}`
}

function latest(one: Instant | null, other: Instant | null): Instant | null {
  if (one === null || other === null) return one ?? other
  return laterOf(one, other)
}
