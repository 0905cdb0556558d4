import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { composeLetter } from './composed-letters.ts'
import { writeTrueType } from './true-type.ts'
import { type DrawnGlyph, VariableFont } from './variable-font.ts'

/** A font for print with the characters that were asked for. */
export interface PrintFont {
  /** TrueType; the same characters and weight give the same bytes. */
  readonly bytes: Buffer
  /** Characters that cannot be drawn: each is an empty box of its own, so that copying keeps them. */
  readonly missing: readonly string[]
}

/**
 * Noto Sans SC at one weight (CSS, e.g. 400), with just the characters of `text`. The package cuts the font into slices
 * by range of characters; a printed text of both languages needs some of many.
 */
export function composePrintFont(text: string, weight: number): PrintFont {
  const characters = [...new Set(text)].filter((character) => character >= ' ')
  const draw = (character: string) => drawFromSlices(character, weight)
  const glyphs = new Map<number, DrawnGlyph>()
  const missing: string[] = []
  for (const character of characters) {
    const drawn = draw(character) ?? composeLetter(character, draw)
    if (!drawn) missing.push(character)
    glyphs.set(character.codePointAt(0) ?? 0, drawn ?? emptyBox)
  }
  const { measures } = openSlice('latin', weight)
  const name = `NotoSansSC-${weight}`
  return { bytes: writeTrueType({ name, measures, unknown: emptyBox, glyphs }), missing }
}

function drawFromSlices(character: string, weight: number): DrawnGlyph | null {
  const code = character.codePointAt(0) ?? 0
  for (const slice of slicesOf(code)) {
    const drawn = openSlice(slice, weight).draw(code)
    if (drawn) return drawn
  }
  return null
}

function corners(inset: number): number[][] {
  return [
    [100 + inset, -80 + inset],
    [100 + inset, 800 - inset],
    [900 - inset, 800 - inset],
    [900 - inset, -80 + inset],
  ]
}

const emptyBox: DrawnGlyph = {
  advance: 1000,
  // Inside out, so that the inner square stays white.
  contours: [corners(0), corners(40).reverse()].map((contour) =>
    contour.map(([x = 0, y = 0]) => ({ x, y, isOnCurve: true })),
  ),
}

const openSlices = new Map<string, VariableFont>()
const slicesKept = 32

// A slice is small, but unpacking it takes milliseconds: those used last are kept.
function openSlice(slice: string, weight: number): VariableFont {
  const key = `${slice} ${weight}`
  const kept = openSlices.get(key)
  openSlices.delete(key)
  const font = kept ?? new VariableFont(readFileSync(fileOf(slice)), weight)
  openSlices.set(key, font)
  const [oldest] = openSlices.keys()
  if (openSlices.size > slicesKept && oldest !== undefined) openSlices.delete(oldest)
  return font
}

function fileOf(slice: string): string {
  return path.join(folder(), 'files', `noto-sans-sc-${slice}-wght-normal.woff2`)
}

function folder(): string {
  return path.dirname(
    createRequire(import.meta.url).resolve('@fontsource-variable/noto-sans-sc/package.json'),
  )
}

interface Stretch {
  readonly from: number
  readonly to: number
  readonly slice: string
}

let stretches: readonly Stretch[] | undefined

/** The slices that may have the character, Latin first: ranges name more characters than the files draw. */
function slicesOf(code: number): string[] {
  stretches ??= readStretches()
  return stretches.filter(({ from, to }) => code >= from && code <= to).map(({ slice }) => slice)
}

function readStretches(): Stretch[] {
  const ranges = JSON.parse(readFileSync(path.join(folder(), 'unicode.json'), 'utf8')) as Record<
    string,
    string
  >
  return Object.entries(ranges)
    .map(([name, list]) => ({ slice: name.replace(/^\[|\]$/g, ''), list }))
    .sort((a, b) => rank(a.slice) - rank(b.slice))
    .flatMap(({ slice, list }) =>
      list.split(',').map((range) => {
        const [from = '', to = from] = range.replace('U+', '').split('-')
        return { slice, from: Number.parseInt(from, 16), to: Number.parseInt(to, 16) }
      }),
    )
}

function rank(slice: string): number {
  return slice === 'latin' ? 0 : 1
}
