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

/** The beginning of a text where it is wider than `columns`, with an ellipsis. */
export function clip(text: string, columns: number): string {
  if (columnsOf(text) <= columns) return text
  let width = 0
  let clipped = ''
  for (const character of text) {
    width += widthOf(character)
    if (width > columns - 1) break
    clipped += character
  }
  return `${clipped}…`
}

/**
 * A text in lines of at most `columns`, broken between words and between any two Chinese characters; lines after the
 * first stand two columns further in than `indent`.
 */
export function wrap(text: string, columns: number, indent = ''): string {
  const lines: string[] = []
  let line = indent
  for (const word of text.match(/\s+|[^\s\u2e80-\uffef]+|[\u2e80-\uffef]/gu) ?? []) {
    const isTooWide = columnsOf(line + word.trimEnd()) > columns
    if (isTooWide && line.trim() !== '') {
      lines.push(line.trimEnd())
      line = `${indent}  ${word.trimStart()}`
    } else line += word
  }
  return [...lines, line.trimEnd()].join('\n')
}

/** How wide the terminal is; where the output is none, what reads well. */
export function terminalColumns(): number {
  const told = Number(process.env['COLUMNS'])
  return process.stdout.columns ?? (told >= 20 ? told : 100)
}
