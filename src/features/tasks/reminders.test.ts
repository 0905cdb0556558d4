import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { hire } from '../../../test/builders/numbers.ts'
import { ledgerOf } from '../../../test/builders/people.ts'
import { openTask } from '../../../test/builders/tasks.ts'
import { bodyOf, createCompany, type TestCompany, tokenFor } from '../../../test/builders.ts'
import { type Client, openWorld, type World } from '../../../test/world.ts'

let world: World
let company: TestCompany
let annaId: string
let anna: Client
beforeAll(async () => {
  world = await openWorld()
})
beforeEach(async () => {
  company = await createCompany(world)
  annaId = await hire(company, 'Anna')
  anna = await tokenFor(world, company, annaId)
})
afterAll(() => world.close())

function inDays(days: number): string {
  return new Date(world.clock.now().getTime() + days * 86_400_000).toISOString()
}

async function kindsOf(client: Client): Promise<string[]> {
  const { items } = bodyOf(await client.get('/v1/notices?limit=50'), 200)
  return items.map((notice: { kind: string }) => notice.kind).filter((kind: string) => kind !== 'task.opened')
}

async function pass(days: number): Promise<void> {
  world.clock.advance({ hours: 24 * days })
  await world.runDueWork()
}

describe('reminders of a task', () => {
  it('come a day before, at the due date, then every second day at most five times', async () => {
    const { taskId } = await openTask(company, annaId, { forMemberId: annaId, dueAt: inDays(3) })
    await pass(1)
    expect(await kindsOf(anna)).toEqual([])
    await pass(1)
    expect(await kindsOf(anna)).toEqual(['task.due'])
    await world.runDueWork()
    expect(await kindsOf(anna)).toEqual(['task.due'])
    await pass(1)
    expect(await kindsOf(anna)).toHaveLength(2)
    for (let round = 0; round < 8; round += 1) await pass(2)
    expect(await kindsOf(anna)).toHaveLength(7)
    expect((await kindsOf(anna))[0]).toBe('task.overdue')
    const task = bodyOf(await anna.get(`/v1/tasks/${taskId}`), 200)
    expect(task).toMatchObject({ remindedCount: 7, nextReminderAt: null, isOverdue: true })
    const reminded = (await ledgerOf(company, taskId)).filter((action) => action === 'task.reminded')
    expect(reminded).toHaveLength(7)
  })

  it('that were due while Baton was off come once', async () => {
    await openTask(company, annaId, { forMemberId: annaId, dueAt: inDays(2) })
    await pass(7)
    expect(await kindsOf(anna)).toEqual(['task.overdue'])
  })

  it('go to who asked, once it is claimed or where the person has no account', async () => {
    const claimed = await openTask(company, annaId, { forMemberId: annaId, dueAt: inDays(2) })
    bodyOf(await anna.post(`/v1/tasks/${claimed.taskId}/claim`, { note: 'x' }), 200)
    await openTask(company, annaId, { forName: 'Carl', dueAt: inDays(2) })
    await pass(1)
    expect(await kindsOf(anna)).toEqual([])
    expect((await kindsOf(company.owner)).sort()).toEqual(['task.claimed', 'task.due', 'task.due'])
  })

  it('go to every Owner and Admin where nobody else can be told', async () => {
    const admin = await tokenFor(world, company, await hire(company, 'Ada', { role: 'admin' }))
    const wish = { subjectKind: 'member', subjectId: annaId, title: 'x', instructions: 'y', dueAt: inDays(2) }
    bodyOf(await company.operator.post('/v1/tasks', wish), 201)
    await pass(1)
    for (const client of [admin, company.owner]) expect(await kindsOf(client)).toEqual(['task.due'])
  })

  it('stop with the task', async () => {
    const { taskId } = await openTask(company, annaId, { forMemberId: annaId, dueAt: inDays(2) })
    bodyOf(await company.owner.post(`/v1/tasks/${taskId}/observe`, { how: 'read_back' }), 200)
    await pass(5)
    expect(await kindsOf(anna)).toEqual([])
  })
})
