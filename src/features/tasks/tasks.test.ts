import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { hire } from '../../../test/builders/numbers.ts'
import { addDepartment, ledgerOf } from '../../../test/builders/people.ts'
import { addSystem, addWorkAccount, openTask } from '../../../test/builders/tasks.ts'
import { bodyOf, createCompany, type TestCompany, tokenFor } from '../../../test/builders.ts'
import { type Client, openWorld, type World } from '../../../test/world.ts'

let world: World
let company: TestCompany
let anna: string
let annasClient: Client
beforeAll(async () => {
  world = await openWorld()
})
beforeEach(async () => {
  company = await createCompany(world)
  anna = await hire(company, 'Anna')
  annasClient = await tokenFor(world, company, anna)
})
afterAll(() => world.close())

function taskFor(memberId: string, wish: object = {}) {
  return openTask(company, memberId, { forMemberId: memberId, ...wish })
}

function noticesOf(client: Client) {
  return client
    .get('/v1/notices')
    .then((answer) => bodyOf(answer, 200).items.map((notice: { kind: string }) => notice.kind))
}

describe('a task by hand', () => {
  it('tells whoever is to do it, in steps, with a due date of a week', async () => {
    const task = await taskFor(anna, { link: 'https://it.example.com', evidence: 'A photo' })
    expect(task).toMatchObject({
      kind: 'by_hand',
      state: 'planned',
      title: 'Fetch the laptop',
      subjectLabel: 'Anna',
      forName: 'Anna',
      openedByName: 'Olivia Owner',
      link: 'https://it.example.com',
      isOverdue: false,
      mayClaim: true,
      mayObserve: true,
      instructions: {
        steps: [
          { text: 'Ask', paths: null },
          { text: 'Fetch', paths: null },
        ],
        evidence: 'A photo',
      },
    })
    expect(Date.parse(task.dueAt) - Date.parse(task.openedAt)).toBe(7 * 86_400_000)
    expect(await noticesOf(annasClient)).toEqual(['task.opened'])
    const [notice] = bodyOf(await annasClient.get('/v1/notices'), 200).items
    expect(notice).toMatchObject({ taskId: task.taskId, numberId: null, cause: 'own_words' })
    const own = bodyOf(await annasClient.get(`/v1/tasks/${task.taskId}`), 200)
    expect(own).toMatchObject({ mayClaim: true, mayObserve: false })
  })

  it('is refused for who has left, for a date that is past, and for what is not there', async () => {
    const left = await hire(company, 'Leo')
    bodyOf(await company.owner.patch(`/v1/members/${left}`, { status: 'left' }), 200)
    const wish = { subjectKind: 'member', subjectId: anna, title: 'x', instructions: 'y' }
    const post = (more: object) => company.owner.post('/v1/tasks', { ...wish, ...more })
    expect((await post({ forMemberId: left })).body).toMatchObject({ code: 'task.for_nobody_fit' })
    expect((await post({ dueAt: '2020-01-01T00:00:00Z' })).body.code).toBe('task.due_past')
    expect((await post({ subjectId: company.companyId })).status).toBe(404)
    expect((await post({ forMemberId: anna, forName: 'Carl' })).status).toBe(400)
  })

  it('may be about an account, and names it', async () => {
    const account = await addWorkAccount(company, { holderId: anna })
    const task = await openTask(company, account.workAccountId, { subjectKind: 'work_account' })
    expect(task.subjectLabel).toBe(`${account.systemName} · ${account.login}`)
    await addSystem(company)
  })
})

