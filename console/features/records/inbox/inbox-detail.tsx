import { withheldOf } from './entries.ts'
import { Thread } from './thread-view.tsx'
import type { Inbox } from './use-inbox.ts'
import { type InboxPlace, WithheldPane } from './withheld.tsx'

const dayMs = 86_400_000

/** What is chosen in the inbox: its conversation, or why it cannot be read. */
export function InboxDetail({ inbox, place }: { readonly inbox: Inbox; readonly place: InboxPlace }) {
  const { chosen, setView, isSearch } = inbox
  const { key, entry } = chosen
  if (key === null) return null
  const withheld = entry && withheldOf(entry)
  if (withheld) return <WithheldPane place={place} withheld={withheld} entry={entry} />
  if (entry?.kind === 'record') {
    const { recordId, otherParty, otherName, occurredAt } = entry.record
    const upTo = new Date(Date.parse(occurredAt) + dayMs).toISOString()
    return (
      <Thread
        key={recordId}
        place={place}
        of={{ otherParty, otherName, found: { recordId, upTo } }}
        onNewest={() => setView({ find: '', recordKind: '', unanswered: false, with: otherParty })}
      />
    )
  }
  // A link to a record that was found says nothing about its conversation until it is loaded.
  if (isSearch) return null
  const otherName = entry?.conversation.otherName ?? null
  return <Thread key={key} place={place} of={{ otherParty: key, otherName, found: null }} onNewest={null} />
}
