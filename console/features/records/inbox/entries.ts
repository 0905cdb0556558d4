import type { Item } from '../../../api/client.ts'
import type { ShownRecord } from './thread.ts'

export type Conversation = Item<'listConversations'>

/** A line of the inbox: a conversation, or a record that was looked for. */
export type Entry =
  | { readonly kind: 'conversation'; readonly key: string; readonly conversation: Conversation }
  | { readonly kind: 'record'; readonly key: string; readonly record: ShownRecord }

// Masked, several others look alike: such a conversation is known by the time of its latest record.
const unnamed = '~'

export function conversationEntry(conversation: Conversation): Entry {
  const { withheld, lastAt, otherParty } = conversation
  return { kind: 'conversation', key: withheld ? `${unnamed}${lastAt}` : otherParty, conversation }
}

export function recordEntry(record: ShownRecord): Entry {
  return { kind: 'record', key: record.recordId, record }
}

/** What the reader may know of an entry's contents; null: everything. */
export function withheldOf(entry: Entry): Conversation['withheld'] {
  return entry.kind === 'conversation' ? entry.conversation.withheld : entry.record.withheld
}

/**
 * The key that is chosen, and its entry as far as it is loaded. A conversation that was chosen while it was masked is
 * found again once its contents may be read.
 */
export function chosenEntry(
  entries: readonly Entry[],
  wanted: string,
): { readonly key: string | null; readonly entry: Entry | null } {
  if (wanted === '') return { key: null, entry: null }
  const entry =
    entries.find(({ key }) => key === wanted) ??
    entries.find((one) => one.kind === 'conversation' && `${unnamed}${one.conversation.lastAt}` === wanted)
  if (entry) return { key: entry.key, entry }
  return { key: wanted.startsWith(unnamed) ? null : wanted, entry: null }
}
