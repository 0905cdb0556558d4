import { ReceiptFile } from './body.ts'
import type { ReceiptFinding, ReceiptProblem } from './findings.ts'

/**
 * Reads a receipt's text; what is no receipt, cut off, or can be read in two ways (a member that stands twice) is a
 * finding.
 */
export function readReceipt(text: string): { file: ReceiptFile | null; findings: ReceiptFinding[] } {
  const findings: ReceiptFinding[] = []
  const found = (kind: ReceiptProblem, says: string) => findings.push({ kind, part: 'file', says })
  const json = parse(text)
  if (json === undefined) {
    found('unreadable', 'The file is not JSON, or it was cut off.')
    return { file: null, findings }
  }
  if (plainForm(text) !== JSON.stringify(json))
    found('ambiguous', 'The file can be read in two ways: a member stands in it twice, or in a strange form.')
  const { data, error } = ReceiptFile.safeParse(json)
  if (data) return { file: data, findings }
  const [issue] = error.issues
  const where = issue && issue.path.length > 0 ? `${issue.path.join('.')}: ` : ''
  found('unreadable', `The file is not a receipt of Baton (${where}${issue?.message ?? 'unknown form'}).`)
  return { file: null, findings }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const token = /"(?:[^"\\]|\\.)*"|\s+/g

/** The text without white space and with strings as JavaScript writes them. */
function plainForm(text: string): string {
  return text.replace(token, (found) => (found.startsWith('"') ? JSON.stringify(JSON.parse(found)) : ''))
}
