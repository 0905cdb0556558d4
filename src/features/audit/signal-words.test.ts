import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { root } from '../../../tools/run.ts'
import { signalOf, signalWords } from './signal-words.ts'

describe('security signals in the stream of events', () => {
  it('have words for every action that accounts signal', () => {
    const source = readFileSync(path.join(root, 'src/features/accounts/service/signals.ts'), 'utf8')
    const declared = source.slice(
      source.indexOf('type SignalAction'),
      source.indexOf('export interface Signal '),
    )
    const actions = [...declared.matchAll(/'(account\.\w+)'/g)].map((found) => found[1])
    expect(actions.length).toBeGreaterThan(7)
    expect(actions.filter((action) => signalWords[action ?? ''] === undefined)).toEqual([])
  })

  it('are of RISC or CAEP, and name the member and nothing else', () => {
    expect(signalOf('account.identifier_recycled', 'm-1')).toEqual({
      type: 'https://schemas.openid.net/secevent/risc/event-type/identifier-recycled',
      subject: { format: 'opaque', id: 'm-1' },
    })
    expect(signalOf('account.identifier_bound', 'm-1')).toMatchObject({ changeType: 'create' })
    expect(signalOf('account.identifier_unbound', 'm-1')).toMatchObject({ changeType: 'revoke' })
    for (const { type } of Object.values(signalWords))
      expect(type).toMatch(/^https:\/\/schemas\.openid\.net\/secevent\/(risc|caep)\/event-type\/[a-z-]+$/)
  })

  it('are none for other decisions', () => {
    for (const action of ['number.reassigned', 'session.opened', 'account.deletion_asked', 'constructor'])
      expect(signalOf(action, 'm-1')).toBeNull()
  })
})
