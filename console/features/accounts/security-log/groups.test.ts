import { expect, it } from 'vitest'
import { isIn } from './groups.ts'

it.each([
  ['signed_in', ['all', 'sign_ins']],
  ['identifier_bound', ['all', 'ways']],
  ['passkey_removed', ['all', 'ways']],
  ['deletion_asked', ['all', 'account']],
] as const)('%s is shown among %j', (kind, expected) => {
  const shown = (['all', 'sign_ins', 'ways', 'account'] as const).filter((group) => isIn(group, { kind }))
  expect(shown).toEqual(expected)
})
