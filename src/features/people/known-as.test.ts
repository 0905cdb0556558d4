import { describe, expect, it } from 'vitest'
import { knownAs } from './known-as.ts'

describe('ACC-3: what a person was known as', () => {
  it('is every name and address that the ledger keeps, once each', () => {
    const details = [
      {
        name: 'Lena Huber',
        alias: 'Leni',
        email: 'lena@b.example',
        mobile: '+8613800000001',
        destination: null,
      },
      { name: 'Lena Maier', staffCode: 'LM1', email: 'lena@a.example', mobile: null, destination: null },
      {
        before: { staffCode: 'LM1', name: 'Lena Maier', alias: 'Mai', title: 'Clerk' },
        after: { staffCode: 'LM1', name: 'Lena Huber', alias: 'Leni' },
      },
      { name: 'Lena Huber', before: '+49301', after: 'sip:lena@pbx.example' },
      { department: 'Sales' },
      null,
    ]
    expect(knownAs(details)).toEqual({
      names: ['Lena Huber', 'Leni', 'Lena Maier', 'Mai'],
      addresses: ['lena@b.example', '+8613800000001', 'lena@a.example', '+49301', 'sip:lena@pbx.example'],
    })
  })

  it('is nothing where nothing was written down', () => {
    expect(knownAs([])).toEqual({ names: [], addresses: [] })
  })
})
