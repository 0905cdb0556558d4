import { describe, expect, it } from 'vitest'
import { MemberStatus } from '../people/model.ts'
import { ringsAt } from './rules.ts'

const e164 = '+493012345678'
const parkAnnouncement = 'announcement:unavailable'
const announcement = { kind: 'announcement', target: parkAnnouncement }

describe('where a number rings', () => {
  it.each([
    ['sip:li@pbx.example.com', 'sip'],
    ['sips:li@pbx.example.com', 'sip'],
    ['+4930123456', 'phone'],
  ])('an active holder is called at %s', (destination, kind) => {
    expect(ringsAt({ e164, holderStatus: 'active', destination, parkAnnouncement })).toEqual({
      kind,
      target: destination,
    })
  })

  it.each(MemberStatus.options.filter((status) => status !== 'active'))(
    'HAN-3 callers of a holder who is %s hear the announcement',
    (holderStatus) => {
      const destination = 'sip:li@pbx.example.com'
      expect(ringsAt({ e164, holderStatus, destination, parkAnnouncement })).toEqual(announcement)
    },
  )

  it('callers of a parked number, or of a holder without a destination, hear the announcement', () => {
    expect(ringsAt({ e164, holderStatus: null, destination: null, parkAnnouncement })).toEqual(announcement)
    expect(ringsAt({ e164, holderStatus: 'active', destination: null, parkAnnouncement })).toEqual(
      announcement,
    )
  })

  it('NUM-6 callers of a holder whose calls ring at the number itself hear the announcement, not a circle', () => {
    expect(ringsAt({ e164, holderStatus: 'active', destination: e164, parkAnnouncement })).toEqual(
      announcement,
    )
  })
})
