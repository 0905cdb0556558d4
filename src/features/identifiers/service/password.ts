import type { RouteInput, RouteOutput } from '../../../kernel/route.ts'
import { hashPassword } from '../../../platform/crypto/password.ts'
import type { OwnContext } from '../../../platform/http/bind.ts'
import {
  announceChange,
  endOtherSessions,
  listIdentifiers,
  lockIdentifiers,
  noteSecurity,
  refuseFrozen,
  refuseGuessable,
  setPassword,
} from '../../accounts/index.ts'
import type { identifiersContract } from '../contract.ts'
import { readOwnAccount } from '../views.ts'
import type { IdentifierParts } from './person.ts'

type Route = (typeof identifiersContract)['setOwnPassword']

/**
 * Sets or changes the own password.
 * @throws Refusal `password.weak`, `account.frozen`
 */
export async function setOwnPassword(
  parts: IdentifierParts,
  context: OwnContext,
  { body }: RouteInput<Route>,
): Promise<RouteOutput<Route>> {
  const names = await context.openAside(async (tx) => {
    await refuseFrozen(tx)
    const emails = (await listIdentifiers(tx)).filter(({ kind }) => kind === 'email')
    return [(await readOwnAccount(tx)).displayName, ...emails.map(({ value }) => value)]
  })
  refuseGuessable(body.password, names)
  const passwordHash = await hashPassword(body.password)
  return context.open(async (tx) => {
    await lockIdentifiers(tx)
    await refuseFrozen(tx)
    setPassword(tx, passwordHash)
    const { device, network } = context
    noteSecurity(tx, { kind: 'password_set', place: { device, network } })
    await announceChange(tx, parts, { kind: 'password_set' })
    return body.endOtherSessions ? endOtherSessions(tx) : { endedSessions: 0 }
  })
}
