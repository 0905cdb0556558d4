import type { Instant } from '../../../kernel/fields.ts'
import type { Words } from '../../imports/model/column.ts'
import type { Cause, CustodyState } from '../../numbers/model.ts'

export interface ExportedStretch {
  readonly e164: string
  readonly state: CustodyState
  readonly holderStaffCode: string | null
  readonly holderName: string | null
  readonly from: Instant
  readonly to: Instant | null
  readonly cause: Cause
  readonly movedBy: string
  readonly moverName: string | null
}

const stateWords: Readonly<Record<CustodyState, Words>> = {
  held: { en: 'held', zh: '持有' },
  parked: { en: 'parked', zh: '停放' },
  released: { en: 'released', zh: '已释放' },
}

const causeWords: Readonly<Record<Cause, Words>> = {
  added: { en: 'added', zh: '添加' },
  assigned: { en: 'assigned', zh: '分配' },
  reassigned: { en: 'reassigned', zh: '转移' },
  lent: { en: 'lent', zh: '借出' },
  parked: { en: 'parked', zh: '停放' },
  undone: { en: 'undone', zh: '撤销' },
  returned: { en: 'returned', zh: '归还' },
  released: { en: 'released', zh: '释放' },
}

/** A time is written as the kind of file can hold it. */
export type CustodyCell = string | { readonly instant: Instant } | null

/** The columns of a file about custody; times are those of the company. */
export const custodyColumns: readonly { readonly header: Words; readonly width: number }[] = [
  { header: { en: 'Number', zh: '号码' }, width: 20 },
  { header: { en: 'State', zh: '状态' }, width: 12 },
  { header: { en: 'Holder', zh: '持有人' }, width: 20 },
  { header: { en: 'Staff code', zh: '工号' }, width: 16 },
  { header: { en: 'From', zh: '自' }, width: 22 },
  { header: { en: 'To', zh: '至' }, width: 22 },
  { header: { en: 'Cause', zh: '原因' }, width: 14 },
  { header: { en: 'Moved by', zh: '操作人' }, width: 24 },
]

/** The cells of a stretch of custody, [from, to); an empty `to` lasts. */
export function custodyCells(stretch: ExportedStretch, language: keyof Words): readonly CustodyCell[] {
  return [
    stretch.e164,
    stateWords[stretch.state][language],
    stretch.holderName,
    stretch.holderStaffCode,
    { instant: stretch.from },
    stretch.to === null ? null : { instant: stretch.to },
    causeWords[stretch.cause][language],
    stretch.moverName ?? stretch.movedBy,
  ]
}
