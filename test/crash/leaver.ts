import { z } from 'zod'
import type { BatonProcess } from './baton-process.ts'
import { type KilledCompany, must, type Question } from './company.ts'

/** A company with somebody who leaves and holds something of every kind, and the handover of it all as a draft. */
export interface LeavingCompany extends KilledCompany {
  readonly leaverId: string
  /** The request that sets it going. */
  readonly run: Question
  readonly handoverId: string
}

interface People {
  readonly leaver: string
  readonly first: string
  readonly second: string
}

const made = z.object({ companyId: z.string(), token: z.string() })
const dayMs = 86_400_000

/** Makes the company through the API of its process, and plans the handover. */
export async function createLeaving(baton: BatonProcess, index: number): Promise<LeavingCompany> {
  const body = {
    companyName: `Company ${index}`,
    timeZone: 'UTC',
    language: 'en',
    ownerName: 'Olivia Owner',
    ownerEmail: `owner${index}@example.com`,
    subscription: 'max',
    licences: 50,
  }
  const { companyId, token } = made.parse(await baton.asOperator({ path: '/v1/companies', body }))
  const company: KilledCompany = { baton, companyId, token, index }
  await must(company, {
    method: 'PATCH',
    path: '/v1/company',
    body: { policies: { cooldownMinutes: 0, moveLimitPerDay: null } },
  })
  const people = await hireAll(company)
  const choices = await giveNumbers(company, people)
  await giveTheRest(company, people)
  const { handoverId, planHash } = await post(company, '/v1/handovers', {
    leaverId: people.leaver,
    defaultSuccessorId: people.first,
    reason: 'Leaves',
    choices,
  })
  const run: Question = {
    method: 'POST',
    path: `/v1/handovers/${handoverId}/run`,
    body: { planHash, despiteBlockers: true },
    key: `run ${handoverId}`,
  }
  return { ...company, leaverId: people.leaver, handoverId, run }
}

function post(company: KilledCompany, path: string, body: object) {
  return must(company, { method: 'POST', path, body })
}

async function hireAll(company: KilledCompany): Promise<People> {
  const { departmentId } = await post(company, '/v1/departments', { name: 'Sales' })
  const hire = async (staffCode: string, name: string, wish: object) =>
    (await post(company, '/v1/members', { staffCode, name, ...wish })).memberId
  const places = [{ departmentId, isLead: true }]
  const leaver = await hire('LEAVER', 'Lena Leaver', { role: 'admin', departments: places })
  const first = await hire('FIRST', 'First Heir', { managerId: leaver })
  return { leaver, first, second: await hire('SECOND', 'Second Heir', {}) }
}

// One each: kept, hidden from the successor, parked, waiting for a check, to come, and lent to somebody.
async function giveNumbers(company: KilledCompany, { leaver, second }: People): Promise<readonly object[]> {
  const add = async (place: number, holder: string) => {
    const line = company.index * 100 + place
    const number = place === 4 ? `+86138${10_000_000 + line}` : `+4930${2_000_000 + line}`
    const { numberId } = await post(company, '/v1/numbers', { number })
    const { move } = await post(company, `/v1/numbers/${numberId}/assign`, { toMemberId: holder })
    if (move?.requestId) await post(company, `/v1/requests/${move.requestId}/approve`, { evidence: 'seen' })
    return numberId
  }
  const kept = await add(1, leaver)
  const hidden = await add(2, leaver)
  const parked = await add(3, leaver)
  await add(4, leaver)
  const pass = async (place: number, way: { from: string; to: string; wish: object }) => {
    const numberId = await add(place, way.from)
    const asked = { toMemberId: way.to, expectedHolderId: way.from, ...way.wish }
    await post(company, `/v1/numbers/${numberId}/reassign`, asked)
  }
  await pass(5, { from: second, to: leaver, wish: { at: inDays(10) } })
  await pass(6, { from: leaver, to: second, wish: { returnAt: inDays(30) } })
  return [
    { kind: 'number', id: kept, toMemberId: second },
    { kind: 'number', id: hidden, history: 'hide' },
    { kind: 'number', id: parked, way: 'park' },
  ]
}

function inDays(days: number): string {
  return new Date(Date.now() + days * dayMs).toISOString()
}

async function giveTheRest(company: KilledCompany, { leaver, second }: People): Promise<void> {
  const body = { name: 'Script', scopes: ['numbers:read'], memberId: leaver }
  await company.baton.asOperator({ path: '/v1/api-tokens', body, company: company.companyId })
  const { systemId } = await post(company, '/v1/systems', { name: 'Bank' })
  await post(company, '/v1/work-accounts', { systemId, login: 'lena', holderId: leaver })
  await post(company, '/v1/tasks', {
    subjectKind: 'member',
    subjectId: second,
    title: 'Fetch the laptop',
    instructions: 'Ask\nFetch',
    forMemberId: leaver,
  })
}
