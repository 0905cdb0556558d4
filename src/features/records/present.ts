import { maskOtherParty } from '../../platform/phone/mask.ts'
import type { ConversationRow } from './conversation-views.ts'
import type { Conversation, Media, ShownRecord, Withheld } from './model.ts'
import type { HolderThen } from './page-views.ts'
import type { RecordRow } from './record-views.ts'
import { maskCodes } from './rules/mask-codes.ts'
import { maskLinks } from './rules/mask-links.ts'

export interface RecordInHand {
  readonly row: RecordRow
  readonly e164: string
  readonly holderThen: HolderThen | null
  readonly awaitsAnswer: boolean
  readonly media: readonly Media[]
  readonly withheld: Withheld | null
  /** Whether the reader is who held the number when it happened: only they see codes that came in (ACC-12). */
  readonly isOfReader: boolean
}

/** A record as the API shows it: without a right to its contents, masked. */
export function presentRecord({ row, withheld, ...shown }: RecordInHand): ShownRecord {
  const isWithheld = withheld !== null
  const text = isWithheld ? null : textFor(row, shown.isOfReader)
  return {
    recordId: row.record_id,
    numberId: row.number_id,
    e164: shown.e164,
    kind: row.kind,
    direction: row.direction,
    occurredAt: row.occurred_at,
    durationSeconds: row.duration_seconds,
    answered: row.answered,
    awaitsAnswer: shown.awaitsAnswer,
    holderThen: shown.holderThen,
    otherParty: isWithheld ? maskOtherParty(row.other_party) : row.other_party,
    otherName: isWithheld ? null : row.other_name,
    text,
    codeMasked: text !== null && text !== row.body,
    media: isWithheld ? [] : shown.media.slice(0, 50),
    withheld,
  }
}

/** ACC-12: the text of a record with its sign-in codes and links masked, unless the reader held the number when it came in. */
export function textFor({ body }: Pick<RecordRow, 'body'>, isOfReader: boolean): string | null {
  return body === null || isOfReader ? body : maskCodes(maskLinks(body))
}

export interface ConversationInHand {
  readonly withheld: Withheld | null
  /** Whether its name may be read. */
  readonly isNamed: boolean
  readonly isOpen: boolean
}

/** A conversation as the API shows it. */
export function presentConversation(
  row: ConversationRow,
  { withheld, isNamed, isOpen }: ConversationInHand,
): Conversation {
  return {
    otherParty: withheld ? maskOtherParty(row.other_party) : row.other_party,
    otherName: withheld === null && isNamed ? row.other_name : null,
    lastAt: row.last_at,
    isOpen,
    openSince: isOpen ? row.last_asked_at : null,
    withheld,
  }
}
