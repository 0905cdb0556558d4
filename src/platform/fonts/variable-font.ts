import { ByteReader } from './byte-reader.ts'
import { type Outline, type OutlinePoint, readOutlines } from './outlines.ts'
import { placeOnAxis, type Shifts, Variation } from './variation.ts'
import { type FontTable, readWoff2 } from './woff2.ts'

/** A glyph as it is drawn at one weight, in font units. */
export interface DrawnGlyph {
  readonly advance: number
  readonly contours: readonly (readonly OutlinePoint[])[]
}

/** What a line of text needs of a font, in font units. */
export interface FontMeasures {
  readonly unitsPerEm: number
  readonly ascent: number
  readonly descent: number
}

const maxDepth = 4

/** A WOFF2 file with TrueType outlines that vary in weight, at one weight. */
export class VariableFont {
  readonly measures: FontMeasures
  readonly #outlines: readonly Outline[]
  readonly #glyphOf: ReadonlyMap<number, number>
  readonly #advances: readonly number[]
  readonly #variation: Variation

  /** @param weight CSS font weight, e.g. 400 */
  constructor(file: Buffer, weight: number) {
    const tables = readWoff2(file)
    const table = (tag: string) => required(tables, tag).bytes
    const hhea = table('hhea')
    this.measures = {
      unitsPerEm: table('head').readUInt16BE(18),
      ascent: hhea.readInt16BE(4),
      descent: hhea.readInt16BE(6),
    }
    this.#outlines = readOutlines(table('glyf'))
    this.#glyphOf = readCharacters(table('cmap'))
    this.#advances = readAdvances(required(tables, 'hmtx'), hhea.readUInt16BE(34))
    const place = placeOnAxis(table('fvar'), tables.get('avar')?.bytes, weight)
    this.#variation = new Variation(table('gvar'), place)
  }

  /** Null where the font has no glyph for the character. */
  draw(codePoint: number): DrawnGlyph | null {
    const glyph = this.#glyphOf.get(codePoint)
    return glyph === undefined ? null : this.#draw(glyph, 0)
  }

  #draw(glyph: number, depth: number): DrawnGlyph {
    const outline = this.#outlines[glyph] ?? { kind: 'contours', contours: [] }
    if (depth > maxDepth) throw new RangeError('a glyph of the font consists of itself')
    const advance = this.#advances[Math.min(glyph, this.#advances.length - 1)] ?? 0
    const places = outline.kind === 'contours' ? outline.contours.flat() : outline.components
    // Of the four points around a glyph only the right one moves: it carries the advance.
    const box = [0, advance, 0, 0].map((x) => ({ x, y: 0 }))
    const shifts = this.#variation.shiftsOf(glyph, {
      points: [...places, ...box],
      contourEnds: outline.kind === 'contours' ? endsOf(outline.contours) : [],
    })
    const moved = (shifts[places.length + 1]?.x ?? 0) - (shifts[places.length]?.x ?? 0)
    return { advance: advance + moved, contours: this.#contoursOf(outline, shifts, depth) }
  }

  #contoursOf(outline: Outline, shifts: Shifts, depth: number): DrawnGlyph['contours'] {
    if (outline.kind === 'contours') return moveContours(outline.contours, shifts)
    return outline.components.flatMap(({ glyph, x, y }, at) => {
      const shift = shifts[at] ?? { x: 0, y: 0 }
      return this.#draw(glyph, depth + 1).contours.map((contour) =>
        contour.map((point) => ({ ...point, x: point.x + x + shift.x, y: point.y + y + shift.y })),
      )
    })
  }
}

function required(tables: ReadonlyMap<string, FontTable>, tag: string): FontTable {
  const table = tables.get(tag)
  if (!table) throw new RangeError(`the font has no ${tag} table`)
  return table
}

function endsOf(contours: readonly (readonly OutlinePoint[])[]): number[] {
  let end = 0
  return contours.map((contour) => {
    end += contour.length
    return end
  })
}

function moveContours(contours: readonly (readonly OutlinePoint[])[], shifts: Shifts): OutlinePoint[][] {
  let next = 0
  return contours.map((contour) =>
    contour.map(({ x, y, isOnCurve }) => {
      const shift = shifts[next] ?? { x: 0, y: 0 }
      next += 1
      return { x: x + shift.x, y: y + shift.y, isOnCurve }
    }),
  )
}

// WOFF2 §5.4: transformed, the table begins with a byte of flags; the advances follow in both forms.
function readAdvances({ bytes, isTransformed }: FontTable, count: number): number[] {
  const reader = new ByteReader(bytes, isTransformed ? 1 : 0)
  const sideBearingBytes = isTransformed ? 0 : 2
  return Array.from({ length: count }, () => {
    const advance = reader.u16()
    reader.place += sideBearingBytes
    return advance
  })
}

function readCharacters(cmap: Buffer): Map<number, number> {
  const directory = new ByteReader(cmap, 2)
  const glyphOf = new Map<number, number>()
  for (let left = directory.u16(); left > 0; left -= 1) {
    directory.place += 4
    const table = new ByteReader(cmap, directory.u32())
    const format = table.u16()
    if (format === 12) readGroups(table, glyphOf)
    else if (format === 4) readSegments(table, cmap, glyphOf)
  }
  return glyphOf
}

function readGroups(table: ByteReader, glyphOf: Map<number, number>): void {
  table.place += 10
  for (let left = table.u32(); left > 0; left -= 1) {
    const [first, last, glyph] = [table.u32(), table.u32(), table.u32()]
    for (let code = first; code <= last; code += 1) glyphOf.set(code, glyph + code - first)
  }
}

function readSegments(table: ByteReader, cmap: Buffer, glyphOf: Map<number, number>): void {
  table.place += 4
  const count = table.u16() / 2
  const start = table.place + 6
  const at = (array: number, segment: number) => start + (array * count + segment) * 2 + (array > 0 ? 2 : 0)
  for (let segment = 0; segment < count; segment += 1) {
    const [last, first, delta, offset] = [0, 1, 2, 3].map((array) =>
      cmap.readUInt16BE(at(array, segment)),
    ) as [number, number, number, number]
    for (let code = first; code <= last && code < 0xffff; code += 1) {
      const inArray = at(3, segment) + offset + (code - first) * 2
      const found = offset === 0 ? code : cmap.readUInt16BE(inArray)
      if (found !== 0 || offset === 0) glyphOf.set(code, (found + delta) & 0xffff)
    }
  }
}
