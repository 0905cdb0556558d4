import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { handOver } from '../../../test/builders/handed.ts'
import { addNumber, heldNumber, hire } from '../../../test/builders/numbers.ts'
import { ledgerOf } from '../../../test/builders/people.ts'
import {
  bindOwn,
  confirmLosses,
  joined,
  linkedNumber,
  ownPhone,
  provePhone,
} from '../../../test/builders/takeovers.ts'
import { addWorkAccount } from '../../../test/builders/tasks.ts'
import { bodyOf, createCompany, type TestCompany, tokenFor } from '../../../test/builders.ts'
import { openWorld, type World } from '../../../test/world.ts'

let world: World
let company: TestCompany
beforeAll(async () => {
  world = await openWorld()
  company = await createCompany(world, { tier: 'max' })
})
afterAll(() => world.close())

async function bindingsOf(numberId: string, client = company.owner) {
  return bodyOf(await client.get(`/v1/numbers/${numberId}/bindings`), 200)
}

async function scene() {
  const former = await joined(world, company, 'Fiona Former')
  const holder = await joined(world, company, 'Nora New')
  const number = await linkedNumber(world, company, { former, holder })
  return { former, holder, number }
}

describe('WRK-4 what hangs on a number', () => {
  it('names the own account of the holder, with its uses, and accounts outside', async () => {
    const anna = await joined(world, company, 'Anna Abt')
    const number = await bindOwn(world, company, anna)
    await addWorkAccount(company, {
      holderId: anna.memberId,
      numberId: number.numberId,
      numberUse: 'verification',
    })
    const found = await bindingsOf(number.numberId)
    expect(found).toMatchObject({ isStillLinked: false, blocksRelease: true })
    expect(found.bindings).toMatchObject([
      { kind: 'account', of: 'holder', memberName: 'Anna Abt', canLogin: true, canVerify: true },
      { kind: 'work_account', of: 'unlinked', canLogin: false, canVerify: true },
    ])
  })

  it('says nothing personal of an earlier account, to nobody', async () => {
    const { former, number } = await scene()
    const found = await bindingsOf(number.numberId)
    expect(found).toMatchObject({ isStillLinked: true, blocksRelease: false })
    expect(found.bindings).toMatchObject([{ of: 'former_member', memberId: null, memberName: null }])
    const text = JSON.stringify(found)
    for (const personal of [former.name, former.memberId, former.accountId]) {
      expect(text).not.toContain(personal)
    }
  })

  it('knows nothing of accounts of strangers, so that no company can ask which phones have an account', async () => {
    const stranger = await joined(world, await createCompany(world))
    const number = await addNumber(company)
    await ownPhone(world, stranger, number.e164)
    expect((await bindingsOf(number.numberId)).bindings).toEqual([])
  })

  it('is shown in the scope of the reader', async () => {
    const { holder, number } = await scene()
    const other = await tokenFor(world, company, await hire(company, 'Otto'))
    const path = `/v1/numbers/${number.numberId}/bindings`
    expect((await other.get(path)).status).toBe(404)
    expect((await other.get(`/v1/numbers/${number.numberId}/rebinding`)).status).toBe(404)
    const own = await tokenFor(world, company, holder.memberId)
    expect((await bindingsOf(number.numberId, own)).bindings).toHaveLength(1)
  })

  it('warns in the dry run of a reassignment and in the plan of a handover', async () => {
    const anna = await joined(world, company, 'Anna Abt')
    const number = await bindOwn(world, company, anna)
    world.clock.advance({ minutes: 31 })
    const toMemberId = await hire(company, 'Otto')
    const order = { toMemberId, dryRun: true }
    const { effect } = bodyOf(await company.owner.post(`/v1/numbers/${number.numberId}/reassign`, order), 200)
    expect(effect.dependents).toMatchObject([{ kind: 'identifier', label: 'Baton account of Anna Abt' }])
    const handed = handOver(world, company, { leaverId: anna.memberId })
    const items = await handed.items('number', { to: toMemberId })
    const [planned] = await handed.plan('number', items)
    expect(planned?.warnings).toMatchObject([
      { rule: { code: 'number.hangs' }, values: { things: 'Baton account of Anna Abt' } },
    ])
  })
})

