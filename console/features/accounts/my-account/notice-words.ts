import type { Item } from '../../../api/client.ts'

export type Notice = Item<'listNotices'>

const kinds = {
  'number.came_to_you': 'notices.came',
  'number.left_you': 'notices.left',
  'move.failed': 'notices.failed',
  'task.opened': 'notices.task.opened',
  'task.due': 'notices.task.due',
  'task.overdue': 'notices.task.overdue',
  'task.claimed': 'notices.task.claimed',
  'task.reopened': 'notices.task.reopened',
  'task.cancelled': 'notices.task.cancelled',
  'account.deletion_asked': 'notices.account.deletion_asked',
  'account.deletion_cancelled': 'notices.account.deletion_cancelled',
  'account.deleted': 'notices.account.deleted',
  'account.deleted_holding': 'notices.account.deleted_holding',
  'deletion_request.declined': 'notices.deletion_request.declined',
  'takeover.asked': 'notices.takeover.asked',
  'takeover.disputed': 'notices.takeover.disputed',
} as const
const causes = {
  assigned: 'cause.assigned',
  reassigned: 'cause.reassigned',
  lent: 'cause.lent',
  parked: 'cause.parked',
  undone: 'cause.undone',
  returned: 'cause.returned',
  released: 'cause.released',
} as const
const failures = {
  'recipient.not_active': 'failed.recipient.not_active',
  'recipient.at_cap': 'failed.recipient.at_cap',
  'licences.none_free': 'failed.licence.none_free',
} as const

type Kinds = (typeof kinds)[keyof typeof kinds] | 'notices.other'
type Causes = (typeof causes)[keyof typeof causes] | (typeof failures)[keyof typeof failures] | 'failed.other'

/** The keys of the words for a notice: what happened, and why or what to do about it. */
export function wordsOf({ kind, cause }: Pick<Notice, 'kind' | 'cause'>): {
  readonly what: Kinds
  readonly why: Causes | null
} {
  const what = pick(kinds, kind) ?? 'notices.other'
  if (cause === null) return { what, why: null }
  if (kind === 'move.failed') return { what, why: pick(failures, cause) ?? 'failed.other' }
  return { what, why: pick(causes, cause) }
}

function pick<Words extends Readonly<Record<string, string>>>(
  words: Words,
  key: string,
): Words[keyof Words] | null {
  const found = Object.entries(words).find(([name]) => name === key)?.[1]
  return (found as Words[keyof Words] | undefined) ?? null
}
