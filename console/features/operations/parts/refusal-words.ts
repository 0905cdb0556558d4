import { useMemo } from 'react'
import { adviceFor } from '../../../api/advice.ts'
import { useFormat } from '../../../ui/format.ts'
import { usePhone } from '../../../ui/phone.tsx'
import { readable } from '../../../ui/readable.ts'
import { useBatchWords } from '../words.ts'
import { remembered } from './remembered.ts'

/** Why something was refused, as Baton's API says it. */
interface Refused {
  readonly code: string | null
  readonly title: string | null
  readonly next: string | null
}

// What the API tells programs to send, people do here in other ways.
const hereInstead = {
  'number.cooling_down': 'next.coolingDown',
  'number.already_scheduled': 'next.scheduled',
  'number.on_loan': 'next.onLoan',
  'number.on_hold': 'next.onHold',
  'number.holder_changed': 'next.holderChanged',
  'recipient.at_cap': 'next.atCap',
  'history.reason_needed': 'next.reason',
  'history.retained': 'next.retained',
  'move.linked_too_many': 'next.linked',
} as const
const codes = Object.keys(hereInstead) as (keyof typeof hereInstead)[]

// The API's own words name a state as programs do, or count from the start of the request rather than of the list.
const titles = {
  'number.already_scheduled': 'title.scheduled',
  'recipient.not_active': 'title.notActive',
  'move.number_twice': 'title.twice',
} as const
const titled = Object.keys(titles) as (keyof typeof titles)[]

export interface RefusalWords {
  readonly title: string
  readonly next: string
}

/**
 * Says why something was refused and what to do about it on these screens. Where very many are said at once, numbers
 * stay as they are, since grouping their digits takes time.
 */
export function useRefusalWords(areMany = false): (refused: Refused) => RefusalWords {
  const t = useBatchWords()
  const format = useFormat()
  const phone = usePhone()
  return useMemo(() => {
    const write = areMany ? (e164: string) => e164 : phone
    const dateTime = remembered(format.dateTime)
    const nextOf = remembered((code) => {
      const here = codes.find((one) => one === code)
      return here ? t(hereInstead[here]) : (adviceFor(code, format.language) ?? '')
    })
    const titleOf = (code: string | null) => {
      const here = titled.find((one) => one === code)
      return here && t(titles[here])
    }
    return ({ code, title, next }) => ({
      title: titleOf(code) ?? readable(title ?? '', { dateTime }, write),
      next: nextOf(code ?? '') || readable(next ?? '', { dateTime }, write),
    })
  }, [t, format, phone, areMany])
}
