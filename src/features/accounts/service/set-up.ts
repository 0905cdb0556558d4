import { type CompanyCaller, systemCaller } from '../../../kernel/caller.ts'
import { permissionNames } from '../../../kernel/permission.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import type { RouteInput, RouteOutput } from '../../../kernel/route.ts'
import { hashPassword } from '../../../platform/crypto/password.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import type { OwnContext } from '../../../platform/http/bind.ts'
import { createCompany as writeCompany } from '../../companies/index.ts'
import { createFirstOwner } from '../../people/index.ts'
import type { accountsContract } from '../contract.ts'
import { accountRefusal } from '../model.ts'
import { isGuessable } from '../rules.ts'
import { createAccount, hasCompany, joinCompany, lockSetup } from '../store.ts'
import { writeToken } from './tokens.ts'

type Routes = typeof accountsContract
type Plan = RouteInput<Routes['createCompany']>['body']
type Made = RouteOutput<Routes['createCompany']>

/** Whether there is a company yet. */
export async function readSetup(tx: Tx): Promise<RouteOutput<Routes['readSetup']>> {
  return { needed: !(await hasCompany(tx)) }
}

/**
 * Makes the first company and its Owner; of two at once one wins.
 * @throws Refusal `setup.done`, `password.weak`, `account.exists`, `company.slug_taken`
 */
export async function setUp(context: OwnContext, input: RouteInput<Routes['setUp']>): Promise<Made> {
  const { body } = input
  refuseGuessable(body.password, [body.companyName, body.ownerName, body.ownerEmail])
  // Nobody makes this machine hash for nothing; a repeated request is answered by its key all the same.
  const isDone = await context.openAside(hasCompany)
  const passwordHash = isDone ? null : await hashPassword(body.password)
  return context.open(async (tx) => {
    if (passwordHash === null || (await lockSetup(tx))) throw new Refusal(accountRefusal.setupDone)
    return makeCompany(tx, body, passwordHash)
  })
}

/**
 * Makes a further company. Without a password the Owner joins by a sign-in link: an account with that e-mail address
 * may belong to someone whom an Admin elsewhere gave it to, so that it takes link and password together.
 * @throws Refusal `password.weak`, `account.exists`, `company.slug_taken`
 */
export async function createCompany(
  context: OwnContext,
  input: RouteInput<Routes['createCompany']>,
): Promise<Made> {
  const { body } = input
  if (body.password !== undefined) {
    refuseGuessable(body.password, [body.companyName, body.ownerName, body.ownerEmail])
  }
  const passwordHash = body.password === undefined ? null : await hashPassword(body.password)
  return context.open((tx) => makeCompany(tx, body, passwordHash))
}

/** @throws Refusal `password.weak` */
export function refuseGuessable(password: string, names: readonly string[]): void {
  if (isGuessable(password, names)) throw new Refusal(accountRefusal.passwordWeak)
}

async function makeCompany(tx: Tx, plan: Plan, passwordHash: string | null): Promise<Made> {
  const companyId = tx.newId()
  const memberId = tx.newId()
  const accountId = await accountOfOwner(tx, plan, passwordHash)
  return tx.inCompany(makerOf(tx, companyId), async (inside) => {
    const { slug } = await writeCompany(inside, {
      slug: plan.slug ?? null,
      name: plan.companyName,
      timeZone: plan.timeZone,
      language: plan.language,
      tier: plan.subscription,
      licences: plan.licences,
    })
    await createFirstOwner(inside, { memberId, name: plan.ownerName, email: plan.ownerEmail, accountId })
    if (accountId !== null) joinCompany(inside, accountId, memberId)
    const { token } = await writeToken(inside, {
      memberId,
      name: 'Set-up',
      scopes: permissionNames,
      expiresAt: null,
    })
    return { companyId, memberId, slug, token }
  })
}

async function accountOfOwner(tx: Tx, plan: Plan, passwordHash: string | null): Promise<string | null> {
  if (passwordHash === null) return null
  const accountId = tx.newId()
  const isNew = await createAccount(tx, {
    accountId,
    email: plan.ownerEmail,
    name: plan.ownerName,
    passwordHash,
  })
  if (!isNew) throw new Refusal(accountRefusal.accountExists)
  return accountId
}

// The ledger of the new company names the operator who made it; a set-up has nobody to name yet.
function makerOf(tx: Tx, companyId: string): CompanyCaller {
  const system = systemCaller(companyId, 'setup')
  return tx.caller.kind === 'installation' ? { ...system, kind: 'operator', id: tx.caller.id } : system
}
