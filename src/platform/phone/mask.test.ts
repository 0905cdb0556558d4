import { describe, expect, it } from 'vitest'
import { maskOtherParty } from './mask.ts'

describe('the other side, masked', () => {
  it.each([
    ['+8613800138034', '+86 … 34'],
    ['+4930123456', '+49 … 56'],
    ['+1 202 555 0147', '+1 … 47'],
    ['+99912345678', '… 78'],
    ['10086', '… 86'],
    ['110', '…'],
    ['招商银行', '招…'],
    ['Taxi 24', 'T…'],
    ['🚕 Taxi', '🚕…'],
    ['+49 Anna', '+…'],
  ])('%s is shown as %s', (otherParty, masked) => {
    expect(maskOtherParty(otherParty)).toBe(masked)
  })
})