describe('doing a task', () => {
  it('WRK-3 a claim is shown as claimed until somebody else saw it', async () => {
    const { taskId } = await taskFor(anna)
    const claimed = bodyOf(await annasClient.post(`/v1/tasks/${taskId}/claim`, { note: 'It is here' }), 200)
    expect(claimed).toMatchObject({ state: 'claimed', claimedByName: 'Anna', claimNote: 'It is here' })
    expect(await noticesOf(company.owner)).toEqual(['task.claimed'])
    const seen = bodyOf(await company.owner.post(`/v1/tasks/${taskId}/observe`, { how: 'read_back' }), 200)
    expect(seen).toMatchObject({
      state: 'observed',
      observedByName: 'Olivia Owner',
      observedHow: 'read_back',
      nextReminderAt: null,
      mayClaim: false,
      mayObserve: false,
    })
    expect(await ledgerOf(company, taskId)).toEqual(['task.observed', 'task.claimed', 'task.opened'])
    const again = await company.owner.post(`/v1/tasks/${taskId}/observe`, { how: 'read_back' })
    expect(again).toMatchObject({ status: 409, body: { code: 'task.not_in_state' } })
  })

  it('is for whoever it is for, and for Owner and Admin', async () => {
    const bela = await tokenFor(world, company, await hire(company, 'Béla'))
    const { taskId } = await taskFor(anna)
    expect((await bela.post(`/v1/tasks/${taskId}/claim`, { note: 'x' })).status).toBe(404)
    const leadTask = await openTask(company, anna, { forName: 'Carl', forContact: '+49 30 1' })
    const auditor = await tokenFor(world, company, await hire(company, 'Audrey', { role: 'auditor' }))
    const refused = await auditor.post(`/v1/tasks/${leadTask.taskId}/claim`, { note: 'x' })
    expect(refused.body).toMatchObject({ code: 'task.not_yours', name: 'Carl' })
    bodyOf(await company.owner.post(`/v1/tasks/${leadTask.taskId}/claim`, { note: 'He told me' }), 200)
  })

  it('WRK-3 is not attested by who did it, unless there is no other Owner or Admin', async () => {
    const own = await taskFor(company.ownerMemberId)
    bodyOf(await company.owner.post(`/v1/tasks/${own.taskId}/claim`, { note: 'Done' }), 200)
    await hire(company, 'Ada Admin', { role: 'admin' })
    const how = { how: 'attested', note: 'I swear' }
    const refused = await company.owner.post(`/v1/tasks/${own.taskId}/observe`, how)
    expect(refused.body).toMatchObject({ code: 'task.own_claim', others: 'Ada Admin' })
    const alone = await createCompany(world)
    const { taskId } = await openTask(alone, alone.ownerMemberId, { forMemberId: alone.ownerMemberId })
    bodyOf(await alone.owner.post(`/v1/tasks/${taskId}/claim`, { note: 'Done' }), 200)
    expect(bodyOf(await alone.owner.post(`/v1/tasks/${taskId}/observe`, how), 200).state).toBe('observed')
  })

  it('needs something that shows it', async () => {
    const { taskId } = await taskFor(anna)
    expect((await annasClient.post(`/v1/tasks/${taskId}/claim`)).body.code).toBe('task.evidence_missing')
    const judged = await company.owner.post(`/v1/tasks/${taskId}/observe`, { how: 'evidence' })
    expect(judged.body.code).toBe('task.evidence_missing')
  })

  it('goes back to planned when it was not done after all, and ends when it is not needed', async () => {
    const { taskId } = await taskFor(anna)
    const reason = 'The laptop is still missing'
    expect((await company.owner.post(`/v1/tasks/${taskId}/reopen`, { reason })).body.code).toBe(
      'task.not_in_state',
    )
    bodyOf(await annasClient.post(`/v1/tasks/${taskId}/claim`, { note: 'x' }), 200)
    const reopened = bodyOf(await company.owner.post(`/v1/tasks/${taskId}/reopen`, { reason }), 200)
    expect(reopened).toMatchObject({ state: 'planned', claimedBy: null, endReason: reason })
    bodyOf(await company.owner.post(`/v1/tasks/${taskId}/cancel`, { reason: 'Never mind' }), 200)
    expect(await noticesOf(annasClient)).toEqual(['task.cancelled', 'task.reopened', 'task.opened'])
    expect((await ledgerOf(company, taskId)).slice(0, 2)).toEqual(['task.cancelled', 'task.reopened'])
  })

  it('of 32 claims at once one counts', async () => {
    const { taskId } = await taskFor(anna)
    const answers = await Promise.all(
      Array.from({ length: 32 }, () => annasClient.post(`/v1/tasks/${taskId}/claim`, { note: 'x' })),
    )
    expect(answers.filter((answer) => answer.status === 200)).toHaveLength(1)
    expect(answers.filter((answer) => answer.body.code === 'task.not_in_state')).toHaveLength(31)
  })

  it('knows the version that its reader saw', async () => {
    const { taskId, version } = await taskFor(anna)
    bodyOf(await annasClient.post(`/v1/tasks/${taskId}/claim`, { note: 'x' }), 200)
    const late = company.owner.with({ 'if-match': `"${version}"` })
    expect((await late.post(`/v1/tasks/${taskId}/observe`, { how: 'read_back' })).body.code).toBe(
      'version.changed',
    )
  })
})

