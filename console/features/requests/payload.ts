/** What somebody decided to do with a request, before it is sent. */
export type Choice = 'approve' | 'reject'

/** A text of a request's payload; null where the kind carries none of that name. */
export function textOf(payload: Readonly<Record<string, unknown>>, name: string): string | null {
  const value = payload[name]
  return typeof value === 'string' ? value : null
}

interface Asked {
  readonly kind: 'delete_history' | 'over_limit' | 'proposal' | 'country_check'
  readonly subjectKind: string
}

/** What a request is about, as its words are named: a handover above the limit has words of its own. */
export function wordOf({ kind, subjectKind }: Asked): Asked['kind'] | 'handover' {
  return kind === 'over_limit' && subjectKind === 'handover' ? 'handover' : kind
}