describe('ACC-11 the chooser', () => {
  const consent = {
    by: 'Fiona Former',
    at: '2026-01-02T10:00:00Z',
    how: 'phone',
    note: 'She agreed on the phone.',
  }

  async function choose(numberId: string, wish: object = {}) {
    const conditions = { companyOwned: true, formerAvailable: false, consent: null, ...wish }
    return company.owner.post(`/v1/numbers/${numberId}/rebinding`, conditions)
  }

  async function tasksOf(rebindingId: string) {
    const { items } = bodyOf(await company.owner.get(`/v1/tasks?originId=${rebindingId}&limit=50`), 200)
    return items.reverse().map(({ kind, state }: { kind: string; state: string }) => [kind, state])
  }

  it('leads to solution 1 where the former member is available and agrees, and records the consent', async () => {
    const { former, number, holder } = await scene()
    const chosen = bodyOf(await choose(number.numberId, { formerAvailable: true, consent }), 201)
    expect(chosen).toMatchObject({
      solution: 'former_deletes',
      state: 'open',
      isStillLinked: true,
      formerMemberId: former.memberId,
      forMemberId: holder.memberId,
      consentBy: consent.by,
    })
    expect(await tasksOf(chosen.rebindingId)).toEqual([
      ['rebinding.delete_account', 'planned'],
      ['rebinding.bind_afterwards', 'planned'],
    ])
    const [taskId] = chosen.taskIds
    const { instructions } = bodyOf(await company.owner.get(`/v1/tasks/${taskId}`), 200)
    expect(JSON.stringify(instructions.steps)).toContain(
      'Settings > Account & Security > Security Center > Delete Account',
    )
    expect(await ledgerOf(company, number.numberId)).toContain('rebinding.chosen')
    const { rows } = await world.tamper(
      'select consent_how, consent_note from number_rebindings where rebinding_id = $1',
      [chosen.rebindingId],
    )
    expect(rows).toEqual([{ consent_how: 'phone', consent_note: consent.note }])
  })

  it('leads to solution 2 without a consent; Baton sees by itself when it is done', async () => {
    const { number, holder } = await scene()
    const chosen = bodyOf(await choose(number.numberId, { formerAvailable: true }), 201)
    expect(chosen).toMatchObject({ solution: 'take_over', consentBy: null })
    expect(await tasksOf(chosen.rebindingId)).toEqual([['rebinding.change_mobile', 'planned']])
    const client = await holder.signIn()
    const shown = bodyOf(await provePhone(world, client, { phone: number.e164 }), 200)
    bodyOf(await confirmLosses(client, shown), 200)
    expect(await tasksOf(chosen.rebindingId)).toEqual([['rebinding.change_mobile', 'observed']])
    const { rebinding } = bodyOf(await company.owner.get(`/v1/numbers/${number.numberId}/rebinding`), 200)
    expect(rebinding).toMatchObject({ state: 'done', isStillLinked: false })
  })

  it('has the new member invited first who has no account yet', async () => {
    const { numberId } = await heldNumber(company, await hire(company, 'Nina Newest'))
    const chosen = bodyOf(await choose(numberId), 201)
    expect(await tasksOf(chosen.rebindingId)).toEqual([
      ['rebinding.invite', 'planned'],
      ['rebinding.change_mobile', 'planned'],
    ])
  })

  it('lets a new choice take the place of the one before', async () => {
    const { number } = await scene()
    const first = bodyOf(await choose(number.numberId, { formerAvailable: true, consent }), 201)
    const second = bodyOf(await choose(number.numberId), 201)
    expect(second.solution).toBe('take_over')
    expect((await tasksOf(first.rebindingId)).map(([, state]: string[]) => state)).toEqual([
      'cancelled',
      'cancelled',
    ])
    const { rebinding } = bodyOf(await company.owner.get(`/v1/numbers/${number.numberId}/rebinding`), 200)
    expect(rebinding.rebindingId).toBe(second.rebindingId)
  })

  it.each([
    ['rebinding.not_company_owned', { companyOwned: false }],
    ['rebinding.nobody_holds', {}],
    ['rebinding.former_unknown', { formerAvailable: true, consent }],
  ])('refuses what leads nowhere (%s)', async (code, wish) => {
    const { numberId } = await addNumber(company)
    expect(await choose(numberId, wish)).toMatchObject({ status: 409, body: { code } })
  })

  it('is for Owner and Admin', async () => {
    const { number, holder } = await scene()
    const member = await tokenFor(world, company, holder.memberId)
    const conditions = { companyOwned: true, formerAvailable: false, consent: null }
    expect((await member.post(`/v1/numbers/${number.numberId}/rebinding`, conditions)).status).toBe(403)
  })
})
