import type { Tx } from '../../../platform/db/tx.ts'
import { findAccountsNamed, findSystemsNamed } from '../../work-accounts/index.ts'
import { codesOfMembers } from '../known-views.ts'
import { accountKey, type KnownFacts, systemKey } from '../model/known.ts'
import type { ReadRow } from '../model/rows.ts'

export type KnownSystems = Pick<KnownFacts, 'systems' | 'systemAccounts'>

/** The outside systems that rows name, as far as they are there, and the accounts in them. */
export async function knownSystems(tx: Tx, rows: readonly ReadRow[]): Promise<KnownSystems> {
  const named = rows.flatMap(({ values: { system, login } }) =>
    typeof system === 'string' ? [{ system, login: typeof login === 'string' ? login : null }] : [],
  )
  if (named.length === 0) return { systems: new Set(), systemAccounts: new Map() }
  const found = await findSystemsNamed(tx, [...new Set(named.map(({ system }) => system))])
  const idOf = new Map(found.map(({ systemId, name }) => [systemKey(name), systemId]))
  const wanted = named.flatMap(({ system, login }) => {
    const systemId = idOf.get(systemKey(system))
    return systemId === undefined || login === null
      ? []
      : [{ systemId, login, key: accountKey(system, login) }]
  })
  const accounts = await findAccountsNamed(tx, wanted)
  const holders = accounts.flatMap(({ holderId }) => holderId ?? [])
  const codes = await codesOfMembers(tx, [...new Set(holders)])
  const holderOf = new Map(
    accounts.map(({ systemId, login, holderId }) => [
      `${systemId} ${login.toLowerCase()}`,
      holderId === null ? null : (codes.get(holderId) ?? null),
    ]),
  )
  return {
    systems: new Set(idOf.keys()),
    systemAccounts: new Map(
      wanted.flatMap(({ systemId, login, key }) => {
        const holder = holderOf.get(`${systemId} ${login.toLowerCase()}`)
        return holder === undefined ? [] : [[key, holder] as const]
      }),
    ),
  }
}
