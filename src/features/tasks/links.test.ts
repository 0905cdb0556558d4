import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { samples } from '../../../test/builders/media.ts'
import { hire } from '../../../test/builders/numbers.ts'
import { ledgerOf } from '../../../test/builders/people.ts'
import { addWorkAccount, openTask } from '../../../test/builders/tasks.ts'
import { bodyOf, createCompany, type TestCompany } from '../../../test/builders.ts'
import { openWorld, type World } from '../../../test/world.ts'

let world: World
let company: TestCompany
let anna: string
beforeAll(async () => {
  world = await openWorld()
})
beforeEach(async () => {
  company = await createCompany(world, { name: 'Acme 有限公司' })
  anna = await hire(company, 'Anna')
})
afterAll(() => world.close())

async function linked(wish: object = {}, hours?: number) {
  const task = await openTask(company, anna, { forName: 'Carl', forContact: 'carl@example.com', ...wish })
  const made = await company.owner.post(
    `/v1/tasks/${task.taskId}/links`,
    hours ? { expiresInHours: hours } : {},
  )
  return { taskId: task.taskId as string, ...bodyOf(made, 201) }
}

describe('a link to a task', () => {
  it('shows this task to a person without an account, in their language, and nothing else', async () => {
    const { token, path } = await linked()
    expect(path).toBe(`/task#link=${token}`)
    const seen = bodyOf(await world.anonymous.get(`/v1/task-links/${token}`), 200)
    expect(seen).toMatchObject({
      companyName: 'Acme 有限公司',
      forName: 'Carl',
      title: 'Fetch the laptop',
      state: 'planned',
    })
    expect(Object.keys(seen).sort()).toEqual(
      [
        'companyName',
        'dueAt',
        'evidence',
        'expiresAt',
        'forName',
        'instructions',
        'isOverdue',
        'link',
        'state',
        'title',
      ].sort(),
    )
    const chinese = world.anonymous.with({ 'accept-language': 'zh-CN' })
    const inChinese = bodyOf(await chinese.get(`/v1/task-links/${token}`), 200)
    expect(inChinese.instructions.evidence).toBe('说明办理情况的备注，或截图。')
  })

  it('is used up by the claim, which the company sees', async () => {
    const { token, taskId } = await linked()
    const claimed = await world.anonymous.post(`/v1/task-links/${token}/claim`, { note: 'I have it' })
    expect(bodyOf(claimed, 200)).toMatchObject({ state: 'claimed' })
    for (const answer of [
      await world.anonymous.get(`/v1/task-links/${token}`),
      await world.anonymous.post(`/v1/task-links/${token}/claim`, { note: 'again' }),
    ]) {
      expect(answer).toMatchObject({ status: 404, body: { code: 'task_link.invalid' } })
    }
    const task = bodyOf(await company.owner.get(`/v1/tasks/${taskId}`), 200)
    expect(task).toMatchObject({ state: 'claimed', claimedBy: 'system:task link', claimNote: 'I have it' })
    expect(task.linkExpiresAt).toBeNull()
    expect(await ledgerOf(company, taskId)).toEqual(['task.claimed', 'task.link_made', 'task.opened'])
  })

  it('counts for the member whom the task is for', async () => {
    const task = await openTask(company, anna, { forMemberId: anna })
    const { token } = bodyOf(await company.owner.post(`/v1/tasks/${task.taskId}/links`), 201)
    bodyOf(await world.anonymous.post(`/v1/task-links/${token}/claim`, { note: 'x' }), 200)
    const seen = bodyOf(await company.owner.get(`/v1/tasks/${task.taskId}`), 200)
    expect(seen.claimedByName).toBe('Anna')
  })

  it('of 64 claims at once one wins', async () => {
    const { token } = await linked()
    const answers = await Promise.all(
      Array.from({ length: 64 }, () => world.anonymous.post(`/v1/task-links/${token}/claim`, { note: 'x' })),
    )
    expect(answers.filter((answer) => answer.status === 200)).toHaveLength(1)
    expect(answers.filter((answer) => answer.body.code === 'task_link.invalid')).toHaveLength(63)
  })

  it('ends on its date, with a newer one, and with the task', async () => {
    const expired = await linked({}, 1)
    world.clock.advance({ hours: 1 })
    const replaced = await linked()
    bodyOf(await company.owner.post(`/v1/tasks/${replaced.taskId}/links`), 201)
    const cancelled = await linked()
    bodyOf(await company.owner.post(`/v1/tasks/${cancelled.taskId}/cancel`, { reason: 'x' }), 200)
    for (const { token } of [expired, replaced, cancelled]) {
      const answer = await world.anonymous.get(`/v1/task-links/${token}`)
      expect(answer).toMatchObject({ status: 404, body: { code: 'task_link.invalid' } })
    }
    const late = await company.owner.post(`/v1/tasks/${cancelled.taskId}/links`)
    expect(late.body.code).toBe('task.not_in_state')
  })

  it('ALL-1 works in no other company, and none is guessed', async () => {
    const { token } = await linked()
    const other = await createCompany(world)
    const elsewhere = token.replace(
      company.companyId.replaceAll('-', ''),
      other.companyId.replaceAll('-', ''),
    )
    for (const wrong of [elsewhere, `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`, 'nothing']) {
      const answer = await world.anonymous.get(`/v1/task-links/${wrong}`)
      expect(answer).toMatchObject({ status: 404, body: { code: 'task_link.invalid' } })
    }
    expect((await world.anonymous.get(`/v1/task-links/${token}`)).status).toBe(200)
  })

  it('is no API token', async () => {
    const { token } = await linked()
    const caller = world.client({ authorization: `Bearer ${token}` })
    expect((await caller.get('/v1/tasks')).status).toBe(401)
  })

  it('takes a file, and asks for the consent that an account deletion needs', async () => {
    const account = await addWorkAccount(company, { systemKind: 'wecom', login: 'anna.w', holderId: anna })
    const { taskId } = bodyOf(
      await company.owner.post(`/v1/work-accounts/${account.workAccountId}/pass-on`, { way: 'end' }),
      201,
    )
    const { token } = bodyOf(await company.owner.post(`/v1/tasks/${taskId}/links`), 201)
    const shown = bodyOf(await world.anonymous.get(`/v1/task-links/${token}`), 200)
    expect(shown.instructions.consent).toContain('anna.w')
    expect(shown.instructions.losses).toHaveLength(3)
    const sent = await world.anonymous.upload(
      `/v1/task-links/${token}/evidence?fileName=done.png`,
      samples.png,
      'image/png',
    )
    expect(bodyOf(sent, 201)).toMatchObject({ contentType: 'image/png', fileName: 'done.png' })
    const claim = (body: object) => world.anonymous.post(`/v1/task-links/${token}/claim`, body)
    expect((await claim({})).body.code).toBe('task.consent_missing')
    expect(bodyOf(await claim({ consent: true }), 200).state).toBe('claimed')
    const task = bodyOf(await company.owner.get(`/v1/tasks/${taskId}`), 200)
    expect(task.consentedAt).not.toBeNull()
    expect(task.evidence).toHaveLength(1)
    expect(await ledgerOf(company, taskId)).toContain('task.evidence_added')
  })
})
