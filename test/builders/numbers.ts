import { bodyOf, type TestCompany } from '../builders.ts'
import { addMember } from './people.ts'

let lines = 0

/** Adds a number to the company; German unless told otherwise, since moves of +86 wait for a check. */
export async function addNumber(
  company: TestCompany,
  number?: string,
): Promise<{ numberId: string; e164: string }> {
  lines += 1
  const given = number ?? `+4930${String(2_000_000 + lines)}`
  return bodyOf(await company.owner.post('/v1/numbers', { number: given }), 201)
}

/** A number that the member holds, past its cool-down if the clock is moved on by the caller. */
export async function heldNumber(
  company: TestCompany,
  memberId: string,
): Promise<{ numberId: string; e164: string }> {
  const number = await addNumber(company)
  bodyOf(await company.owner.post(`/v1/numbers/${number.numberId}/assign`, { toMemberId: memberId }), 200)
  return number
}

/** A member by name; returns the id. */
export async function hire(company: TestCompany, name: string, wish: object = {}): Promise<string> {
  return (await addMember(company, { name, ...wish })).memberId
}
