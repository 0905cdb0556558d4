// Ranges of characters that take two columns in a terminal (Unicode UAX #11, wide and full-width; emoji among them).
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u
const zeroWidth = /[\p{Mn}\p{Me}\p{Cf}]/u
// biome-ignore lint/suspicious/noControlCharactersInRegex: these would move the cursor or recolour the terminal
const unsafe = /[\u0000-\u001f\u007f-\u009f]/g

/** How many columns of a terminal a text takes; a Chinese character takes two. */
export function columnsOf(text: string): number {
  return [...text].reduce((sum, character) => sum + widthOf(character), 0)
}

function widthOf(character: string): number {
  if (zeroWidth.test(character)) return 0
  return wide.test(character) ? 2 : 1
}

/** Text of others, without characters that could steer the terminal. */
export function harmless(text: string): string {
  return text.replace(unsafe, '\ufffd')
}

/** Rows under headings, aligned; the last column is not padded. */
export function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [headings, ...rows.map((row) => row.map(harmless))]
  const widths = headings.map((_, column) => Math.max(...all.map((row) => columnsOf(row[column] ?? ''))))
  const lines = all.map((row) =>
    headings
      .map((_, column) => {
        const cell = row[column] ?? ''
        return cell + ' '.repeat((widths[column] ?? 0) - columnsOf(cell))
      })
      .join('  ')
      .trimEnd(),
  )
  return lines.join('\n')
}
