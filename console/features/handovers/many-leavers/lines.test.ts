import { describe, expect, it } from 'vitest'
import { type FoundLine, linesOf, matchLine, withoutTwice } from './lines.ts'

type Member = Parameters<typeof matchLine>[1][number]

function member(part: Partial<Member>): Member {
  const anybody = {
    memberId: 'm',
    staffCode: 'x',
    name: 'Nobody',
    alias: null,
    email: null,
    status: 'active',
  }
  return { ...anybody, ...part } as Member
}

describe('a list of leavers', () => {
  it('has one person on each line, whatever else stands behind the name', () => {
    expect(linesOf('\uFEFFL001\r\n\n "Lena Vogt" ;Sales\nmia@example.com,x\n')).toEqual([
      'L001',
      'Lena Vogt',
      'mia@example.com',
    ])
  })

  it('means by a staff code or an address that one person, before any name', () => {
    const lena = member({ memberId: '1', staffCode: 'L001', name: 'Lena' })
    const other = member({ memberId: '2', staffCode: 'x2', name: 'l001' })
    expect(matchLine('l001', [other, lena])).toEqual({ member: lena, why: null })
  })

  it('means nobody where two people have the name, where it is nobody, and where they have left', () => {
    const two = [member({ memberId: '1', name: 'Lena' }), member({ memberId: '2', name: 'Lena' })]
    expect(matchLine('Lena', two).why).toBe('several')
    expect(matchLine('Mia', two).why).toBe('unknown')
    expect(matchLine('Lena', [member({ name: 'Lena', status: 'left' })]).why).toBe('hasLeft')
  })

  it('takes nobody twice', () => {
    const lena = member({ memberId: '1', name: 'Lena' })
    const line: FoundLine = { text: 'Lena', member: lena, why: null, successorId: '' }
    expect(withoutTwice([line, line]).map(({ why }) => why)).toEqual([null, 'twice'])
  })
})
