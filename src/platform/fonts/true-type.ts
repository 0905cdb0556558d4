import type { OutlinePoint } from './outlines.ts'
import type { DrawnGlyph, FontMeasures } from './variable-font.ts'

/** A font to be written: the glyphs by character, and one for all others. */
export interface NewFont {
  readonly name: string
  readonly measures: FontMeasures
  readonly unknown: DrawnGlyph
  readonly glyphs: ReadonlyMap<number, DrawnGlyph>
}

interface Box {
  readonly xMin: number
  readonly yMin: number
  readonly xMax: number
  readonly yMax: number
}

/** Writes a TrueType font (OpenType with `glyf`) of at most 65,535 glyphs that anything can read which reads fonts. */
export function writeTrueType(font: NewFont): Buffer {
  const codes = [...font.glyphs.keys()].sort((a, b) => a - b)
  const drawn = [font.unknown, ...codes.map((code) => font.glyphs.get(code) ?? font.unknown)].map(rounded)
  const written = drawn.map(writeGlyph)
  const boxes = drawn.map(boxOf)
  const whole = boxAround(boxes)
  return writeFile([
    ['OS/2', writeOs2(font.measures, codes)],
    ['cmap', writeCmap(codes)],
    ['glyf', Buffer.concat(written)],
    ['head', writeHead(font.measures, whole)],
    ['hhea', writeHhea(font.measures, drawn, whole)],
    ['hmtx', words(drawn.flatMap(({ advance }, at) => [advance, boxes[at]?.xMin ?? 0]))],
    ['loca', writeLoca(written)],
    ['maxp', writeMaxp(drawn)],
    ['name', writeName(font.name)],
    ['post', longs([0x0003_0000, 0, 0, 0, 0, 0, 0, 0])],
  ])
}

function rounded({ advance, contours }: DrawnGlyph): DrawnGlyph {
  return {
    advance: Math.round(advance),
    contours: contours.map((contour) =>
      contour.map(({ x, y, isOnCurve }) => ({ x: Math.round(x), y: Math.round(y), isOnCurve })),
    ),
  }
}

function writeGlyph(glyph: DrawnGlyph): Buffer {
  const { contours } = glyph
  if (contours.length === 0) return Buffer.alloc(0)
  const points = contours.flat()
  const { xMin, yMin, xMax, yMax } = boxOf(glyph)
  let end = -1
  const ends = contours.map((contour) => {
    end += contour.length
    return end
  })
  const bytes = Buffer.concat([
    words([contours.length, xMin, yMin, xMax, yMax, ...ends, 0]),
    Buffer.from(points.map(({ isOnCurve }) => (isOnCurve ? 1 : 0))),
    words(steps(points, 'x')),
    words(steps(points, 'y')),
  ])
  return padded(bytes)
}

function steps(points: readonly OutlinePoint[], axis: 'x' | 'y'): number[] {
  return points.map((point, at) => point[axis] - (points[at - 1]?.[axis] ?? 0))
}

function boxOf({ contours }: DrawnGlyph): Box {
  const points = contours.flat()
  if (points.length === 0) return { xMin: 0, yMin: 0, xMax: 0, yMax: 0 }
  return boxAround(points.map(({ x, y }) => ({ xMin: x, yMin: y, xMax: x, yMax: y })))
}

function boxAround(boxes: readonly Box[]): Box {
  return boxes.reduce((a, b) => ({
    xMin: Math.min(a.xMin, b.xMin),
    yMin: Math.min(a.yMin, b.yMin),
    xMax: Math.max(a.xMax, b.xMax),
    yMax: Math.max(a.yMax, b.yMax),
  }))
}

function writeHead({ unitsPerEm }: FontMeasures, { xMin, yMin, xMax, yMax }: Box): Buffer {
  return Buffer.concat([
    longs([0x0001_0000, 0x0001_0000, 0, 0x5f0f_3cf5]),
    words([0b11, unitsPerEm]),
    // When it was made and changed: the same characters are always the same bytes.
    longs([0, 0, 0, 0]),
    words([xMin, yMin, xMax, yMax, 0, 8, 2, 1, 0]),
  ])
}

