import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { draftOf } from '../../../test/builders/imports.ts'
import { bodyOf, createCompany, type TestCompany } from '../../../test/builders.ts'
import { repairPlanted, rowsOf } from '../../../test/imports/journey.ts'
import { openWorld, type World } from '../../../test/world.ts'
import { systemCaller } from '../../kernel/caller.ts'
import { runSlice } from '../operations/index.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

describe('2,000 rows with 600 planted problems of fifteen kinds', () => {
  it('MIG-3 are found and repaired through the API in at most fifteen changes', {
    timeout: 120_000,
  }, async () => {
    const company = await createCompany(world)
    const { sheet, sent, repaired, changes } = await repairPlanted(company, 2_000)
    const found = (await rowsOf(company, sent.importId)).flatMap(({ row, problems }) =>
      problems.map(({ column, code }: { column: string; code: string }) => `${row} ${column} ${code}`),
    )
    const lost = sheet.planted.filter(({ isRepairable }) => !isRepairable)
    expect(found.sort()).toEqual(lost.map(({ row, column, code }) => `${row} ${column} ${code}`).sort())
    expect(sent.problems.reduce((sum: number, { count }: { count: number }) => sum + count, 0)).toBe(600)
    expect(changes).toBeLessThanOrEqual(15)
    expect(repaired.counts).toMatchObject({ error: lost.length, new: 2_000 - lost.length })
  })
})

describe('a Baton that stops in the middle of applying', () => {
  it('NUM-8 goes on where it was, and does nothing twice', { timeout: 60_000 }, async () => {
    const company = await createCompany(world)
    const draft = await draftOf(company, staffOf(130))
    const { operation } = bodyOf(await company.owner.post(`/v1/imports/${draft.importId}/apply`), 202)
    await slice(company, operation.operationId)
    await expect(
      slice(company, operation.operationId, () => {
        throw new Error('the power went')
      }),
    ).rejects.toThrow('the power went')
    const half = bodyOf(await company.owner.get(`/v1/imports/${draft.importId}`), 200)
    expect(half).toMatchObject({ state: 'applying', operation: { done: 50, pending: 80 } })
    await world.runDueWork()
    const done = bodyOf(await company.owner.get(`/v1/imports/${draft.importId}`), 200)
    expect(done).toMatchObject({ state: 'applied', operation: { done: 130, failed: 0 } })
    const { rows } = await world.tamper(
      'select count(*)::integer as members, count(manager_id)::integer as managed from members where company_id = $1',
      [company.companyId],
    )
    expect(rows[0]).toEqual({ members: 131, managed: 129 })
  })
})

describe('a manager whose row fails', () => {
  it('keeps those below from being added (import.manager_missing), until a retry finds the manager', async () => {
    const company = await createCompany(world)
    const draft = await draftOf(company, staffOf(2))
    const { operation } = bodyOf(await company.owner.post(`/v1/imports/${draft.importId}/apply`), 202)
    const gone = [company.companyId, draft.importId]
    await world.tamper(
      `update import_rows set draft = jsonb_set(draft, '{managerStaffCode}', '"nobody"') where company_id = $1 and import_id = $2 and row_number = 3`,
      gone,
    )
    await world.runDueWork()
    const path = `/v1/operations/${operation.operationId}`
    const failed = bodyOf(await company.owner.get(`${path}?items=failed`), 200)
    expect(failed).toMatchObject({ done: 1, failed: 1, items: [{ code: 'import.manager_missing' }] })
    bodyOf(await company.owner.post('/v1/members', { staffCode: 'nobody', name: 'Somebody' }), 201)
    bodyOf(await company.owner.post(`${path}/retry`), 200)
    await world.runDueWork()
    expect(bodyOf(await company.owner.get(path), 200)).toMatchObject({ done: 2, failed: 0 })
  })
})

/** Members in a line: each reports to the one before. */
function staffOf(count: number): string[][] {
  const rows = Array.from({ length: count }, (_, index) => [
    `S${index}`,
    `Member ${index}`,
    index === 0 ? '' : `S${index - 1}`,
  ])
  return [['Staff code', 'Name', 'Manager'], ...rows]
}

function slice(company: TestCompany, operationId: string, then: () => void = () => {}): Promise<void> {
  const caller = systemCaller(company.companyId, 'operations.run', company.ownerMemberId)
  return world.parts.database.inRealmOf(caller, async (tx) => {
    await runSlice(tx, operationId)
    then()
  })
}
