import PDFDocument from 'pdfkit'
import { describe, expect, it } from 'vitest'
import { composePrintFont } from './print-font.ts'

/** How wide a text is at 1,000 points, as the library that writes PDF reads the font. */
function widthOf(bytes: Buffer, text: string): number {
  const document = new PDFDocument({ font: bytes as unknown as string })
  return document.fontSize(1000).widthOfString(text)
}

describe('a font for print', () => {
  it('has the letters of both languages at the weight that was asked for', () => {
    // The advances of A, from the font's own table of variations: 607.54 at 400, 641.08 at 700.
    expect(widthOf(composePrintFont('A离', 100).bytes, 'A')).toBeCloseTo(574, 0)
    expect(widthOf(composePrintFont('A离', 400).bytes, 'A')).toBeCloseTo(608, 0)
    expect(widthOf(composePrintFont('A离', 700).bytes, 'A')).toBeCloseTo(641, 0)
    expect(widthOf(composePrintFont('A离职', 400).bytes, '离职')).toBe(2000)
  })

  it('draws European letters that the font lacks from the letter and its mark', () => {
    const { bytes, missing } = composePrintFont('Łódź Žižka Iğdır Őz ąę Ķ ț Nguyễn Жук', 400)
    expect(missing).toEqual([])
    expect(widthOf(bytes, 'ź')).toBe(widthOf(bytes, 'z'))
  })

  it('says which characters it cannot draw, and keeps a place for each', () => {
    const { bytes, missing } = composePrintFont('王𠮷🙂䶮', 400)
    expect(missing).toEqual(['𠮷', '🙂', '䶮'])
    expect(widthOf(bytes, '𠮷🙂')).toBe(2000)
  })

  it('is the same bytes for the same characters', () => {
    expect(composePrintFont('交接单 abc', 400).bytes.equals(composePrintFont('交接单 abc', 400).bytes)).toBe(
      true,
    )
  })
})
