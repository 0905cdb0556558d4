import { ByteReader } from './byte-reader.ts'

interface Place {
  readonly x: number
  readonly y: number
}

/** How far each point moves, in font units. */
export type Shifts = readonly Place[]

/** The points of a glyph as variations count them: those of the outline by contour, then four of its box. */
export interface VariedPoints {
  readonly points: readonly Place[]
  /** Where each contour ends; empty for composites, whose points are the places of their parts. */
  readonly contourEnds: readonly number[]
}

const embeddedPeak = 0x8000
const intermediate = 0x4000
const privatePoints = 0x2000

/** A font's variations along its only axis, at one place of it (OpenType gvar). */
export class Variation {
  readonly #table: Buffer
  readonly #at: number
  readonly #sharedPeaks: readonly number[]
  readonly #dataOffset: number
  readonly #hasLongOffsets: boolean

  /** @param at the place on the axis, from 0 (the font as drawn) to 1 */
  constructor(table: Buffer, at: number) {
    const reader = new ByteReader(table, 4)
    if (reader.u16() !== 1) throw new RangeError('the font varies along more than one axis')
    const sharedCount = reader.u16()
    const sharedOffset = reader.u32()
    reader.place += 2
    this.#hasLongOffsets = (reader.u16() & 1) === 1
    this.#dataOffset = reader.u32()
    const shared = new ByteReader(table, sharedOffset)
    this.#sharedPeaks = Array.from({ length: sharedCount }, () => shared.fraction())
    this.#table = table
    this.#at = at
  }

  /** How far the points of a glyph move from where they are drawn. */
  shiftsOf(glyph: number, varied: VariedPoints): Shifts {
    const data = this.#dataOf(glyph)
    const sums = varied.points.map(() => ({ x: 0, y: 0 }))
    if (data.length === 0) return sums
    const header = new ByteReader(data)
    const counted = header.u16()
    const body = new ByteReader(data, header.u16())
    const shared = (counted & 0x8000) !== 0 ? readPointNumbers(body) : null
    for (let left = counted & 0x0fff; left > 0; left -= 1) {
      const size = header.u16()
      const { weight, hasOwnPoints } = this.#readTuple(header)
      const end = body.place + size
      if (weight !== 0) {
        const numbers = hasOwnPoints ? readPointNumbers(body) : shared
        addShifts(sums, { varied, weight, moved: readMoved(body, numbers, varied.points.length) })
      }
      body.place = end
    }
    return sums
  }

