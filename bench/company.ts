import { z } from 'zod'
import { permissionNames, roleAllows } from '../src/kernel/permission.ts'
import type { BenchServer } from './server.ts'

/** A company to measure in, made through the API. */
export interface BenchCompany {
  readonly companyId: string
  /** The Owner's API token. */
  readonly token: string
  /** Members beside the Owner; each holds as many numbers as the next. */
  readonly memberIds: readonly string[]
  readonly numberIds: readonly string[]
}

const made = z.object({ companyId: z.string(), token: z.string() })
const member = z.object({ memberId: z.string() })
const number = z.object({ numberId: z.string() })
const shownToken = z.object({ token: z.string() })

const atOnce = 8

/** No cool-down and no daily limit, and numbers of a country without checks: every move is carried out at once. */
const policies = { cooldownMinutes: 0, moveLimitPerDay: null }

/** Makes a company with members of the tier Max and numbers that they hold. */
export async function createCompany(
  server: BenchServer,
  size: { readonly members: number; readonly numbers: number },
): Promise<BenchCompany> {
  const answer = await server.asOperator({
    path: '/v1/companies',
    body: {
      companyName: 'Bench',
      timeZone: 'UTC',
      language: 'en',
      ownerName: 'Olivia Owner',
      ownerEmail: 'owner@example.com',
      subscription: 'max',
      licences: size.numbers,
    },
  })
  const { companyId, token } = made.parse(answer)
  const owner = { server, token }
  await ask(owner, { method: 'PATCH', path: '/v1/company', body: { policies } })
  const memberIds = await eachOf(size.members, async (index) => {
    const body = { staffCode: `B${index}`, name: `Member ${index}` }
    return member.parse(await ask(owner, { method: 'POST', path: '/v1/members', body })).memberId
  })
  const numberIds = await eachOf(size.numbers, async (index) => {
    const body = { number: numberLine(index) }
    const { numberId } = number.parse(await ask(owner, { method: 'POST', path: '/v1/numbers', body }))
    const order = { toMemberId: memberIds[index % memberIds.length] }
    await ask(owner, { method: 'POST', path: `/v1/numbers/${numberId}/assign`, body: order })
    return numberId
  })
  return { companyId, token, memberIds, numberIds }
}

/** The line of a company's number, by its place in `numberIds`. */
export function numberLine(index: number): string {
  return `+4930${2_000_000 + index}`
}

/** An API token of a member, with everything that the role of a member allows. */
export async function memberToken(
  server: BenchServer,
  company: BenchCompany,
  memberId: string,
): Promise<string> {
  const scopes = permissionNames.filter((permission) => roleAllows('member', permission))
  const body = { name: 'Bench', scopes, memberId }
  return shownToken.parse(
    await server.asOperator({ path: '/v1/api-tokens', body, company: company.companyId }),
  ).token
}

interface Caller {
  readonly server: BenchServer
  readonly token: string
}

interface Question {
  readonly method: string
  readonly path: string
  readonly body?: object
}

/** Asks with a token; anything but a success ends the bench. */
export async function ask({ server, token }: Caller, { method, path, body }: Question): Promise<unknown> {
  const response = await fetch(server.url + path, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  if (response.ok) return JSON.parse(text)
  throw new Error(`${method} ${path} was answered with ${response.status}: ${text}`)
}

async function eachOf<T>(count: number, make: (index: number) => Promise<T>): Promise<T[]> {
  const results: T[] = []
  let next = 0
  async function work(): Promise<void> {
    for (let index = next++; index < count; index = next++) results[index] = await make(index)
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  return results
}