function writeHhea({ ascent, descent }: FontMeasures, drawn: readonly DrawnGlyph[], whole: Box): Buffer {
  const widest = drawn.reduce((most, { advance }) => Math.max(most, advance), 0)
  return Buffer.concat([
    longs([0x0001_0000]),
    words([ascent, descent, 0, widest, whole.xMin, 0, whole.xMax, 1, 0, 0, 0, 0, 0, 0, 0, drawn.length]),
  ])
}

function writeMaxp(drawn: readonly DrawnGlyph[]): Buffer {
  const most = (count: (glyph: DrawnGlyph) => number) =>
    drawn.reduce((highest, glyph) => Math.max(highest, count(glyph)), 0)
  const points = most(({ contours }) => contours.flat().length)
  return Buffer.concat([
    longs([0x0001_0000]),
    words([drawn.length, points, most(({ contours }) => contours.length), 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0]),
  ])
}

function writeLoca(written: readonly Buffer[]): Buffer {
  let at = 0
  return longs([0, ...written.map((glyph) => (at += glyph.length))])
}

function writeCmap(codes: readonly number[]): Buffer {
  const groups = codes.flatMap((code, at) => [code, code, at + 1])
  return Buffer.concat([
    words([0, 1, 3, 10]),
    longs([12]),
    words([12, 0]),
    longs([16 + groups.length * 4, 0, codes.length, ...groups]),
  ])
}

function writeOs2({ ascent, descent }: FontMeasures, codes: readonly number[]): Buffer {
  const [first, last] = [codes[0] ?? 0, codes.at(-1) ?? 0].map((code) => Math.min(code, 0xffff)) as [
    number,
    number,
  ]
  return Buffer.concat([
    words([3, 500, 400, 5, 0, 650, 600, 0, 75, 650, 600, 0, 350, 50, 300, 0]),
    Buffer.alloc(10),
    longs([0, 0, 0, 0]),
    Buffer.from('NONE'),
    words([0x40, first, last, ascent, descent, 0, ascent, -descent]),
    longs([0, 0]),
    words([540, 733, 0, 32, 0]),
  ])
}

function writeName(name: string): Buffer {
  const texts = [1, 2, 4, 6].map((id) => ({
    id,
    text: Buffer.from(id === 2 ? 'Regular' : name, 'utf16le').swap16(),
  }))
  let at = 0
  const records = texts.flatMap(({ id, text }) => {
    at += text.length
    return [3, 1, 0x409, id, text.length, at - text.length]
  })
  return Buffer.concat([
    words([0, texts.length, 6 + texts.length * 12, ...records]),
    ...texts.map(({ text }) => text),
  ])
}

function writeFile(tables: readonly (readonly [tag: string, bytes: Buffer])[]): Buffer {
  const power = Math.floor(Math.log2(tables.length))
  const range = 16 * 2 ** power
  let at = 12 + tables.length * 16
  const directory = tables.map(([tag, bytes]) => {
    const entry = Buffer.concat([Buffer.from(tag, 'latin1'), longs([checksum(bytes), at, bytes.length])])
    at += padded(bytes).length
    return entry
  })
  const file = Buffer.concat([
    longs([0x0001_0000]),
    words([tables.length, range, power, tables.length * 16 - range]),
    ...directory,
    ...tables.map(([, bytes]) => padded(bytes)),
  ])
  const head = tables.findIndex(([tag]) => tag === 'head')
  const headAt = file.readUInt32BE(12 + head * 16 + 8)
  file.writeUInt32BE((0xb1b0_afba - checksum(file)) >>> 0, headAt + 8)
  return file
}

function checksum(bytes: Buffer): number {
  const whole = padded(bytes)
  let sum = 0
  for (let at = 0; at < whole.length; at += 4) sum = (sum + whole.readUInt32BE(at)) >>> 0
  return sum
}

function padded(bytes: Buffer): Buffer {
  const missing = -bytes.length & 3
  return missing === 0 ? bytes : Buffer.concat([bytes, Buffer.alloc(missing)])
}

function words(values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 2)
  for (const [at, value] of values.entries()) bytes.writeUInt16BE(value & 0xffff, at * 2)
  return bytes
}

function longs(values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4)
  for (const [at, value] of values.entries()) bytes.writeUInt32BE(value >>> 0, at * 4)
  return bytes
}
