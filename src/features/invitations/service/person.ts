import { Refusal } from '../../../kernel/refusal.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { bindIdentifier, createPerson } from '../../accounts/index.ts'
import { useProvedIdentifier as spendProof } from '../../sign-in/index.ts'
import { invitationRefusal } from '../model.ts'
import { findLine } from '../views.ts'
import type { Opened } from './read.ts'

/** Whoever makes an account by an invitation, with what they proved. */
export interface NewPerson {
  readonly signInId: string
  readonly name: string
  readonly passwordHash: string | null
  readonly language: 'en' | 'zh'
}

export interface MadePerson {
  readonly accountId: string
  readonly identifierId: string
}

/**
 * Makes an account that has the identifier which a sign-in proved, and uses the proof up.
 * @throws Refusal `invitation.proof_missing`, `invitation.number_of_another`
 */
export async function makePerson(
  tx: Tx,
  { companyId, invitation }: Opened,
  { signInId, ...person }: NewPerson,
): Promise<MadePerson> {
  const proved = await spendProof(tx, signInId)
  if (proved === null) throw new Refusal(invitationRefusal.proofMissing)
  if (proved.kind === 'phone') {
    const line = await findLine(tx, proved.value)
    const isOwn = line?.companyId === companyId && line.memberId === invitation.memberId
    // ACC-12: on a number of a company only its holder signs in.
    if (line && !isOwn) throw new Refusal(invitationRefusal.numberOfAnother)
  }
  const accountId = tx.newId()
  createPerson(tx, { accountId, ...person })
  const identifierId = await tx.inAccount(accountId, (inside) =>
    bindIdentifier(inside, { ...proved, canLogin: true, canVerify: true, provenHow: 'code' }),
  )
  // Somebody else bound it since it was proved.
  if (identifierId === null) throw new Refusal(invitationRefusal.proofMissing)
  return { accountId, identifierId }
}
