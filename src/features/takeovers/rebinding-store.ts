import { personOf } from '../../kernel/caller.ts'
import type { Instant } from '../../kernel/fields.ts'
import type { Tx } from '../../platform/db/tx.ts'
import type { Consent, Solution } from './model.ts'

/** How a company decided that a number leaves an earlier account (ACC-11). */
export interface RebindingRow {
  readonly rebindingId: string
  readonly numberId: string
  readonly solution: Solution
  readonly formerAvailable: boolean
  readonly formerMemberId: string | null
  readonly forMemberId: string | null
  readonly consentBy: string | null
  readonly consentAt: Instant | null
  readonly chosenAt: Instant
}

export interface NewRebinding extends Omit<RebindingRow, 'consentBy' | 'consentAt' | 'chosenAt'> {
  readonly consent: Consent | null
}

/** In the company's realm: the solution that counts for a number, kept until the commit; undefined for none. */
export async function lockRebinding(tx: Tx, numberId: string): Promise<RebindingRow | undefined> {
  return select(tx, numberId, 'for update')
}

/** In the company's realm: the solution that was chosen last for a number; undefined for none. */
export async function findRebinding(tx: Tx, numberId: string): Promise<RebindingRow | undefined> {
  return select(tx, numberId, '')
}

async function select(tx: Tx, numberId: string, lock: 'for update' | ''): Promise<RebindingRow | undefined> {
  const [row] = await tx.query<RebindingRow>({
    text: `select rebinding_id as "rebindingId", number_id as "numberId", solution, former_available as "formerAvailable",
        former_member_id as "formerMemberId", for_member_id as "forMemberId", consent_by as "consentBy",
        consent_at as "consentAt", chosen_at as "chosenAt"
      from number_rebindings where company_id = $1 and number_id = $2 and replaced_at is null
      order by chosen_at desc, rebinding_id desc limit 1 ${lock}`,
    values: [tx.companyId, numberId],
  })
  return row
}

/** In the company's realm: another solution takes the place of this one. */
export function replaceRebinding(tx: Tx, rebindingId: string): void {
  tx.send({
    text: 'update number_rebindings set replaced_at = $3 where company_id = $1 and rebinding_id = $2',
    values: [tx.companyId, rebindingId, tx.now],
  })
}

export async function insertRebinding(tx: Tx, rebinding: NewRebinding): Promise<void> {
  const { consent } = rebinding
  await tx.query({
    text: `insert into number_rebindings (company_id, rebinding_id, number_id, solution, former_available,
        former_member_id, for_member_id, consent_by, consent_at, consent_how, consent_note, chosen_by, chosen_at)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    values: [
      tx.companyId,
      rebinding.rebindingId,
      rebinding.numberId,
      rebinding.solution,
      rebinding.formerAvailable,
      rebinding.formerMemberId,
      rebinding.forMemberId,
      consent?.by ?? null,
      consent?.at ?? null,
      consent?.how ?? null,
      consent?.note ?? null,
      personOf(tx.caller),
      tx.now,
    ],
  })
}

/** In the company's realm: what was written of the person goes; that they agreed, and when, stays. */
export function eraseConsent(tx: Tx, memberId: string): void {
  tx.send({
    text: `update number_rebindings set consent_by = null, consent_note = null
      where company_id = $1 and former_member_id = $2 and (consent_by is not null or consent_note is not null)`,
    values: [tx.companyId, memberId],
  })
}
