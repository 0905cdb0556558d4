import { afterAll, beforeAll, expect, it } from 'vitest'
import { accountState, joined, linkedNumber } from '../../../test/builders/takeovers.ts'
import { bodyOf, createCompany } from '../../../test/builders.ts'
import { openWorld, type World } from '../../../test/world.ts'
import { phrases } from '../deletions/model.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

async function rowsWith(needle: string): Promise<string[]> {
  const { rows: tables } = await world.tamper(
    "select table_name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'",
  )
  const found: string[] = []
  for (const { table_name: table } of tables as { table_name: string }[]) {
    const { rows } = await world.tamper(`select x::text from "${table}" x where strpos(x::text, $1) > 0`, [
      needle,
    ])
    for (const row of rows) found.push(`${table}: ${row.x}`)
  }
  return found
}

it('ACC-3 leaves nothing of whoever was asked to delete the account that had a number (ACC-11)', async () => {
  const company = await createCompany(world, { policies: { deletionCoolingDays: 0 } })
  const former = await joined(world, company, 'Konstanze Zwiebelmann')
  const holder = await joined(world, company, 'Nora New')
  const { numberId } = await linkedNumber(world, company, { former, holder })
  const consent = {
    by: 'Mrs Zwiebelmann',
    at: world.clock.now().toISOString(),
    how: 'phone',
    note: 'Zwiebelmann agreed, private no. +4917055500123',
  }
  const chosen = await company.owner.post(`/v1/numbers/${numberId}/rebinding`, {
    companyOwned: true,
    formerAvailable: true,
    consent,
  })
  const { taskIds } = bodyOf(chosen, 201)
  const client = await former.signIn()
  bodyOf(await client.post('/v1/account/deletion', { typed: phrases.en }), 201)
  world.clock.advance({ days: 16 })
  await world.runDueWork()
  await world.runDueWork()
  expect((await accountState(world, former.accountId)).state).toBe('erased')
  for (const needle of ['Zwiebelmann', former.email, consent.note]) {
    expect.soft(await rowsWith(needle), needle).toEqual([])
  }
  const task = bodyOf(await company.owner.get(`/v1/tasks/${taskIds[0]}`), 200)
  expect(task).toMatchObject({ kind: 'rebinding.delete_account', forName: null })
})