  #dataOf(glyph: number): Buffer {
    const [from, to] = this.#hasLongOffsets
      ? [this.#table.readUInt32BE(20 + glyph * 4), this.#table.readUInt32BE(24 + glyph * 4)]
      : [this.#table.readUInt16BE(20 + glyph * 2) * 2, this.#table.readUInt16BE(22 + glyph * 2) * 2]
    return this.#table.subarray(this.#dataOffset + from, this.#dataOffset + to)
  }

  #readTuple(header: ByteReader): { weight: number; hasOwnPoints: boolean } {
    const index = header.u16()
    const peak =
      (index & embeddedPeak) !== 0 ? header.fraction() : (this.#sharedPeaks[index & 0x0fff] ?? Number.NaN)
    const [start, end] =
      (index & intermediate) !== 0
        ? [header.fraction(), header.fraction()]
        : [Math.min(0, peak), Math.max(0, peak)]
    return { weight: weightAt(this.#at, { start, peak, end }), hasOwnPoints: (index & privatePoints) !== 0 }
  }
}

function weightAt(at: number, { start, peak, end }: { start: number; peak: number; end: number }): number {
  if (peak === 0 || at === peak) return 1
  if (at < start || at > end) return 0
  return at < peak ? (at - start) / (peak - start) : (end - at) / (end - peak)
}

/** Null stands for all points. */
function readPointNumbers(body: ByteReader): number[] | null {
  const first = body.u8()
  const count = (first & 0x80) !== 0 ? ((first & 0x7f) << 8) | body.u8() : first
  if (count === 0) return null
  const numbers: number[] = []
  let last = 0
  while (numbers.length < count) {
    const control = body.u8()
    for (let left = (control & 0x7f) + 1; left > 0; left -= 1) {
      last += (control & 0x80) !== 0 ? body.u16() : body.u8()
      numbers.push(last)
    }
  }
  return numbers
}

function readMoved(body: ByteReader, numbers: number[] | null, pointCount: number): Map<number, Place> {
  const all = numbers ?? Array.from({ length: pointCount }, (_, at) => at)
  const x = readDeltas(body, all.length)
  const y = readDeltas(body, all.length)
  return new Map(all.map((point, at) => [point, { x: x[at] ?? 0, y: y[at] ?? 0 }]))
}

function readDeltas(body: ByteReader, count: number): number[] {
  const deltas: number[] = []
  while (deltas.length < count) {
    const control = body.u8()
    for (let left = (control & 0x3f) + 1; left > 0; left -= 1) {
      deltas.push((control & 0x80) !== 0 ? 0 : (control & 0x40) !== 0 ? body.i16() : body.i8())
    }
  }
  return deltas
}

interface Addition {
  readonly varied: VariedPoints
  readonly weight: number
  readonly moved: ReadonlyMap<number, Place>
}

function addShifts(sums: { x: number; y: number }[], { varied, weight, moved }: Addition): void {
  const all = new Map(moved)
  let from = 0
  for (const end of varied.contourEnds) {
    interpolateContour(all, varied.points, { from, end })
    from = end
  }
  for (const [point, { x, y }] of all) {
    const sum = sums[point]
    if (!sum) continue
    sum.x += x * weight
    sum.y += y * weight
  }
}

/** OpenType "inferred deltas": points between two that move follow them. */
function interpolateContour(
  moved: Map<number, Place>,
  points: readonly Place[],
  { from, end }: { from: number; end: number },
): void {
  const touched: number[] = []
  for (let at = from; at < end; at += 1) if (moved.has(at)) touched.push(at)
  if (touched.length === 0 || touched.length === end - from) return
  for (const [place, before] of touched.entries()) {
    const after = touched[(place + 1) % touched.length] ?? before
    for (let at = next(before); at !== after; at = next(at)) {
      moved.set(at, {
        x: inferred('x', at, [before, after]),
        y: inferred('y', at, [before, after]),
      })
    }
  }
  function next(at: number): number {
    return at + 1 === end ? from : at + 1
  }
  function inferred(axis: 'x' | 'y', at: number, [before, after]: [number, number]): number {
    const drawn = (point: number) => points[point]?.[axis] ?? 0
    const shift = (point: number) => moved.get(point)?.[axis] ?? 0
    const [low, high] = drawn(before) <= drawn(after) ? [before, after] : [after, before]
    if (drawn(low) === drawn(high)) return shift(low) === shift(high) ? shift(low) : 0
    if (drawn(at) <= drawn(low)) return shift(low)
    if (drawn(at) >= drawn(high)) return shift(high)
    const part = (drawn(at) - drawn(low)) / (drawn(high) - drawn(low))
    return shift(low) + part * (shift(high) - shift(low))
  }
}

/** Where a value of the axis lies between 0 and 1, bent by the font's own map where it has one (OpenType fvar, avar). */
export function placeOnAxis(fvar: Buffer, avar: Buffer | undefined, value: number): number {
  const axes = fvar.readUInt16BE(4)
  const [lowest, drawn, highest] = [4, 8, 12].map((at) => fvar.readInt32BE(axes + at) / 65_536) as [
    number,
    number,
    number,
  ]
  if (lowest !== drawn) throw new RangeError('the font is not drawn at the lowest value of its axis')
  const straight = (Math.min(Math.max(value, lowest), highest) - lowest) / (highest - lowest)
  if (!avar) return straight
  const reader = new ByteReader(avar, 8)
  let before = { from: 0, to: 0 }
  for (let left = reader.u16(); left > 0; left -= 1) {
    const knot = { from: reader.fraction(), to: reader.fraction() }
    if (straight === knot.from) return knot.to
    if (straight < knot.from) {
      return before.to + ((straight - before.from) / (knot.from - before.from)) * (knot.to - before.to)
    }
    before = knot
  }
  return straight
}
