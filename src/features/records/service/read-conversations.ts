import { decodeCursor, encodeCursor } from '../../../kernel/cursor.ts'
import type { Instant } from '../../../kernel/fields.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { httpRefusal } from '../../../platform/http/refusals.ts'
import { type ConversationRow, findConversations } from '../conversation-views.ts'
import type { Conversation, ConversationQuery } from '../model.ts'
import { presentConversation } from '../present.ts'
import { type Appearance, appearanceOf, type Sight } from '../rules/may-read.ts'
import { noteReadings, seeNumber } from './read-access.ts'

export interface ConversationPage {
  readonly items: Conversation[]
  readonly nextCursor: string | null
}

/**
 * The conversations of a number as the caller sees them: by the latest record, open ones by the latest asking.
 * @throws Refusal `thing.not_found`, `page.cursor_invalid`
 */
export async function listConversations(
  tx: Tx,
  asked: { readonly numberId: string; readonly query: ConversationQuery },
): Promise<ConversationPage> {
  const { numberId, query } = asked
  const { sight } = await seeNumber(tx, numberId)
  const openOnly = query.open !== undefined
  const list = `conversations:${numberId}:${openOnly ? 'open' : 'all'}`
  const after = readCursor(list, query.cursor)
  const found = await findConversations(tx, {
    numberId,
    existsFrom: sight.existsFrom,
    openOnly,
    after,
    limit: query.limit + 1,
  })
  const rows = found.slice(0, query.limit)
  const timeOf = (row: ConversationRow) => (openOnly ? (row.last_asked_at ?? row.last_at) : row.last_at)
  const last = rows.at(-1)
  const items = await present(tx, { numberId, rows, reason: query.reason })
  if (!last || found.length <= query.limit) return { items, nextCursor: null }
  const at = timeOf(last)
  const here = rows.filter((row) => timeOf(row) === at).length
  const passed = here + (after?.at === at ? after.passed : 0)
  return { items, nextCursor: encodeCursor(list, [at, String(passed)]) }
}

// The place is told by time and count: a cursor with the other side in it would show what is masked.
function readCursor(list: string, cursor: string | undefined): { at: Instant; passed: number } | null {
  if (cursor === undefined) return null
  const [at, passed] = decodeCursor(list, cursor, ['instant', 'number']) ?? []
  if (at === undefined || passed === undefined || Number(passed) < 0)
    throw new Refusal(httpRefusal.cursorInvalid)
  return { at, passed: Number(passed) }
}

interface FoundConversations {
  readonly numberId: string
  readonly rows: readonly ConversationRow[]
  readonly reason: string | undefined
}

async function present(tx: Tx, { numberId, rows, reason }: FoundConversations): Promise<Conversation[]> {
  const { sight } = await seeNumber(tx, numberId)
  const appearanceAt = (at: Instant) => appearanceOf(sight, at, reason !== undefined)
  // A name is as old as the record that brought it.
  const shown = rows.map((row) => ({
    row,
    appearance: appearanceAt(row.last_at),
    nameAppearance: row.named_at === null ? 'unseen' : appearanceAt(row.named_at),
  }))
  if (shown.some((one) => one.appearance === 'for_reason' || one.nameAppearance === 'for_reason'))
    await noteReadings(tx, [numberId], reason)
  return shown.flatMap(({ row, appearance, nameAppearance }) => {
    if (appearance === 'unseen') return []
    return [
      presentConversation(row, {
        isNamed: isReadable(nameAppearance),
        isOpen: isOpen(row, sight),
        withheld: appearance === 'reason_needed' || appearance === 'not_granted' ? appearance : null,
      }),
    ]
  })
}

function isReadable(appearance: Appearance): boolean {
  return appearance === 'own' || appearance === 'for_reason'
}

function isOpen(
  { last_asked_at: asked, last_answered_at: answered }: ConversationRow,
  sight: Sight,
): boolean {
  return asked !== null && asked >= sight.existsFrom && (answered === null || asked > answered)
}
