import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { heldNumber, hire } from '../../../test/builders/numbers.ts'
import { bodyOf, createCompany, type TestCompany, tokenFor } from '../../../test/builders.ts'
import { type Answer, openWorld, type World } from '../../../test/world.ts'
import type { TrustedKey } from '../audit/index.ts'
import type { ReceiptFile } from './receipt/body.ts'
import { namesOf, verifyReceipt } from './receipt/verify.ts'

let world: World
let company: TestCompany
let leaver: string
let heir: string

beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())
beforeEach(async () => {
  company = await createCompany(world)
  leaver = await hire(company, 'Lena Leaver')
  heir = await hire(company, 'Henri Heir')
  for (let made = 0; made < 3; made++) await heldNumber(company, leaver)
  world.clock.advance({ hours: 1 })
})

type Body = Answer['body']

async function finished(wish: object = {}): Promise<Body> {
  const asked = { leaverId: leaver, defaultSuccessorId: heir, ...wish }
  const { handoverId, planHash } = bodyOf(await company.owner.post('/v1/handovers', asked), 201)
  bodyOf(await company.owner.post(`/v1/handovers/${handoverId}/run`, { planHash }), 202)
  await world.runDueWork()
  const handover = bodyOf(await company.owner.get(`/v1/handovers/${handoverId}`), 200)
  expect(handover.state).toBe('finished')
  return handover
}

async function receiptOf({ handoverId }: Body): Promise<ReceiptFile> {
  return bodyOf(await company.owner.get(`/v1/handovers/${handoverId}/receipt`), 200) as unknown as ReceiptFile
}

async function pinned(): Promise<TrustedKey[]> {
  const keys = await world.parts.keys.pinned()
  return keys.map(({ keyName, publicKey, retiredAt }) => ({ keyName, publicKey, validUntil: retiredAt }))
}

describe('HAN-8 the receipt of a finished handover', () => {
  it('verifies without the database, and lists every item before and after with who decided', async () => {
    const handover = await finished({ reason: 'Goes to a competitor.' })
    const file = await receiptOf(handover)
    const report = verifyReceipt(JSON.stringify(file), await pinned())
    expect(report.findings).toEqual([])
    expect(report.ok).toBe(true)
    const { body } = file.receipt
    expect(body.items).toHaveLength(handover.coverage.total)
    const numbers = body.items.filter(({ kind }) => kind === 'number')
    expect(numbers).toHaveLength(3)
    for (const item of numbers) {
      expect(item).toMatchObject({ state: 'observed', toMemberId: heir, observedBy: 'baton' })
      expect(item.before).not.toEqual(item.after)
    }
    expect(body.holdingsAfter.items).toEqual([])
    expect(body.ledger.decisions.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['handover.created', 'handover.started', 'handover.finished']),
    )
    expect(body.due.map(({ kind }) => kind)).toEqual(['undo_window'])
  })

  it('hashes ids only: names, numbers and reasons stand beside it', async () => {
    const handover = await finished({ reason: 'Goes to a competitor.' })
    const { receipt } = await receiptOf(handover)
    const hashed = JSON.stringify(receipt.body)
    for (const secret of ['Lena', 'Henri', 'competitor', '+49']) expect(hashed).not.toContain(secret)
    const names = namesOf(receipt)
    expect(names.get(`member:${leaver}`)).toMatchObject({ name: 'Lena Leaver' })
    expect(names.get('text:reason')).toBe('Goes to a competitor.')
  })

  it('verifies after names were erased from the database', async () => {
    const handover = await finished()
    await world.tamper('delete from handover_receipt_names where ref = $1', [`member:${leaver}`])
    const file = await receiptOf(handover)
    expect(verifyReceipt(JSON.stringify(file), await pinned())).toMatchObject({ ok: true, namesErased: 1 })
  })

  it('shows what was changed in the database behind it', async () => {
    const handover = await finished()
    await world.tamper(
      `update handover_receipts set body = replace(body, '"observed"', '"skipped"') where handover_id = $1`,
      [handover.handoverId],
    )
    const { findings } = verifyReceipt(JSON.stringify(await receiptOf(handover)), await pinned())
    expect(findings.map(({ kind }) => kind)).toEqual(['bad-signature', 'ledger', 'ledger'])
  })

  it('is not there before the finish', async () => {
    const asked = { leaverId: leaver, defaultSuccessorId: heir }
    const { handoverId } = bodyOf(await company.owner.post('/v1/handovers', asked), 201)
    const answer = await company.owner.get(`/v1/handovers/${handoverId}/receipt`)
    expect(answer.status).toBe(409)
    expect(answer.body.code).toBe('handover.receipt_not_ready')
  })

  it('ALL-1 is not found by another company, nor by a member whom it does not concern', async () => {
    const { handoverId } = await finished()
    const other = await createCompany(world)
    const path = `/v1/handovers/${handoverId}/receipt`
    expect((await other.owner.get(path)).status).toBe(404)
    const bystander = await hire(company, 'Bert Bystander')
    const client = await tokenFor(world, company, bystander)
    expect([403, 404]).toContain((await client.get(path)).status)
  })

  it('ALL-6 stays verifiable when the key is changed afterwards', async () => {
    const handover = await finished()
    bodyOf(await world.operator.post('/v1/signing-keys/rotate'), 200)
    expect(verifyReceipt(JSON.stringify(await receiptOf(handover)), await pinned()).ok).toBe(true)
  })
})

describe('HAN-8 the supplement', () => {
  it('closes the receipt when the undo window is over', async () => {
    const handover = await finished()
    world.clock.advance({ hours: 73 })
    await world.runDueWork()
    const file = await receiptOf(handover)
    expect(file.supplement?.body).toMatchObject({ state: 'closed', due: [], items: [] })
    expect(verifyReceipt(JSON.stringify(file), await pinned())).toMatchObject({ ok: true, findings: [] })
  })

  it('says that all was undone, item by item (HAN-7)', async () => {
    const handover = await finished()
    bodyOf(await company.owner.post(`/v1/handovers/${handover.handoverId}/undo`, {}), 202)
    await world.runDueWork()
    const file = await receiptOf(handover)
    expect(file.supplement?.body.state).toBe('undone')
    const numbers = file.supplement?.body.items.filter(({ kind }) => kind === 'number') ?? []
    expect(numbers.map(({ state }) => state)).toEqual(['undone', 'undone', 'undone'])
    expect(verifyReceipt(JSON.stringify(file), await pinned())).toMatchObject({ ok: true, findings: [] })
  })
})

describe('HAN-11 the form', () => {
  it('is a PDF of the receipt, in the language that was asked for', async () => {
    const { handoverId } = await finished()
    for (const language of ['both', 'en', 'zh']) {
      const answer = await company.owner.download(
        `/v1/handovers/${handoverId}/receipt?format=pdf&language=${language}`,
      )
      expect(answer.status).toBe(200)
      expect(answer.headers['content-type']).toBe('application/pdf')
      expect(answer.bytes.subarray(0, 8).toString('latin1')).toBe('%PDF-1.7')
    }
  })
})
