import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { heldNumber, hire } from '../../../test/builders/numbers.ts'
import { ledgerOf } from '../../../test/builders/people.ts'
import { addSystem, addWorkAccount } from '../../../test/builders/tasks.ts'
import { bodyOf, createCompany, type TestCompany, tokenFor } from '../../../test/builders.ts'
import { type Answer, openWorld, type World } from '../../../test/world.ts'

let world: World
let company: TestCompany
let anna: string
let bela: string
beforeAll(async () => {
  world = await openWorld()
})
beforeEach(async () => {
  company = await createCompany(world)
  anna = await hire(company, 'Anna')
  bela = await hire(company, 'Béla')
})
afterAll(() => world.close())

function passOn(workAccountId: string, wish: object): Promise<Answer> {
  return company.owner.post(`/v1/work-accounts/${workAccountId}/pass-on`, wish)
}

function attest(workAccountId: string, wish: object): Promise<Answer> {
  return company.owner.post(`/v1/work-accounts/${workAccountId}/attest`, { note: 'I looked', ...wish })
}

async function read(workAccountId: string): Promise<Answer['body']> {
  return bodyOf(await company.owner.get(`/v1/work-accounts/${workAccountId}`), 200)
}

async function observe(taskId: string): Promise<Answer['body']> {
  return bodyOf(await company.owner.post(`/v1/tasks/${taskId}/observe`, { how: 'read_back' }), 200)
}

