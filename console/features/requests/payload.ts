/** What somebody decided to do with a request, before it is sent. */
export type Choice = 'approve' | 'reject'

/** A text of a request's payload; null where the kind carries none of that name. */
export function textOf(payload: Readonly<Record<string, unknown>>, name: string): string | null {
  const value = payload[name]
  return typeof value === 'string' ? value : null
}
