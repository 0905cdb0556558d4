import type { Item } from '../../../api/client.ts'
import type { NumberPageWord } from './page-words.ts'

export type Entry = Item<'listAudit'>

const actions = {
  'number.added': 'entry.added',
  'number.updated': 'entry.updated',
  'number.assigned': 'entry.assigned',
  'number.reassigned': 'entry.reassigned',
  'number.lent': 'entry.lent',
  'number.returned': 'entry.returned',
  'number.parked': 'entry.parked',
  'number.released': 'entry.released',
  'number.move_undone': 'entry.undone',
  'move.scheduled': 'entry.scheduled',
  'move.check_asked': 'entry.checkAsked',
  'move.approval_asked': 'entry.approvalAsked',
  'move.cancelled': 'entry.cancelled',
  'move.failed': 'entry.failed',
  'history.erasure_begun': 'entry.erasureBegun',
  'history.erased': 'entry.erased',
  'history.erased_again': 'entry.erasedAgain',
  'records.read': 'entry.recordsRead',
  'records.exported': 'entry.recordsExported',
} as const satisfies Readonly<Record<string, NumberPageWord>>

interface Names {
  readonly nobody: string
  readonly somebody: string
  readonly byId: ReadonlyMap<string, string>
}

interface Sentence {
  readonly word: NumberPageWord
  readonly values: Readonly<Record<string, string>>
}

/** A decision about a number in a sentence; one that the console has no words for is named as the ledger does. */
export function sentenceOf(entry: Entry, names: Names): Sentence {
  const word: NumberPageWord = isKnown(entry.action) ? actions[entry.action] : 'entry.other'
  return {
    word,
    values: {
      action: entry.action,
      from: nameOf(entry.effect['from'], null, names),
      to: nameOf(entry.effect['to'], entry.details?.['to'], names),
    },
  }
}

function isKnown(action: string): action is keyof typeof actions {
  return action in actions
}

function nameOf(id: unknown, given: unknown, { nobody, somebody, byId }: Names): string {
  if (typeof given === 'string') return given
  if (id === null || id === undefined) return nobody
  return byId.get(String(id)) ?? somebody
}

/** What the decision says about history, as a word; null where it says nothing. */
export function historyOf({ effect }: Entry): NumberPageWord | null {
  switch (effect['history']) {
    case 'keep':
      return 'entry.history.keep'
    case 'hide':
      return 'entry.history.hide'
    case 'delete':
      return 'entry.history.delete'
    default:
      return null
  }
}
