// A backup is a .tar.gz between two empty gzip members whose comments say what it is and seal it. Ordinary programs
// skip those (`tar xzf`), so that nobody needs Baton to look inside.
const start = Buffer.from([0x1f, 0x8b, 0x08, 0x10, 0, 0, 0, 0, 0, 0xff])
// End of the comment, an empty block of deflate, and the checksum and length of nothing (RFC 1952).
const end = Buffer.from([0, 0x03, 0, 0, 0, 0, 0, 0, 0, 0, 0])
const title = 'Baton backup, format '
const seal = 'sha256 '

/** The form of the archive; a later one that this Baton cannot read gets the next number. */
export const formatVersion = 1

/** The first bytes of a backup. */
export function headOf(version: number): Buffer {
  return member(`${title}${String(version).padStart(4, '0')}`)
}

/** The last bytes: the SHA-256 (hex) of all before them. */
export function tailOf(sha256: string): Buffer {
  return member(`${seal}${sha256}`)
}

export const headBytes = headOf(formatVersion).length
export const tailBytes = tailOf('0'.repeat(64)).length

/** The format that the first bytes name; null when this is no backup of Baton. */
export function formatOf(head: Buffer): number | null {
  const found = commentOf(head, new RegExp(`^${title}(\\d{4})$`))
  return found === null ? null : Number(found)
}

/** The SHA-256 that the last bytes name; null when the end is missing. */
export function sealOf(tail: Buffer): string | null {
  return commentOf(tail, new RegExp(`^${seal}([0-9a-f]{64})$`))
}

function member(comment: string): Buffer {
  return Buffer.concat([start, Buffer.from(comment, 'latin1'), end])
}

function commentOf(bytes: Buffer, form: RegExp): string | null {
  const comment = bytes.toString('latin1', start.length, bytes.length - end.length)
  return member(comment).equals(bytes) ? (form.exec(comment)?.[1] ?? null) : null
}
