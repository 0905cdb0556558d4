// What a spreadsheet program takes for the beginning of a formula (ASVS 1.2.10), apostrophes before it included, so
// that taking one off gives the text back whatever it was.
const formula = /^'*[=+\-@\t\r\0＝＋－＠]/
const escaped = /^'+[=+\-@\t\r\0＝＋－＠]/
const phoneNumber = /^\+[1-9]\d{3,14}$/

/** Puts an apostrophe before a text that a spreadsheet program would run as a formula; a phone number in E.164 stays. */
export function escapeCell(text: string): string {
  return formula.test(text) && !phoneNumber.test(text) ? `'${text}` : text
}

/** The text that `escapeCell` was given. */
export function unescapeCell(cell: string): string {
  return escaped.test(cell) ? cell.slice(1) : cell
}

/** A row of CSV (RFC 4180) with safe cells, its line end included. */
export function csvRow(cells: readonly (string | number | boolean | null)[]): string {
  return `${cells.map((cell) => quote(escapeCell(cell === null ? '' : String(cell)))).join(',')}\r\n`
}

function quote(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}
