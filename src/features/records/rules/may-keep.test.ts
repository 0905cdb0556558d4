import { describe, expect, it } from 'vitest'
import { Refusal } from '../../../kernel/refusal.ts'
import { decideMediaType, rangeOf, refuseDeclared } from './may-keep.ts'

function codeOf(work: () => unknown): unknown {
  try {
    return work() ?? null
  } catch (error) {
    if (error instanceof Refusal) return error.code
    throw error
  }
}

describe('what a file is kept as', () => {
  it.each([
    [null, 'audio/mpeg', 'audio/mpeg'],
    ['application/octet-stream', 'image/png', 'image/png'],
    ['audio/mp3', 'audio/mpeg', 'audio/mpeg'],
    ['audio/x-wav', 'audio/wav', 'audio/wav'],
    ['audio/opus', 'audio/ogg', 'audio/ogg'],
    ['audio/ogg', 'audio/ogg', 'audio/ogg'],
    ['audio/mp4', 'video/mp4', 'audio/mp4'],
    ['video/mp4', 'audio/x-m4a', 'video/mp4'],
    [null, 'audio/x-m4a', 'audio/mp4'],
    ['image/png', 'image/jpeg', 'media.type_mismatch'],
    ['audio/mpeg', 'application/pdf', 'media.type_mismatch'],
    ['audio/mp4', 'audio/mpeg', 'media.type_mismatch'],
    ['image/png', null, 'media.type_not_allowed'],
    [null, null, 'media.type_not_allowed'],
    [null, 'application/xml', 'media.type_not_allowed'],
    ['image/png', 'application/zip', 'media.type_not_allowed'],
  ])('declared as %s and found to be %s: %s', (declared, found, expected) => {
    expect(codeOf(() => decideMediaType(declared, found))).toBe(expected)
  })

  it.each([
    [null, null],
    ['application/octet-stream', null],
    ['audio/amr', null],
    ['image/svg+xml', 'media.type_not_allowed'],
    ['text/html', 'media.type_not_allowed'],
    ['application/json', 'media.type_not_allowed'],
    ['audio/midi', 'media.type_not_allowed'],
    ['video/quicktime', 'media.type_not_allowed'],
    ['constructor', 'media.type_not_allowed'],
  ])('declared as %s, before it is read: %s', (declared, expected) => {
    expect(codeOf(() => refuseDeclared(declared))).toBe(expected)
  })
})

describe('a range of bytes', () => {
  it.each([
    [null, null],
    ['bytes=0-9', { start: 0, end: 9 }],
    ['bytes=0-0', { start: 0, end: 0 }],
    ['bytes=90-', { start: 90, end: 99 }],
    ['bytes=-5', { start: 95, end: 99 }],
    ['bytes=-500', { start: 0, end: 99 }],
    ['bytes=50-500', { start: 50, end: 99 }],
    ['bytes=5-4', null],
    ['bytes=-', null],
    ['bytes=0-1,4-5', null],
    ['lines=0-1', null],
    ['bytes=a-b', null],
    ['bytes=100-', 'media.range_invalid'],
    ['bytes=100-200', 'media.range_invalid'],
    ['bytes=-0', 'media.range_invalid'],
  ])('%s of 100 bytes', (header, expected) => {
    expect(codeOf(() => rangeOf(header, 100))).toEqual(expected)
  })
})
