import { Refusal } from '../../../kernel/refusal.ts'
import { mediaRefusal } from '../model.ts'

/** Kinds of files that records have, with the other names that they go by. */
const kinds: Readonly<Record<string, readonly string[]>> = {
  'audio/mpeg': ['audio/mp3', 'audio/mpeg3', 'audio/x-mpeg-3', 'audio/mpga'],
  'audio/wav': ['audio/wave', 'audio/x-wav', 'audio/vnd.wave'],
  'audio/ogg': ['application/ogg', 'audio/opus', 'audio/vorbis'],
  'audio/mp4': ['audio/m4a', 'audio/x-m4a', 'audio/mp4a-latm'],
  'audio/amr': ['audio/amr-nb'],
  'image/jpeg': ['image/jpg', 'image/pjpeg'],
  'image/png': ['image/x-png'],
  'image/webp': [],
  'image/gif': [],
  'video/mp4': ['application/mp4'],
  'application/pdf': ['application/x-pdf'],
}

const allowed = Object.keys(kinds).join(', ')
const kindOf = new Map(
  Object.entries(kinds).flatMap(([kind, others]) => [kind, ...others].map((name) => [name, kind])),
)
const unspecific: ReadonlySet<string> = new Set(['application/octet-stream', 'binary/octet-stream'])
// Sound alone and with pictures come in the same container, whose first bytes do not tell them apart.
const sameContainer: ReadonlySet<string> = new Set(['audio/mp4', 'video/mp4'])

/**
 * Decides before a file is read whether its declared type, null for none, may be one of ours at all.
 * @throws Refusal `media.type_not_allowed`
 */
export function refuseDeclared(declared: string | null): void {
  if (declared === null || unspecific.has(declared) || kindOf.has(declared)) return
  throw new Refusal(mediaRefusal.typeNotAllowed, { type: declared.slice(0, 100), allowed })
}

/**
 * Decides what a file is kept as: what its bytes say, if that is one of ours and what was declared.
 * @param found by its bytes; null when they tell nothing
 * @throws Refusal `media.type_not_allowed`, `media.type_mismatch`
 */
export function decideMediaType(declared: string | null, found: string | null): string {
  const kind = found === null ? undefined : kindOf.get(found)
  if (kind === undefined)
    throw new Refusal(mediaRefusal.typeNotAllowed, { type: found ?? 'unknown', allowed })
  if (declared === null || unspecific.has(declared)) return kind
  const said = kindOf.get(declared)
  if (said === kind) return kind
  if (said !== undefined && sameContainer.has(said) && sameContainer.has(kind)) return said
  throw new Refusal(mediaRefusal.typeMismatch, { declared, found: kind })
}

/** Bytes of a file that are asked for, both ends included. */
export interface ByteRange {
  readonly start: number
  readonly end: number
}

/**
 * Decides which bytes the header `Range` asks for (RFC 9110); null for all of them: several ranges, or what is no range
 * of bytes, may be answered with the whole.
 * @throws Refusal `media.range_invalid` when the range lies outside
 */
export function rangeOf(header: string | null, byteCount: number): ByteRange | null {
  const [, from, to] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? '') ?? []
  if (from === undefined || to === undefined || (from === '' && to === '')) return null
  if (from !== '' && to !== '' && Number(to) < Number(from)) return null
  const start = from === '' ? Math.max(0, byteCount - Number(to)) : Number(from)
  const end = from === '' || to === '' ? byteCount - 1 : Math.min(Number(to), byteCount - 1)
  if (start >= byteCount || end < start) throw new Refusal(mediaRefusal.rangeInvalid, { byteCount })
  return { start, end }
}
