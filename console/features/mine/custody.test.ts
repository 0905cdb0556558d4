import { QueryClient } from '@tanstack/react-query'
import { describe, expect, it } from 'vitest'
import { forgetNumber, leavingNotice, wayOf } from './custody.ts'

const at = '2026-11-22T08:00:00.000000Z'

function notice(kind: string, numberId: string, cause = 'reassigned') {
  return {
    noticeId: `${kind} ${numberId}`,
    kind,
    numberId,
    e164: '+493012345601',
    cause,
    at,
    taskId: null,
    handoverId: null,
    memberId: null,
    memberName: null,
    readAt: null,
  }
}

describe('the statement about a number that went', () => {
  it('gives the time of the move as the notice has it, not the time it was seen', () => {
    const gone = { noticedAt: '2026-11-22T09:30:00.000Z', isSeen: false }
    expect(wayOf(gone, notice('number.left_you', 'n'))).toEqual({ word: 'gone.reassigned', at })
    expect(wayOf(gone, notice('number.left_you', 'n', 'parked'))).toEqual({ word: 'gone.parked', at })
  })

  it('does without a notice as long as none has come', () => {
    expect(wayOf({ noticedAt: at, isSeen: false }, null)).toEqual({ word: 'gone.left', at })
    expect(wayOf({ noticedAt: null, isSeen: false }, null)).toEqual({ word: 'gone.never', at: null })
  })

  it('takes no notice of another number, nor one from before the number came back', () => {
    expect(leavingNotice([notice('number.left_you', 'other')], 'n')).toBeNull()
    const newestFirst = [notice('number.came_to_you', 'n'), notice('number.left_you', 'n')]
    expect(leavingNotice(newestFirst, 'n')).toBeNull()
  })
})

describe('NUM-6 what the console remembers of a number that went', () => {
  it('is gone: the number, its records, and lists that name it; others and notices stay', () => {
    const client = new QueryClient()
    client.setQueryData(['acme', 'getNumber', { params: { numberId: 'n-1' } }], { e164: '+493012345601' })
    client.setQueryData(['acme', 'listNumberRecords', { params: { numberId: 'n-1' } }, 50], { pages: [] })
    client.setQueryData(['acme', 'listNumbers', {}, 50], { pages: [{ items: [{ numberId: 'n-1' }] }] })
    client.setQueryData(['acme', 'getNumber', { params: { numberId: 'n-2' } }], { numberId: 'n-2' })
    client.setQueryData(['acme', 'listNotices', {}], { items: [{ numberId: 'n-1' }] })
    forgetNumber(client, 'acme', 'n-1')
    const left = client.getQueryCache().getAll()
    expect(left.map(({ queryKey }) => queryKey[1])).toEqual(['getNumber', 'listNotices'])
  })
})
