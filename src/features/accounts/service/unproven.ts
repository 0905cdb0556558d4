import type { Vault } from '../../../platform/crypto/vault.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { findByIdentifier, lockIdentifiers, unbindIdentifier, unproven } from '../identifier-store.ts'
import { unprovenTemplate } from '../message-templates.ts'
import type { IdentifierKind } from '../model.ts'
import { sealedUntil } from '../rules.ts'
import { sealAccount } from '../seal-store.ts'
import { noteSecurity } from '../security-store.ts'
import { endAllSessions } from '../store.ts'
import { identifierDigest } from './codes.ts'
import { identifierInWords } from './identifier-words.ts'
import { scheduleErasure } from './schedule-erasure.ts'
import { signal } from './signals.ts'
import { tellPerson } from './tell-person.ts'

/** Whether an account merely names an identifier that nobody has proved to have. Asked for whoever proves it. */
export async function isUnproven(
  tx: Tx,
  bound: { readonly accountId: string; readonly identifierId: string },
): Promise<boolean> {
  return tx.inAccount(bound.accountId, async (inside) => {
    const found = await inside.query({
      text: 'select 1 from identifiers where account_id = $1 and identifier_id = $2 and proven_how = $3',
      values: [bound.accountId, bound.identifierId, unproven],
    })
    return found.length > 0
  })
}

interface Named {
  readonly kind: IdentifierKind
  readonly value: string
}

/**
 * Frees an identifier that an account merely named, for whoever has just proved to have it: that account may be of
 * somebody who only claimed to be them, so that it neither opens to them nor keeps the address. Its sessions end, its
 * other channels are told, and without another way in it is sealed.
 * @returns false where no account names it, or the one that does has proved it
 */
export async function releaseUnproven(tx: Tx, vault: Vault, { kind, value }: Named): Promise<boolean> {
  const bound = await findByIdentifier(tx, kind, value)
  if (bound === null) return false
  const { accountId, identifierId } = bound
  const isReleased = await tx.inAccount(accountId, async (inside) => {
    const own = (await lockIdentifiers(inside)).find((one) => one.identifierId === identifierId)
    if (own?.provenHow !== unproven) return false
    await unbindIdentifier(inside, identifierId, {
      how: 'removed',
      digest: identifierDigest(vault, kind, value),
    })
    await endAllSessions(inside)
    noteSecurity(inside, { kind: 'identifier_unbound', facts: { identifierKind: kind, value } })
    await tellPerson(inside, vault, {
      template: unprovenTemplate,
      values: (language) => ({ what: identifierInWords({ kind, value }, language) }),
    })
    if (!(await isOpenAtAll(inside))) await seal(inside)
    return true
  })
  if (!isReleased) return false
  await signal(tx, accountId, {
    action: 'account.identifier_unbound',
    effect: { identifierId, identifierKind: kind },
  })
  return true
}

// An account that nobody can enter does not stay for ever (ACC-7).
async function seal(tx: Tx): Promise<void> {
  const { dueAt } = await scheduleErasure(tx, { cause: 'sealed', dueAt: sealedUntil(tx.now) })
  sealAccount(tx)
  noteSecurity(tx, { kind: 'sealed', facts: { erasedAt: dueAt } })
  await signal(tx, String(tx.accountId), { action: 'account.disabled', effect: { because: 'sealed' } })
}

async function isOpenAtAll(tx: Tx): Promise<boolean> {
  const found = await tx.query({
    text: `select 1 from identifiers where account_id = $1 and can_login
      union all select 1 from passkeys where account_id = $1 limit 1`,
    values: [tx.accountId],
  })
  return found.length > 0
}

/**
 * In the account's realm, held until the commit: whether an address that was never proved is all that there ever was, so
 * that whoever proves it now takes nothing over that somebody else has put there.
 */
export async function isBare(tx: Tx): Promise<boolean> {
  await lockIdentifiers(tx)
  const [row] = await tx.query<{ bare: boolean }>({
    text: `select (select count(*) from identifiers where account_id = $1) = 1
        and not exists (select 1 from identifier_history where account_id = $1)
        and not exists (select 1 from account_changes where account_id = $1 and kind <> 'password_set')
        and not exists (select 1 from takeovers where account_id = $1) as bare`,
    values: [tx.accountId],
  })
  return row?.bare === true
}
