import type { Instant } from '../../../kernel/fields.ts'
import { addHours } from '../../../kernel/instant.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import { hashSecret, newSecret } from '../../../platform/crypto/secret.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import {
  findDeletion,
  lockAccountRow,
  maskIdentifier,
  putOffDeletion,
  tellPerson,
} from '../../accounts/index.ts'
import { sendMessage } from '../../messages/index.ts'
import { recoveryClaimed, recoveryStopped } from '../message-templates.ts'
import { recoveryRefusal } from '../model.ts'
import {
  findRecovery,
  findRecoveryByToken,
  formerEmails,
  insertRecovery,
  vetoRecovery,
} from '../recovery-store.ts'
import { recoveryUntil } from '../rules/takeover.ts'
import { readLanguageOf } from '../views.ts'
import type { TakeoverParts } from './parts.ts'
import { inUtc } from './words.ts'

/**
 * In the realm of a sealed account that no password opens: whoever proved a former address gets it after a wait in which
 * every other address can object, since an address that was removed may be somebody else's by now.
 * @returns when the wait is over
 * @throws Refusal `recovery.nothing`, also where somebody objected to this address before
 */
export async function waitToRecover(tx: Tx, parts: TakeoverParts, email: string): Promise<Instant> {
  const state = await lockAccountRow(tx, 'update')
  const deletion = await findDeletion(tx)
  const asked = await findRecovery(tx, email)
  if (state !== 'sealed' || deletion?.state !== 'waiting' || (asked && asked.vetoedAt !== null)) {
    throw new Refusal(recoveryRefusal.nothing)
  }
  if (asked) return asked.dueAt
  const secret = newSecret()
  const dueAt = recoveryUntil(tx.now)
  insertRecovery(tx, { recoveryId: tx.newId(), email, tokenHash: hashSecret(secret), dueAt })
  // It is not erased while its person waits.
  if (deletion.dueAt <= dueAt) putOffDeletion(tx, deletion.deletionId, addHours(dueAt, 24))
  const others = (await formerEmails(tx)).filter((value) => value !== email)
  await tellPerson(tx, parts.vault, {
    template: recoveryClaimed,
    values: {
      email: maskIdentifier({ kind: 'email', value: email }),
      until: inUtc(dueAt),
      link: `${parts.publicUrl}/takeover#${secret}`,
    },
    alsoTo: others.map((value) => ({ kind: 'email', value })),
  })
  return dueAt
}

/**
 * Objects by the link of a message to a sealed account coming back.
 * @returns false where the link is no such link, or nothing waits
 */
export async function objectToRecovery(tx: Tx, { vault }: TakeoverParts, hash: Buffer): Promise<boolean> {
  const found = await findRecoveryByToken(tx, hash)
  if (!found) return false
  return tx.inAccount(found.accountId, async (inside) => {
    await lockAccountRow(inside, 'update')
    const stopped = await vetoRecovery(inside, found.recoveryId)
    if (!stopped) return false
    const language = await readLanguageOf(inside)
    const to = { kind: 'email', value: stopped.email } as const
    sendMessage(inside, vault, { to, template: recoveryStopped, values: {}, language })
    return true
  })
}
