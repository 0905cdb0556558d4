import { ByteReader } from './byte-reader.ts'

/** A point of an outline, in font units. */
export interface OutlinePoint {
  readonly x: number
  readonly y: number
  readonly isOnCurve: boolean
}

/** A glyph that puts others together, each moved by `x`, `y`. */
export interface Component {
  readonly glyph: number
  readonly x: number
  readonly y: number
}

/** A glyph's outline: closed contours of its own, or components. */
export type Outline =
  | { readonly kind: 'contours'; readonly contours: readonly (readonly OutlinePoint[])[] }
  | { readonly kind: 'components'; readonly components: readonly Component[] }

const streamNames = ['contours', 'points', 'flags', 'glyphs', 'composites', 'boxes', 'instructions'] as const
type Streams = Record<(typeof streamNames)[number], ByteReader>

/**
 * All outlines of a `glyf` table in the form that WOFF2 gives it (§5.1).
 * @throws RangeError for composites that scale or attach their parts, which the fonts shipped here do not have
 */
export function readOutlines(table: Buffer): Outline[] {
  const reader = new ByteReader(table, 4)
  const count = reader.u16()
  reader.place += 2
  const sizes = streamNames.map(() => reader.u32())
  const readers = sizes.map((size) => new ByteReader(reader.slice(size)))
  const streams = Object.fromEntries(streamNames.map((name, at) => [name, readers[at]])) as Streams
  return Array.from({ length: count }, () => readOutline(streams))
}

function readOutline(streams: Streams): Outline {
  const contourCount = streams.contours.i16()
  if (contourCount < 0) return { kind: 'components', components: readComponents(streams) }
  const lengths = Array.from({ length: contourCount }, () => streams.points.count255())
  let last = { x: 0, y: 0 }
  const contours = lengths.map((length) =>
    Array.from({ length }, () => {
      const point = readPoint(streams, last)
      last = point
      return point
    }),
  )
  if (contourCount > 0) streams.glyphs.count255()
  return { kind: 'contours', contours }
}

// WOFF2 §5.2: each flag says how the bits of both distances lie in the bytes that follow.
function readPoint({ flags, glyphs }: Streams, last: { x: number; y: number }): OutlinePoint {
  const whole = flags.u8()
  const flag = whole & 0x7f
  const [dx, dy] = distances(flag, glyphs)
  return { x: last.x + dx, y: last.y + dy, isOnCurve: whole < 0x80 }
}

function distances(flag: number, bytes: ByteReader): [number, number] {
  if (flag < 10) return [0, signed(flag, ((flag & 14) << 7) + bytes.u8())]
  if (flag < 20) return [signed(flag, (((flag - 10) & 14) << 7) + bytes.u8()), 0]
  if (flag < 84) {
    const high = flag - 20
    const low = bytes.u8()
    return [
      signed(flag, 1 + (high & 0x30) + (low >> 4)),
      signed(flag >> 1, 1 + ((high & 0x0c) << 2) + (low & 15)),
    ]
  }
  if (flag < 120) {
    const high = flag - 84
    const dx = signed(flag, 1 + (Math.floor(high / 12) << 8) + bytes.u8())
    return [dx, signed(flag >> 1, 1 + (((high % 12) >> 2) << 8) + bytes.u8())]
  }
  if (flag < 124) {
    const [first, middle, last] = [bytes.u8(), bytes.u8(), bytes.u8()]
    return [signed(flag, (first << 4) + (middle >> 4)), signed(flag >> 1, ((middle & 15) << 8) + last)]
  }
  return [signed(flag, bytes.u16()), signed(flag >> 1, bytes.u16())]
}

function signed(flag: number, size: number): number {
  return flag & 1 ? size : -size
}

const composite = { words: 0x1, offsets: 0x2, scales: 0x8 | 0x40 | 0x80, more: 0x20, instructions: 0x100 }

function readComponents({ composites, glyphs }: Streams): Component[] {
  const components: Component[] = []
  for (;;) {
    const flags = composites.u16()
    const glyph = composites.u16()
    if ((flags & composite.scales) !== 0 || (flags & composite.offsets) === 0)
      throw new RangeError('the font has a composite glyph of a kind that is not read here')
    const [x, y] =
      (flags & composite.words) !== 0
        ? [composites.i16(), composites.i16()]
        : [composites.i8(), composites.i8()]
    components.push({ glyph, x, y })
    if ((flags & composite.more) !== 0) continue
    if ((flags & composite.instructions) !== 0) glyphs.count255()
    return components
  }
}
