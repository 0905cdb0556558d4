import type { ReceiptFile } from './body.ts'

export type ReceiptProblem = 'unreadable' | 'ambiguous'
export type FindingKind =
  | ReceiptProblem
  | 'unknown-key'
  | 'bad-signature'
  | 'name-changed'
  | 'ledger'
  | 'parts-differ'

/** One thing that is wrong with a receipt, in words. */
export interface ReceiptFinding {
  readonly kind: FindingKind
  readonly part: 'file' | 'receipt' | 'supplement'
  readonly says: string
}

/** What a check of a receipt found; `file` is what it says, and is to be believed only when `ok`. */
export interface ReceiptReport {
  readonly ok: boolean
  readonly findings: readonly ReceiptFinding[]
  /** SHA-256 of the receipt's signed part, hex; null where it cannot be read. */
  readonly receiptHash: string | null
  /** Keys that signed it and are pinned. */
  readonly signedBy: readonly string[]
  readonly namesErased: number
  readonly file: ReceiptFile | null
}
