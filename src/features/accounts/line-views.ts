import type { Instant } from '../../kernel/fields.ts'
import type { Tx } from '../../platform/db/tx.ts'

/** A company's number as those meet it who prove to have it, or have bound it. Decided on, never shown. */
export interface Line {
  /** The account of whoever holds it now; null while it is parked, or held by someone without an account. */
  readonly holderAccountId: string | null
  /** Since when the company owns it. */
  readonly ownedSince: Instant
  /** Accounts whose members held it since. */
  readonly heldBy: readonly string[]
}

/** The company's number that a phone is, whichever company's; null where no company here owns it. */
export async function findLine(tx: Tx, e164: string): Promise<Line | null> {
  const [row] = await tx.query<Line>({
    name: 'line-of-phone',
    text: `select account_id as "holderAccountId", owned_since as "ownedSince", held_by as "heldBy"
      from baton_holder_of_line($1)`,
    values: [e164],
  })
  return row ?? null
}

/**
 * All that happens to one phone comes one after the other, until the commit. Taken before any row is locked, so that
 * nobody waits for it while others wait for them.
 */
export async function lockPhone(tx: Tx, phone: string): Promise<void> {
  await tx.query({
    text: `select pg_advisory_xact_lock(hashtextextended('phone ' || $1, 0))`,
    values: [phone],
  })
}

/** Locks a phone, and keeps the company's number that it is from moving until the commit; before any account is locked. */
export async function holdLine(tx: Tx, phone: string): Promise<void> {
  await lockPhone(tx, phone)
  await tx.query({ text: 'select baton_hold_line($1)', values: [phone] })
}
