import type { OutlinePoint } from './outlines.ts'
import type { DrawnGlyph } from './variable-font.ts'

type Contour = readonly OutlinePoint[]
type Draw = (character: string) => DrawnGlyph | null

interface Mark {
  readonly contours: readonly Contour[]
  /** The height of the letters that it is drawn for; null for one that hangs below the line. */
  readonly above: number | null
}

interface Box {
  readonly left: number
  readonly right: number
  readonly bottom: number
  readonly top: number
}

const stroked: Readonly<Record<string, string>> = { Ł: 'L', ł: 'l' }
const dotlessI = 'ı'

/**
 * Draws a Latin letter that a font lacks from the letter and the marks that it has, e.g. ź from z and the accent of á.
 * Null where that cannot be done.
 */
export function composeLetter(character: string, draw: Draw): DrawnGlyph | null {
  const plain = stroked[character]
  if (plain !== undefined) return withStroke(draw(plain))
  if (character === dotlessI) return withoutTop(draw('i'), draw('x'))
  const [letter = '', ...marks] = character.normalize('NFD')
  if (marks.length === 0) return null
  const found = marks.map((mark) => markOf(mark, draw))
  const hasTop = found.some((mark) => mark?.above !== null)
  let drawn = hasTop && letter === 'i' ? (draw(dotlessI) ?? composeLetter(dotlessI, draw)) : draw(letter)
  for (const mark of found) drawn = drawn && mark && withMark(drawn, mark)
  return drawn
}

/** By combining mark: a letter that bears it, and that letter without it. */
const donors: Readonly<Record<string, readonly [string, string]>> = {
  '\u0300': ['à', 'a'],
  '\u0301': ['á', 'a'],
  '\u0302': ['â', 'a'],
  '\u0303': ['ã', 'a'],
  '\u0304': ['ā', 'a'],
  '\u0306': ['ă', 'a'],
  '\u0308': ['ä', 'a'],
  '\u030a': ['å', 'a'],
  '\u030c': ['ǎ', 'a'],
}
const dotAbove = '\u0307'
const doubleAcute = '\u030b'
const commaBelow = '\u0326'
const cedilla = '\u0327'
const ogonek = '\u0328'

const gap = 40

function markOf(mark: string, draw: Draw): Mark | null {
  const donor = donors[mark]
  if (donor) return markOfDonor(draw(donor[0]), draw(donor[1]))
  if (mark === dotAbove) return raised(draw('.'), draw('x'))
  if (mark === doubleAcute) return doubled(markOf('\u0301', draw))
  if (mark === commaBelow) return lowered(draw(','))
  if (mark === cedilla || mark === ogonek) {
    const drawn = draw('¸')
    return drawn && { contours: mark === ogonek ? mirrored(drawn.contours) : drawn.contours, above: null }
  }
  return null
}

function markOfDonor(donor: DrawnGlyph | null, letter: DrawnGlyph | null): Mark | null {
  if (!donor || !letter) return null
  const { top } = boxOf(letter.contours)
  const contours = donor.contours.filter((contour) => boxOf([contour]).bottom > top)
  return contours.length > 0 ? { contours, above: top } : null
}

function withoutTop(letter: DrawnGlyph | null, low: DrawnGlyph | null): DrawnGlyph | null {
  if (!letter || !low) return null
  const { top } = boxOf(low.contours)
  return { ...letter, contours: letter.contours.filter((contour) => boxOf([contour]).bottom < top) }
}

function raised(dot: DrawnGlyph | null, letter: DrawnGlyph | null): Mark | null {
  if (!dot || !letter) return null
  const { top } = boxOf(letter.contours)
  return { contours: moved(dot.contours, 0, top + 2 * gap - boxOf(dot.contours).bottom), above: top }
}

function doubled(accent: Mark | null): Mark | null {
  if (!accent) return null
  const { left, right } = boxOf(accent.contours)
  return { ...accent, contours: [...accent.contours, ...moved(accent.contours, (right - left) * 0.85, 0)] }
}

function lowered(comma: DrawnGlyph | null): Mark | null {
  return comma && { contours: moved(comma.contours, 0, -gap - boxOf(comma.contours).top), above: null }
}

function withMark({ advance, contours }: DrawnGlyph, { contours: mark, above }: Mark): DrawnGlyph {
  const letter = boxOf(contours)
  const own = boxOf(mark)
  const right = (letter.left + letter.right - own.left - own.right) / 2
  const up = above === null ? 0 : letter.top - above
  return { advance, contours: [...contours, ...moved(mark, right, up)] }
}

function withStroke(letter: DrawnGlyph | null): DrawnGlyph | null {
  if (!letter) return null
  const { left, right, top } = boxOf(letter.contours)
  const stem = Math.min(right - left, 90)
  const [x, y] = [left + stem / 2, top * 0.48]
  const [reach, rise, half] = [stem / 2 + 75, 70, stem / 2]
  const corners = [
    [x - reach, y - rise - half],
    [x - reach, y - rise + half],
    [x + reach, y + rise + half],
    [x + reach, y + rise - half],
  ]
  const stroke = corners.map(([cornerX = 0, cornerY = 0]) => ({ x: cornerX, y: cornerY, isOnCurve: true }))
  return { advance: letter.advance, contours: [...letter.contours, stroke] }
}

function moved(contours: readonly Contour[], right: number, up: number): Contour[] {
  return contours.map((contour) =>
    contour.map((point) => ({ ...point, x: point.x + right, y: point.y + up })),
  )
}

// Turned round, so that the contour keeps its sense and is filled.
function mirrored(contours: readonly Contour[]): Contour[] {
  return contours.map((contour) => contour.map((point) => ({ ...point, x: -point.x })).reverse())
}

function boxOf(contours: readonly Contour[]): Box {
  const points = contours.flat()
  return {
    left: Math.min(...points.map(({ x }) => x)),
    right: Math.max(...points.map(({ x }) => x)),
    bottom: Math.min(...points.map(({ y }) => y)),
    top: Math.max(...points.map(({ y }) => y)),
  }
}
