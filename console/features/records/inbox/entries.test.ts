import { describe, expect, it } from 'vitest'
import { type Conversation, chosenEntry, conversationEntry } from './entries.ts'

function talk(otherParty: string, lastAt: string, withheld: Conversation['withheld'] = null): Conversation {
  return { otherParty, otherName: null, lastAt, isOpen: false, openSince: null, withheld }
}

describe('what is chosen in an inbox', () => {
  it('tells masked conversations apart that look alike', () => {
    const [one, other] = [
      conversationEntry(talk('+49 … 78', '2026-11-22T08:00:00.000000Z', 'reason_needed')),
      conversationEntry(talk('+49 … 78', '2026-11-22T07:00:00.000000Z', 'reason_needed')),
    ]
    expect(one?.key).not.toBe(other?.key)
  })

  it('stays the same conversation once a reason was given', () => {
    const at = '2026-11-22T08:00:00.000000Z'
    const masked = conversationEntry(talk('+49 … 78', at, 'reason_needed'))
    const readable = conversationEntry(talk('+4915112345678', at))
    expect(chosenEntry([readable], masked.key)).toEqual({ key: '+4915112345678', entry: readable })
  })

  it('opens the conversation that a link names, also before it is loaded', () => {
    expect(chosenEntry([], '+4915112345678')).toEqual({ key: '+4915112345678', entry: null })
  })

  it('is nothing where a masked conversation is not there any more', () => {
    expect(chosenEntry([], '~2026-11-22T08:00:00.000000Z')).toEqual({ key: null, entry: null })
  })
})
