import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { addNumber, hire } from '../../../test/builders/numbers.ts'
import { BatchScene } from '../../../test/builders/operations.ts'
import { addMember } from '../../../test/builders/people.ts'
import { sheetsOf } from '../../../test/builders/spreadsheets.ts'
import { bodyOf, createCompany, tokenFor } from '../../../test/builders.ts'
import { type Client, openWorld, type World } from '../../../test/world.ts'

let world: World
let scene: BatchScene
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())
beforeEach(async () => {
  scene = await BatchScene.open(world)
})

async function exported(operationId: string, query = '', by?: Client): Promise<string[]> {
  const client = by ?? scene.company.owner
  const text: string = bodyOf(await client.get(`/v1/operations/${operationId}/export?${query}`), 200)
  return text.split(/\r?\n/).filter((line) => line !== '')
}

async function rows(operationId: string, query = '', by?: Client) {
  return (await exported(operationId, `format=ndjson&${query}`, by)).map((line) => JSON.parse(line))
}

/** A batch of two good moves and two that are refused, done. */
async function batch(): Promise<string> {
  const moves = [
    ...(await scene.toBeMoved(2)),
    { number: '+49305550001', toMemberId: scene.bela },
    { numberId: (await addNumber(scene.company)).numberId, toStaffCode: '=SUM(1)' },
  ]
  const { operationId } = await scene.start(moves)
  await world.runDueWork()
  return operationId
}

describe('results of an operation as a file', () => {
  it('as CSV are a line each: position, number, both sides by name, and what became of it', async () => {
    const operationId = await batch()
    const [head, one, two, unknown, nobody, ...more] = await exported(operationId)
    expect(head).toBe('\ufeffposition,number,from,to,state,code,title,next')
    expect(one).toMatch(/^1,\+4930\d+,Anna,Bela,done,,,$/)
    expect(two).toMatch(/^2,\+4930\d+,Anna,Bela,done,,,$/)
    expect(unknown).toMatch(/^3,\+49305550001,,Bela,failed,move.number_unknown,/)
    expect(nobody).toMatch(/^4,\+4930\d+,,,failed,move.member_unknown,/)
    expect(more).toEqual([])
  })

  it('as a workbook are the cells of CSV', async () => {
    const operationId = await batch()
    const { bytes } = await scene.company.owner.download(`/v1/operations/${operationId}/export?format=xlsx`)
    const [header, one, , unknown] = sheetsOf(bytes)['Baton'] ?? []
    expect(header).toEqual(['position', 'number', 'from', 'to', 'state', 'code', 'title', 'next'])
    expect(one).toEqual([1, expect.stringMatching(/^[+]4930/), 'Anna', 'Bela', 'done'])
    expect(unknown?.slice(0, 6)).toEqual([3, '+49305550001', null, 'Bela', 'failed', 'move.number_unknown'])
  })

  it('as NDJSON are the items as they are shown, with the names', async () => {
    const operationId = await batch()
    const { items } = await scene.show(operationId)
    const written = await rows(operationId)
    expect(written.map(({ from: _, to: __, ...item }) => item)).toEqual(items)
    expect(written[0]).toMatchObject({ position: 0, from: 'Anna', to: 'Bela', state: 'done' })
  })

  it('are of one state only where that is asked for, in the language of the reader', async () => {
    const operationId = await batch()
    const chinese = scene.company.owner.with({ 'accept-language': 'zh' })
    const failed = await rows(operationId, 'items=failed', chinese)
    expect(failed.map(({ position }) => position)).toEqual([2, 3])
    expect(failed[0].title).toMatch(/贵公司/)
    expect(await rows(operationId, 'items=cancelled')).toEqual([])
  })

  it('of an undo name both sides the other way round', async () => {
    const operationId = await scene.start(await scene.toBeMoved(1)).then((begun) => begun.operationId)
    await world.runDueWork()
    const undo = bodyOf(await scene.steer(operationId, 'undo'), 202)
    await world.runDueWork()
    expect(await rows(undo.operationId)).toMatchObject([{ from: 'Bela', to: 'Anna', state: 'done' }])
  })

  it('are whole over thousands of items, also of those that never had their turn', async () => {
    const { operationId } = await scene.begin(1)
    await world.tamper(
      `insert into operation_items (company_id, operation_id, position, slice, given, state)
       select $1, $2, i, 0, '{}', 'pending' from generate_series(1, 2499) i`,
      [scene.company.companyId, operationId],
    )
    bodyOf(await scene.steer(operationId, 'cancel'), 200)
    const written = await rows(operationId, 'items=cancelled')
    expect(written.map(({ position }) => position)).toEqual(Array.from({ length: 2500 }, (_, n) => n))
    expect(await rows(operationId, 'items=pending')).toEqual([])
  })

  it('ALL-1 are for those who may read operations, of the own company', async () => {
    const operationId = await batch()
    const auditor = (await addMember(scene.company, { role: 'auditor' })).memberId
    expect(await rows(operationId, '', await tokenFor(world, scene.company, auditor))).toHaveLength(4)
    const lead = await tokenFor(world, scene.company, await hire(scene.company, 'Lena', { role: 'lead' }))
    expect((await lead.get(`/v1/operations/${operationId}/export`)).status).toBe(403)
    const other = await createCompany(world)
    expect((await other.owner.get(`/v1/operations/${operationId}/export`)).status).toBe(404)
  })
})
