import type { ReceiptFile } from '../../features/handovers/receipt/body.ts'
import type { ReceiptReport } from '../../features/handovers/receipt/findings.ts'
import { namesOf } from '../../features/handovers/receipt/verify.ts'
import { count, facts, moment } from '../show.ts'
import { harmless } from '../text.ts'

/** What a check of a receipt found, for people. What a receipt says is told only when nothing was found. */
export function reportWords(report: ReceiptReport): string {
  if (!report.ok || report.file === null) {
    const found = report.findings.map(({ part, says }) => `  ${part}: ${harmless(says)}`)
    return ['The receipt is not genuine as it stands:', ...found].join('\n')
  }
  return `The receipt is genuine and whole.\n${receiptFacts(report, report.file)}`
}

function receiptFacts(report: ReceiptReport, { receipt, supplement }: ReceiptFile): string {
  const { handover, items, holdingsAfter, ledger } = receipt.body
  const names = namesOf(receipt)
  const held = holdingsAfter.items.length
  const exceptions = items.filter(({ state, way }) => state !== 'observed' && way !== 'leave').length
  return facts([
    ['Company', nameIn(names, `company:${receipt.body.companyId}`)],
    ['Leaver', nameIn(names, `member:${handover.leaverId}`)],
    ['Handover', `${handover.kind}, ${moment(handover.startedAt)} to ${moment(handover.finishedAt)}`],
    ['Items', `${count(items.length)}, ${count(exceptions)} of them not done`],
    ['Held after', held === 0 ? 'nothing' : count(held)],
    ['Decisions', `${count(ledger.decisions.length)}, each in the ledger`],
    ['Supplement', supplement === null ? 'none yet' : supplement.body.state],
    ['Names erased', report.namesErased === 0 ? null : count(report.namesErased)],
    ['Signed by', report.signedBy.join(', ')],
    ['Hash', report.receiptHash],
  ])
}

function nameIn(names: ReadonlyMap<string, unknown>, ref: string): string {
  const value = names.get(ref)
  return typeof value === 'object' && value !== null && 'name' in value ? String(value.name) : '(erased)'
}
