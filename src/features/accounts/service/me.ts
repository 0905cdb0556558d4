import { type Caller, type CompanyCaller, isCompanyCaller } from '../../../kernel/caller.ts'
import { decodeCursor, encodeCursor } from '../../../kernel/cursor.ts'
import { permissionNames, roleAllows } from '../../../kernel/permission.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import type { RouteInput, RouteOutput } from '../../../kernel/route.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { httpRefusal } from '../../../platform/http/refusals.ts'
import { hasAccess } from '../../people/index.ts'
import type { accountsContract } from '../contract.ts'
import type { Me, Membership } from '../model.ts'
import {
  countUnreadNotices,
  type ListedCompany,
  listCompanies as listAllCompanies,
  readAccount,
  readCompanyName,
  readMemberships,
} from '../views.ts'
import { shownMembership } from './memberships.ts'

/** Who is calling: the own account, the company named by the request, and what one may do there. */
export async function readMe(tx: Tx): Promise<Me> {
  const { caller } = tx
  const accountId = accountIdOf(caller)
  const company = isCompanyCaller(caller) ? await companyOf(tx, caller) : null
  return {
    kind: kindOf(caller),
    account: accountId === null ? null : { accountId, ...(await readAccount(tx, accountId)) },
    company,
    permissions: isCompanyCaller(caller) ? permissionsOf(caller) : [],
    ...(await membershipsOf(tx, company)),
    unreadNotices:
      isCompanyCaller(caller) && caller.memberId !== null ? await countUnreadNotices(tx, caller.memberId) : 0,
  }
}

// A token acts in one company and knows nothing of its person's others.
function accountIdOf(caller: Caller): string | null {
  return caller.kind === 'member' || caller.kind === 'account' ? caller.accountId : null
}

function kindOf(caller: Caller): Me['kind'] {
  if (caller.kind === 'installation') return 'operator'
  if (caller.kind === 'system' || caller.kind === 'anonymous' || caller.kind === 'installation_token')
    throw new Error(`${caller.kind} asked who it is`)
  return caller.kind
}

async function companyOf(tx: Tx, caller: CompanyCaller): Promise<Me['company']> {
  const named = await readCompanyName(tx)
  if (!named) throw new Refusal(httpRefusal.notFound, { thing: 'company' })
  return { companyId: tx.companyId, ...named, role: caller.role, memberId: caller.memberId }
}

function permissionsOf(caller: CompanyCaller): Me['permissions'] {
  return permissionNames.filter(
    (name) => roleAllows(caller.role, name) && (caller.scopes === null || caller.scopes.includes(name)),
  )
}

async function membershipsOf(
  tx: Tx,
  company: Me['company'],
): Promise<Pick<Me, 'memberships' | 'suspendedIn'>> {
  const accountId = accountIdOf(tx.caller)
  if (accountId !== null) {
    const all = await readMemberships(tx, accountId)
    return {
      memberships: all.filter(({ status }) => hasAccess(status)).map(shownMembership),
      suspendedIn: all
        .filter(({ status }) => status === 'suspended')
        .map(({ companyId, slug, name }) => ({ companyId, slug, name })),
    }
  }
  if (company === null || tx.caller.kind !== 'token') return { memberships: [], suspendedIn: [] }
  return { memberships: [shownMembership(company)], suspendedIn: [] }
}

type ListRoute = (typeof accountsContract)['listCompanies']
const listName = 'companies:name'

/** The companies that the caller may act in; for the operator all, by name. */
export async function listCompanies(tx: Tx, input: RouteInput<ListRoute>): Promise<RouteOutput<ListRoute>> {
  const { limit, cursor } = input.query
  const after = cursor === undefined ? null : decodeCursor(listName, cursor, ['id'])?.[0]
  if (after === undefined) throw new Refusal(httpRefusal.cursorInvalid)
  const found = isOperator(tx.caller) ? await listForOperator(tx, after, limit + 1) : await listOwn(tx, after)
  const items = found.slice(0, limit)
  const last = items.at(-1)
  return { items, nextCursor: found.length > limit && last ? encodeCursor(listName, [last.companyId]) : null }
}

function isOperator(caller: Caller): boolean {
  return caller.kind === 'installation' || caller.kind === 'operator'
}

type Listed = ListedCompany & { readonly role: Membership['role'] | null }

async function listForOperator(tx: Tx, after: string | null, most: number): Promise<Listed[]> {
  return (await listAllCompanies(tx, after, most)).map((company) => ({ ...company, role: null }))
}

async function listOwn(tx: Tx, after: string | null): Promise<Listed[]> {
  const company = isCompanyCaller(tx.caller) ? await companyOf(tx, tx.caller) : null
  const { memberships: own } = await membershipsOf(tx, company)
  return after === null ? own : own.slice(own.findIndex((membership) => membership.companyId === after) + 1)
}
