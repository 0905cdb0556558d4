/** Reasons for which a waiting move fails at its time, as far as they have words of their own. */
const known = [
  'recipient.not_active',
  'recipient.at_cap',
  'licences.none_free',
  'number.released',
  'number.holder_changed',
  'number.already_theirs',
  'number.on_loan',
  'number.on_hold',
  'history.retained',
  'number.cooling_down',
] as const
export type MoveFailure = (typeof known)[number] | 'other'

/** Under which word the reason of a failed move is explained. */
export function failureOf(code: string | null): MoveFailure {
  return known.find((one) => one === code) ?? 'other'
}
