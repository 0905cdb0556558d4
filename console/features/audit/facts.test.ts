import { describe, expect, it } from 'vitest'
import { aboutOf, changesOf, type Entry, factsOf, gistOf } from './facts.ts'

const anna = '01935d00-0000-7000-8000-00000000000a'
const ben = '01935d00-0000-7000-8000-00000000000b'

const moved: Entry = {
  id: '01935d00-0000-7000-8000-000000000001',
  seq: 7,
  at: '2026-11-22T09:00:00.000000Z',
  action: 'number.reassigned',
  actor: { kind: 'member', id: anna, onBehalfOf: null },
  actorName: 'Anna',
  subjectKind: 'number',
  subjectId: '01935d00-0000-7000-8000-00000000000c',
  effect: { from: anna, to: ben, at: '2026-11-22T09:00:00.000000Z', history: 'hide', overrode: false },
  reason: 'Anna moves to Hamburg',
  details: { e164: '+493012345678', to: 'Ben' },
  detailsErased: false,
}

function entry(given: Partial<Entry>): Entry {
  return { ...moved, effect: {}, details: null, ...given }
}

describe('what became of a decision', () => {
  it('ALL-2 says who had a number, who got it, by the name of that day, and what became of its history', () => {
    expect(factsOf(moved)).toEqual([
      { label: 'fact.from', value: { kind: 'person', id: anna, name: null } },
      { label: 'fact.to', value: { kind: 'person', id: ben, name: 'Ben' } },
      { label: 'fact.history', value: { kind: 'common', word: 'history.hide' } },
    ])
    expect(aboutOf(moved)).toMatchObject({ kind: 'number', label: '+493012345678' })
    expect(gistOf(moved)).toMatchObject({ label: 'fact.to' })
  })

  it('says that nobody has a number that was taken back', () => {
    const parked = entry({ action: 'number.parked', effect: { from: anna, to: null } })
    expect(factsOf(parked)[1]).toEqual({ label: 'fact.to', value: { kind: 'common', word: 'nobody' } })
  })

  it('says a cool-down that was overridden, and is silent about one that was not', () => {
    const overridden = entry({ effect: { overrode: true } })
    expect(factsOf(overridden)).toEqual([
      { label: 'fact.overrode', value: { kind: 'own', word: 'value.yes' } },
    ])
    expect(factsOf(entry({ effect: { overrode: false } }))).toEqual([])
  })

  it('reads from and to as roles, as states, or as a stretch of time, after what was decided', () => {
    const person = { subjectKind: 'member', details: { name: 'Anna' } }
    const role = entry({ ...person, action: 'member.role_changed', effect: { from: 'member', to: 'admin' } })
    expect(factsOf(role)).toEqual([
      { label: 'fact.before', value: { kind: 'common', word: 'role.member' } },
      { label: 'fact.after', value: { kind: 'common', word: 'role.admin' } },
    ])
    const status = entry({ ...person, action: 'member.leaving', effect: { from: 'active', to: 'leaving' } })
    expect(factsOf(status)[1]?.value).toEqual({ kind: 'common', word: 'status.leaving' })
    expect([gistOf(role)?.label, gistOf(status)]).toEqual(['fact.after', null])
    const exported = entry({
      action: 'records.exported',
      effect: { format: 'csv', from: '2026-01-01T00:00:00.000000Z', to: null },
    })
    expect(factsOf(exported).map(({ label }) => label)).toEqual(['fact.since', 'fact.format'])
  })

  it('counts licences and the moves of a batch, which the ledger both calls total', () => {
    const licences = entry({
      action: 'licences.changed',
      subjectKind: 'company',
      effect: { before: 10, total: 30, used: 4 },
    })
    expect(factsOf(licences).map(({ label }) => label)).toEqual([
      'fact.licencesBefore',
      'fact.licences',
      'fact.used',
    ])
    const batch = entry({ action: 'operation.begun', subjectKind: 'operation', effect: { total: 12 } })
    expect(gistOf(batch)).toEqual({ label: 'fact.total', value: { kind: 'count', count: 12 } })
  })

  it('shows what was changed about a person field by field, and what was taken away', () => {
    const changed = entry({
      action: 'member.updated',
      subjectKind: 'member',
      details: {
        before: { name: 'Anna', title: 'Sales', email: null },
        after: { name: 'Anna B', title: null, email: null },
      },
    })
    expect(changesOf(changed)).toEqual([
      { field: 'name', before: 'Anna', after: 'Anna B' },
      { field: 'title', before: 'Sales', after: null },
    ])
    expect(aboutOf(changed).label).toBe('Anna B')
  })

  it('looks into the own fields of a number, and names a destination that was set', () => {
    const number = entry({
      details: {
        before: { label: null, fields: { sim: '1' } },
        after: { label: null, fields: { sim: '2' } },
      },
    })
    expect(changesOf(number)).toEqual([{ field: 'sim', before: '1', after: '2' }])
    const rerouted = entry({ details: { before: null, after: 'sip:li@pbx.example.com' } })
    expect(changesOf(rerouted)).toEqual([
      { field: 'destination', before: null, after: 'sip:li@pbx.example.com' },
    ])
  })

  it('ALL-7 says of a hold and of a request what they are about', () => {
    const hold = entry({
      action: 'hold.placed',
      subjectKind: 'hold',
      effect: { subjectKind: 'member', subjectId: anna },
    })
    expect(aboutOf(hold)).toEqual({ kind: 'member', id: anna, label: null })
  })

  it('says of a file that was added to a record whose number it is', () => {
    const added = entry({
      action: 'media.added',
      subjectKind: 'record',
      effect: { numberId: moved.subjectId, byteCount: 15_244 },
      details: { fileName: 'voicemail-2.wav' },
    })
    expect(aboutOf(added)).toMatchObject({ kind: 'number', id: moved.subjectId })
    expect(factsOf(added).map(({ label }) => label)).toEqual(['fact.fileName', 'fact.byteCount'])
  })

  it('leaves to the raw entry what there are no words for', () => {
    expect(factsOf(entry({ action: 'number.painted', effect: { colour: 'red' } }))).toEqual([])
  })
})