describe('passing an account on', () => {
  it('WRK-3 opens a task for who gets it, and changes the holder only when somebody saw it done', async () => {
    const { workAccountId, systemName, login } = await addWorkAccount(company, { holderId: anna })
    const { taskId, account } = bodyOf(await passOn(workAccountId, { toMemberId: bela }), 201)
    expect(account).toMatchObject({ holderId: anna, openTaskId: taskId })
    const belasClient = await tokenFor(world, company, bela)
    const task = bodyOf(await belasClient.get(`/v1/tasks/${taskId}`), 200)
    expect(task).toMatchObject({
      kind: 'work_account.pass_on',
      title: `Take over ${login} at ${systemName}`,
      forName: 'Béla',
      isPersonal: false,
    })
    expect(task.instructions.steps[0].text).toContain('Anna')
    const chinese = belasClient.with({ 'accept-language': 'zh-CN' })
    expect(bodyOf(await chinese.get(`/v1/tasks/${taskId}`), 200).title).toBe(
      `接管 ${systemName} 的账号 ${login}`,
    )
    bodyOf(await belasClient.post(`/v1/tasks/${taskId}/claim`, { note: 'I am in' }), 200)
    expect(await read(workAccountId)).toMatchObject({ holderId: anna, openTaskId: taskId })
    await observe(taskId)
    const after = await read(workAccountId)
    expect(after).toMatchObject({ holderId: bela, holderName: 'Béla', state: 'held', openTaskId: null })
    expect(after.holders.map((one: { holderName: string }) => one.holderName)).toEqual(['Béla', 'Anna'])
    expect(after.holders[1].to).toBe(after.holders[0].from)
    expect(await ledgerOf(company, workAccountId)).toEqual(['work_account.passed_on', 'work_account.added'])
  })

  it('WRK-6 shows the company’s own words as steps', async () => {
    const { systemId } = await addSystem(company, { passOnInstructions: 'Call the bank\nBring the stamp' })
    const number = await heldNumber(company, anna)
    const { workAccountId } = await addWorkAccount(company, {
      systemId,
      holderId: anna,
      numberId: number.numberId,
    })
    const { taskId } = bodyOf(await passOn(workAccountId, { toMemberId: bela }), 201)
    const { steps } = bodyOf(await company.owner.get(`/v1/tasks/${taskId}`), 200).instructions
    expect(steps.map((step: { text: string }) => step.text).slice(1)).toEqual([
      'Call the bank',
      'Bring the stamp',
    ])
    expect(steps[0].text).toContain(number.e164)
  })

  it('lets the company keep or close it, by a task for any Admin or a person without an account', async () => {
    const one = await addWorkAccount(company, { holderId: anna })
    const parking = bodyOf(await passOn(one.workAccountId, { way: 'park' }), 201)
    expect(bodyOf(await company.owner.get(`/v1/tasks/${parking.taskId}`), 200).forName).toBeNull()
    await observe(parking.taskId)
    expect(await read(one.workAccountId)).toMatchObject({ holderId: null, state: 'held' })
    expect((await passOn(one.workAccountId, { way: 'park' })).body.code).toBe('work_account.kept_already')
    const closing = bodyOf(
      await passOn(one.workAccountId, { way: 'end', forName: 'Carl', forContact: '+49 30 1' }),
      201,
    )
    await observe(closing.taskId)
    expect(await read(one.workAccountId)).toMatchObject({ state: 'closed', holderId: null })
    expect((await passOn(one.workAccountId, { toMemberId: bela })).body.code).toBe(
      'work_account.not_in_state',
    )
    expect(await ledgerOf(company, one.workAccountId)).toEqual([
      'work_account.closed',
      'work_account.parked',
      'work_account.added',
    ])
  })

  it('is refused while something is under way, to who has it, and to who is not active', async () => {
    const { workAccountId } = await addWorkAccount(company, { holderId: anna })
    expect((await passOn(workAccountId, { toMemberId: anna })).body).toMatchObject({
      code: 'work_account.already_held',
      name: 'Anna',
    })
    bodyOf(await company.owner.patch(`/v1/members/${bela}`, { status: 'suspended' }), 200)
    expect((await passOn(workAccountId, { toMemberId: bela })).body.code).toBe('work_account.member_left')
    expect((await passOn(workAccountId, {})).status).toBe(400)
    const { taskId } = bodyOf(await passOn(workAccountId, { way: 'end' }), 201)
    expect((await passOn(workAccountId, { way: 'park' })).body).toMatchObject({
      code: 'work_account.task_open',
      taskId,
    })
    expect((await attest(workAccountId, { outcome: 'closed' })).body.code).toBe('work_account.task_open')
    expect((await company.owner.delete(`/v1/work-accounts/${workAccountId}`)).body.code).toBe(
      'work_account.has_history',
    )
    bodyOf(await company.owner.post(`/v1/tasks/${taskId}/cancel`, { reason: 'x' }), 200)
    expect(await read(workAccountId)).toMatchObject({ holderId: anna, state: 'held', openTaskId: null })
  })

  it('does not take effect where the one who was to get it has left meanwhile', async () => {
    const { workAccountId } = await addWorkAccount(company, { holderId: anna })
    const { taskId } = bodyOf(
      await passOn(workAccountId, { toMemberId: bela, forMemberId: company.ownerMemberId }),
      201,
    )
    bodyOf(await company.owner.patch(`/v1/members/${bela}`, { status: 'left' }), 200)
    const refused = await company.owner.post(`/v1/tasks/${taskId}/observe`, { how: 'read_back' })
    expect(refused.body.code).toBe('work_account.member_left')
    expect(bodyOf(await company.owner.get(`/v1/tasks/${taskId}`), 200).state).toBe('planned')
  })

  it('can be attested with a note where no task is under way', async () => {
    const { workAccountId } = await addWorkAccount(company, { holderId: anna })
    const moved = bodyOf(await attest(workAccountId, { outcome: 'passed_on', toMemberId: bela }), 200)
    expect(moved.holderId).toBe(bela)
    expect((await attest(workAccountId, { outcome: 'released' })).body.code).toBe('work_account.not_wecom')
    bodyOf(await attest(workAccountId, { outcome: 'parked' }), 200)
    expect((await attest(workAccountId, { outcome: 'parked' })).body.code).toBe('work_account.kept_already')
    bodyOf(await attest(workAccountId, { outcome: 'closed' }), 200)
    expect((await company.owner.patch(`/v1/work-accounts/${workAccountId}`, { login: 'y' })).body.code).toBe(
      'work_account.not_in_state',
    )
  })
})

