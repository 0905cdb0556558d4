import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type CursorKey, decodeCursor, encodeCursor } from './cursor.ts'

const id = '01a1f0e2-7c00-7abc-8def-0123456789ab'
const list = 'members:name'

describe('a cursor of a list', () => {
  it('leads back to the same place, whatever the name of the last entry', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (name) => {
        fc.pre(!name.includes('\0'))
        expect(decodeCursor(list, encodeCursor(list, [name, id]), ['text', 'id'])).toEqual([name, id])
      }),
      { seed: 1 },
    )
  })

  it('travels in an address without being escaped', () => {
    expect(encodeCursor(list, ['王小明 ~~~???', id])).toMatch(/^[A-Za-z0-9_-]+$/)
  })

  it.each<[string, string]>([
    ['of another list', encodeCursor('numbers:e164', ['a', id])],
    ['of another order of the same list', encodeCursor('members:-name', ['a', id])],
    ['with another number of keys', encodeCursor(list, [id])],
    ['with a key that is no text', plain(`["${list}",1,"${id}"]`)],
    ['that is no JSON', plain('hello')],
    ['that is no list', plain('{"a":1}')],
    ['that is no base64', '%%%'],
    ['with broken UTF-8', plain(`["${list}","\xff","${id}"]`)],
    ['with an id that is none', encodeCursor(list, ['a', 'b'])],
    ['with a NUL, which a database cannot hold', encodeCursor(list, ['\0', id])],
    ['that is too long', encodeCursor(list, ['a'.repeat(600), id])],
    ['that is empty', ''],
  ])('is refused when it is one %s', (_, text) => {
    expect(decodeCursor(list, text, ['text', 'id'])).toBeNull()
  })

  it.each<[CursorKey, string, boolean]>([
    ['instant', '2028-02-29T23:59:59.000001Z', true],
    ['instant', '2027-02-29T23:59:59.000001Z', false],
    ['instant', '2027-02-28T24:00:00.000000Z', false],
    ['instant', '2027-02-28T12:00:00Z', false],
    ['instant', 'yesterday', false],
    ['number', '-12', true],
    ['number', '12; drop', false],
    ['number', '1'.repeat(16), false],
    ['id', id.toUpperCase(), false],
  ])('takes as %s the key %s: %s', (form, key, taken) => {
    expect(decodeCursor(list, encodeCursor(list, [key]), [form])).toEqual(taken ? [key] : null)
  })
})

function plain(binary: string): string {
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
}
