import { Refusal } from '../../../kernel/refusal.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { capOf } from '../../companies/index.ts'
import { listMembersHere, scopeOf } from '../../people/index.ts'
import type { Member, ReadScope } from '../../people/model.ts'
import { requestRefusal } from '../../requests/model/requests.ts'
import type { PhoneNumber, Recipient, RecipientQuery } from '../model.ts'
import { findCap, incomingOf } from '../recipient-views.ts'
import type { RecipientFacts } from '../rules/facts.ts'
import { refuseReceiving } from '../rules/may-move.ts'
import { readNumber } from './read.ts'

/**
 * Members whom the caller sees, by name, with what counts against the cap and why one cannot receive a number, or the
 * given one (NUM-3).
 * @throws Refusal `thing.not_found` for a number outside the caller's scope, `page.cursor_invalid`
 */
export async function listRecipients(
  tx: Tx,
  { query, language }: { readonly query: RecipientQuery; readonly language: 'en' | 'zh' },
): Promise<{ items: Recipient[]; nextCursor: string | null }> {
  const number = query.numberId === undefined ? null : await readNumber(tx, query.numberId)
  const { items: members, nextCursor } = await listMembersHere(tx, query)
  const [incoming, { tier, cap_override }, scope] = await Promise.all([
    incomingOf(
      tx,
      members.map((member) => member.memberId),
      number?.numberId ?? null,
    ),
    findCap(tx),
    scopeOf(tx),
  ])
  const cap = capOf(tier, cap_override)
  const items = members.map((member): Recipient => {
    const counts = { held: member.numbersHeld, incoming: incoming.get(member.memberId) ?? 0, cap }
    const refusal = whyNot({ member, number, scope, facts: factsOf(member, { ...counts, tier }) })
    return {
      memberId: member.memberId,
      name: member.name,
      alias: member.alias,
      staffCode: member.staffCode,
      title: member.title,
      departments: member.departments.map((department) => department.name),
      status: member.status,
      ...counts,
      refusal: refusal && { code: refusal.code, ...refusal.inWords(language) },
    }
  })
  return { items, nextCursor }
}

interface Counts {
  readonly held: number
  readonly incoming: number
  readonly cap: number
  readonly tier: string
}

function factsOf({ memberId, name, status }: Member, { held, incoming, cap, tier }: Counts): RecipientFacts {
  return { memberId, name, status, counted: held + incoming, heldNumbers: [], tier, cap }
}

interface Considered {
  readonly member: Member
  readonly number: PhoneNumber | null
  readonly scope: ReadScope
  readonly facts: RecipientFacts
}

function whyNot({ member, number, scope, facts }: Considered): Refusal | null {
  if (scope.kind === 'departments' && !isLed(member, scope.departmentIds))
    return new Refusal(requestRefusal.outsideDepartments)
  try {
    refuseReceiving(
      number && {
        e164: number.e164,
        holderId: number.holder?.memberId ?? null,
        waiting: number.waiting.map(({ kind, to }) => ({ kind, toMemberId: to.memberId })),
      },
      facts,
    )
    return null
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
}

function isLed({ departments }: Member, ledIds: readonly string[]): boolean {
  return departments.some(({ departmentId }) => ledIds.includes(departmentId))
}
