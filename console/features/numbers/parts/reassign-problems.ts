import type { ReassignWord } from './reassign-words.ts'

interface Refused {
  readonly code: string
  readonly data: Readonly<Record<string, unknown>>
}

interface Write {
  dateTime(instant: string): string
}

interface Rewording {
  readonly title: ReassignWord
  readonly next: ReassignWord
  readonly values: Readonly<Record<string, string>>
}

const words: Readonly<Record<string, readonly [ReassignWord, ReassignWord]>> = {
  'number.cooling_down': ['no.coolingDown', 'no.coolingDown.next'],
  'number.override_owner_only': ['no.ownerOnly', 'no.ownerOnly.next'],
  'number.holder_changed': ['no.holderChanged', 'no.holderChanged.next'],
  'number.already_scheduled': ['no.alreadyScheduled', 'no.alreadyScheduled.next'],
  'number.on_loan': ['no.onLoan', 'no.onLoan.next'],
  'recipient.at_cap': ['refused.atCap', 'refused.atCap.next'],
  'move.in_the_past': ['no.inThePast', 'no.inThePast.next'],
  'move.return_before_start': ['no.returnBeforeStart', 'no.returnBeforeStart.next'],
  'move.time_unreadable': ['no.timeUnreadable', 'no.timeUnreadable.next'],
}

/** The screen's words for refusals whose own are for programs, with times as the reader writes them; null for others. */
export function reworded({ code, data }: Refused, write: Write): Rewording | null {
  const found = words[code]
  if (!found) return null
  const instant = (key: string) => (typeof data[key] === 'string' ? write.dateTime(data[key]) : '')
  const word = (key: string) => String(data[key] ?? '')
  return {
    title: found[0],
    next: found[1],
    values: {
      name: word('member'),
      held: word('held'),
      cap: word('cap'),
      zone: word('timeZone'),
      given: word('given').replace('T', ' '),
      time: instant('availableAt') || instant('dueAt') || instant('returnAt') || instant('at'),
    },
  }
}