describe('the list of tasks', () => {
  it('is narrowed, and ordered by age or due date, page by page', async () => {
    const bela = await hire(company, 'Béla')
    const inDays = (days: number) => new Date(world.clock.now().getTime() + days * 86_400_000).toISOString()
    const late = await taskFor(anna, { dueAt: inDays(20) })
    const soon = await taskFor(anna, { dueAt: inDays(2) })
    const others = await taskFor(bela, { dueAt: inDays(5) })
    bodyOf(await annasClient.post(`/v1/tasks/${late.taskId}/claim`, { note: 'x' }), 200)
    const list = async (client: Client, query: string): Promise<string[]> =>
      bodyOf(await client.get(`/v1/tasks${query}`), 200).items.map((task: { taskId: string }) => task.taskId)
    expect(await list(company.owner, '')).toEqual([others.taskId, soon.taskId, late.taskId])
    expect(await list(company.owner, '?sort=dueAt')).toEqual([soon.taskId, others.taskId, late.taskId])
    expect(await list(company.owner, '?state=claimed')).toEqual([late.taskId])
    expect(await list(company.owner, `?state=open&forMemberId=${bela}`)).toEqual([others.taskId])
    expect(await list(company.owner, `?subjectId=${anna}&state=planned`)).toEqual([soon.taskId])
    expect(await list(company.owner, '?mine=true')).toEqual([])
    expect(await list(annasClient, '?mine=true')).toEqual([soon.taskId, late.taskId])
    expect(await list(annasClient, '')).toEqual([soon.taskId, late.taskId])
    expect(await list(company.operator, '?mine=true')).toEqual([])
    world.clock.advance({ hours: 24 * 3 })
    expect(await list(company.owner, '?overdue=true')).toEqual([soon.taskId])
    for (const sort of ['dueAt', '-openedAt']) {
      const whole = await list(company.owner, `?sort=${sort}`)
      const first = bodyOf(await company.owner.get(`/v1/tasks?sort=${sort}&limit=2`), 200)
      const rest = await list(company.owner, `?sort=${sort}&limit=2&cursor=${first.nextCursor}`)
      expect([...first.items.map((task: { taskId: string }) => task.taskId), ...rest]).toEqual(whole)
    }
    expect((await company.owner.get('/v1/tasks?cursor=x')).body.code).toBe('page.cursor_invalid')
  })

  it('ALL-1 shows a lead the own departments only', async () => {
    const sales = await addDepartment(company)
    const inSales = await hire(company, 'Sam', { departments: [{ departmentId: sales.departmentId }] })
    const lead = await hire(company, 'Lena', {
      role: 'lead',
      departments: [{ departmentId: sales.departmentId, isLead: true }],
    })
    const lenasClient = await tokenFor(world, company, lead)
    const seen = await taskFor(inSales)
    const hidden = await taskFor(anna)
    const { items } = bodyOf(await lenasClient.get('/v1/tasks'), 200)
    expect(items.map((task: { taskId: string }) => task.taskId)).toEqual([seen.taskId])
    expect((await lenasClient.get(`/v1/tasks/${hidden.taskId}`)).status).toBe(404)
  })
})

describe('what a member has to do', () => {
  it('HAN-1 is a holding of theirs while it is open', async () => {
    const { taskId } = await taskFor(anna)
    const held = async () =>
      bodyOf(await company.owner.get(`/v1/members/${anna}`), 200)
        .holdings.filter((holding: { kind: string }) => holding.kind === 'task')
        .map((holding: { id: string; label: string }) => [holding.id, holding.label])
    expect(await held()).toEqual([[taskId, 'Fetch the laptop']])
    const refused = await company.owner.patch(`/v1/members/${anna}`, { status: 'left' })
    expect(refused.body.code).toBe('member.holds')
    bodyOf(await company.owner.post(`/v1/tasks/${taskId}/cancel`, { reason: 'x' }), 200)
    expect(await held()).toEqual([])
    const removed = await company.owner.delete(`/v1/members/${anna}`)
    expect(removed.body.code).toBe('member.has_history')
  })
})