describe('a WeCom account', () => {
  async function wecom(wish: object = {}) {
    const number = await heldNumber(company, anna)
    const account = await addWorkAccount(company, {
      systemKind: 'wecom',
      login: 'anna.w',
      holderId: anna,
      numberId: number.numberId,
      ...wish,
    })
    return { ...number, workAccountId: account.workAccountId as string }
  }

  it('WRK-5 S000 solution 1: its person deletes it, with a wait, and somebody confirms that it is gone', async () => {
    const { workAccountId, numberId } = await wecom()
    const { taskId } = bodyOf(await passOn(workAccountId, { way: 'end' }), 201)
    const annasClient = await tokenFor(world, company, anna)
    const task = bodyOf(await annasClient.get(`/v1/tasks/${taskId}`), 200)
    expect(task).toMatchObject({ kind: 'work_account.delete', forMemberId: anna, isPersonal: true })
    expect(task.instructions.steps[1].paths.zh).toBe('设置 > 账号与安全 > 企业微信安全中心 > 注销账号')
    const held = bodyOf(await company.owner.get(`/v1/members/${anna}`), 200).holdings
    expect(held.some((holding: { kind: string }) => holding.kind === 'task')).toBe(false)
    bodyOf(await annasClient.post(`/v1/tasks/${taskId}/claim`, { note: 'Done', consent: true }), 200)
    await observe(taskId)
    const waiting = await read(workAccountId)
    expect(waiting).toMatchObject({ state: 'deletion_requested', holderId: anna, numberId })
    expect(Date.parse(waiting.deletionUntil) - world.clock.now().getTime()).toBeCloseTo(15 * 86_400_000, -5)
    const confirm = bodyOf(await company.owner.get(`/v1/tasks/${waiting.openTaskId}`), 200)
    expect(confirm).toMatchObject({ kind: 'work_account.confirm_deleted', forMemberId: null })
    expect(confirm.instructions.why).toContain(waiting.deletionUntil.slice(0, 10))
    await observe(waiting.openTaskId)
    expect(await read(workAccountId)).toMatchObject({ state: 'released', holderId: null, numberId: null })
    const dependents = await company.owner.get(`/v1/numbers/${numberId}/dependents`)
    expect(bodyOf(dependents, 200).dependents).toEqual([])
    expect(await ledgerOf(company, workAccountId)).toEqual([
      'work_account.released',
      'work_account.deletion_requested',
      'work_account.added',
    ])
  })

  it('WRK-5 S000 solution 2: the successor takes the number over, into the own account', async () => {
    const { workAccountId, numberId, e164 } = await wecom()
    const own = await addWorkAccount(company, { systemKind: 'wecom', login: 'bela.w', holderId: bela })
    const { taskId } = bodyOf(await passOn(workAccountId, { toMemberId: bela }), 201)
    const task = bodyOf(await company.owner.get(`/v1/tasks/${taskId}`), 200)
    expect(task).toMatchObject({ title: `Take over ${e164} at WeCom by Change Mobile`, forName: 'Béla' })
    await observe(taskId)
    expect(await read(workAccountId)).toMatchObject({ state: 'released', holderId: null, numberId: null })
    expect(await read(own.workAccountId)).toMatchObject({ holderId: bela, numberId, numberUse: 'both' })
  })

  it('WRK-5 S000 solution 2 notes the account that the successor made for it', async () => {
    const { workAccountId, numberId, e164 } = await wecom()
    const { taskId } = bodyOf(await passOn(workAccountId, { toMemberId: bela }), 201)
    await observe(taskId)
    const { items } = bodyOf(await company.owner.get(`/v1/work-accounts?holderId=${bela}`), 200)
    expect(items).toMatchObject([{ login: e164, numberId, systemKind: 'wecom', state: 'held' }])
  })

  it('WRK-5 a deletion is noted by hand, and withdrawn when its person used the account', async () => {
    const { workAccountId } = await wecom()
    const url = `/v1/work-accounts/${workAccountId}/request-deletion`
    expect((await company.owner.post(url, { until: '2020-01-01T00:00:00Z' })).body.code).toBe(
      'work_account.deletion_past',
    )
    const requested = bodyOf(await company.owner.post(url), 200)
    expect(requested).toMatchObject({ state: 'deletion_requested' })
    const reason = 'She signed in again'
    bodyOf(await company.owner.post(`/v1/tasks/${requested.openTaskId}/cancel`, { reason }), 200)
    const back = bodyOf(await attest(workAccountId, { outcome: 'deletion_withdrawn' }), 200)
    expect(back).toMatchObject({ state: 'held', deletionUntil: null, holderId: anna })
    bodyOf(await attest(workAccountId, { outcome: 'released' }), 200)
    expect((await company.owner.post(url)).body.code).toBe('work_account.not_in_state')
  })

  it('WRK-5 is neither kept nor closed, and only it is deleted with a wait', async () => {
    const { workAccountId } = await wecom()
    expect((await passOn(workAccountId, { way: 'park' })).body.code).toBe('work_account.wecom_personal')
    expect((await attest(workAccountId, { outcome: 'closed' })).body.code).toBe('work_account.wecom_personal')
    const without = await wecom({ login: 'b', numberId: undefined })
    expect((await passOn(without.workAccountId, { toMemberId: bela })).body.code).toBe(
      'work_account.number_missing',
    )
    const other = await addWorkAccount(company, { holderId: anna })
    const asked = await company.owner.post(`/v1/work-accounts/${other.workAccountId}/request-deletion`)
    expect(asked.body.code).toBe('work_account.not_wecom')
  })
})
