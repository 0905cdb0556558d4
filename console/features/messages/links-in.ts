/** A piece of a text, and where it begins. */
export interface Piece {
  readonly at: number
  readonly text: string
  readonly isLink: boolean
}

const address = /https?:\/\/[\x21-\x7e]*[\w/#=-]/g

/** Parts a text into links and what stands between them; only http and https are links. */
export function linksIn(text: string): Piece[] {
  const pieces: Piece[] = []
  let done = 0
  for (const match of text.matchAll(address)) {
    if (match.index > done) pieces.push({ at: done, text: text.slice(done, match.index), isLink: false })
    pieces.push({ at: match.index, text: match[0], isLink: true })
    done = match.index + match[0].length
  }
  if (done < text.length) pieces.push({ at: done, text: text.slice(done), isLink: false })
  return pieces
}
