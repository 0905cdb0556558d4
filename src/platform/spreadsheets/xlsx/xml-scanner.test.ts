import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SpreadsheetError } from '../fault.ts'
import { nameCode, prefixedCode, XmlScanner } from './xml-scanner.ts'
import { unescapeText } from './xml-text.ts'

const known = ['row', 'c', 'v', 'sheet']
const attributes = ['r', 'spans', 't']

function tokensOf(xml: Buffer | string, pieceBytes = 65_536): string[] {
  const bytes = Buffer.from(xml)
  const scanner = new XmlScanner('part')
  const found: string[] = []
  for (let at = 0; at < bytes.length; at += pieceBytes) {
    scanner.push(bytes.subarray(at, at + pieceBytes))
    while (scanner.next()) found.push(show(scanner))
  }
  scanner.end()
  return found
}

function show(scanner: XmlScanner): string {
  if (scanner.token === 'text') return scanner.text()
  const name = known.find((one) => nameCode(one) === scanner.name) ?? '?'
  if (scanner.token === 'close') return `</${name}>`
  const values = attributes.flatMap((one) => {
    const value = scanner.attribute(nameCode(one))
    return value === null ? [] : [`${one}=${value}`]
  })
  const id = scanner.attribute(prefixedCode('id'))
  return `<${[name, ...values, ...(id === null ? [] : [`:id=${id}`])].join(' ')}>`
}

describe('XML', () => {
  it.each([
    [
      'elements and text',
      '<row r="1"><c t="s"><v>7</v></c></row>',
      '<row r=1>|<c t=s>|<v>|7|</v>|</c>|</row>',
    ],
    ['names with prefixes', '<x:row r="1"><x:c/></x:row>', '<row r=1>|<c>|</c>|</row>'],
    ['namespaces that are no attributes', '<row xmlns:r="u" r="2" r:id="i"/>', '<row r=2 :id=i>|</row>'],
    [
      'spaces and both quotation marks',
      `<row\n r = '1"2'\tspans="a'b" ></row >`,
      `<row r=1"2 spans=a'b>|</row>`,
    ],
    [
      'comments and instructions',
      '<?xml version="1.0"?><!-- <c> --><row><!----><?p > ?></row>',
      '<row>|</row>',
    ],
    ['CDATA', '<v>a<![CDATA[<&]]]>b</v>', '<v>|a|<&]|b|</v>'],
    ['references', '<v r="&quot;&#x4e2d;">&lt;&amp;amp;&#65;&apos;</v>', `<v r="中>|<&amp;A'|</v>`],
    ['line ends', '<v>a\r\nb\rc&#13;</v>', '<v>|a\nb\nc\r|</v>'],
    ['wide characters', '<v r="号">𠮷\u00a0</v>', '<v r=号>|𠮷\u00a0|</v>'],
  ])('is cut into tokens, however it comes in pieces: %s', (_, xml, expected) => {
    for (const pieceBytes of [1, 2, 3, 7, 65_536]) expect(tokensOf(xml, pieceBytes).join('|')).toBe(expected)
  })

  it.each([
    ['that ends too early', '<row><c>'],
    ['in the middle of a tag', '<row><c r="'],
    ['in the middle of a comment', '<row/><!-- '],
    ['with a foreign end', '<row></c>'],
    ['with one end too many', '<row/></row>'],
    ['with two roots', '<row/><row/>'],
    ['with nothing', ''],
    ['with text behind it', '<row/>x'],
    ['with an attribute without value', '<row r></row>'],
    ['with an attribute without marks', '<row r=1/>'],
    ['with a tag in an attribute', '<row r="<c>"/>'],
    ['with an unknown reference', '<v>&a9;</v>'],
    ['with an open reference', '<v>a & b</v>'],
    ['with a reference to nothing', '<v>&#0;</v>'],
    ['with half a pair', '<v>&#xD83D;</v>'],
    ['with a NUL', '<v>\0</v>'],
    ['with bytes that are no UTF-8', Buffer.from([0x3c, 0x76, 0x3e, 0xff, 0x3c, 0x2f, 0x76, 0x3e])],
    ['too deep', '<c>'.repeat(100)],
    ['with a thousand attributes', `<row ${'a="1" '.repeat(1000)}/>`],
    ['with a tag that does not end', `<row r="${'x'.repeat(600_000)}`],
  ])('is damaged %s', (_, xml) => {
    expect(() => tokensOf(xml)).toThrow(new SpreadsheetError('damaged', { part: 'part' }))
  })

  it.each([
    '<!DOCTYPE row><row/>',
    '<!DOCTYPE r [<!ENTITY a "b">]><row>&a;</row>',
    '<row><!ELEMENT a></row>',
  ])('declares nothing: %s', (xml) => {
    for (const pieceBytes of [1, 4, 65_536])
      expect(() => tokensOf(xml, pieceBytes)).toThrow(new SpreadsheetError('doctype', { part: 'part' }))
  })

  it('reads digits as a number only where nothing is lost', () => {
    const digits = (text: string) => {
      const scanner = new XmlScanner('part')
      scanner.push(Buffer.from(`<v>${text}</v>`))
      scanner.next()
      scanner.next()
      return scanner.textDigits()
    }
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 15n - 1n }), (value) => {
        expect(digits(String(value))).toBe(Number(value))
      }),
    )
    for (const text of ['007', '-1', '1.5', '1e3', '1234567890123456', '１']) expect(digits(text)).toBe(-1)
  })
})

describe('a text of a workbook', () => {
  it.each([
    ['a_x000D_b', 'a\rb'],
    ['_x005F_x000D_', '_x000D_'],
    ['_x000d_', '\r'],
    ['_xD83D__xDE00_', '😀'],
    ['_xD83D_', '\ufffd'],
    ['a_x0000_', 'a\ufffd'],
    ['_x00_', '_x00_'],
    ['_x000D', '_x000D'],
  ])('%s is without its escapes %j', (text, expected) => {
    expect(unescapeText(text)).toBe(expected)
  })
})
