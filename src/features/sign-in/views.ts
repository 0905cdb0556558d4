import type { Tx } from '../../platform/db/tx.ts'

/** How an account stands at this moment. */
export interface Standing {
  readonly state: string
  /** Whether the identifier that leads in is still bound and free; true where none does. */
  readonly isOpen: boolean
  readonly passwordHash: string | null
}

/**
 * In the account's realm: how it stands, held until the commit, so that what takes an identifier away and a sign-in by
 * it exclude each other.
 */
export async function lockStanding(tx: Tx, identifierId: string | null): Promise<Standing | null> {
  const [account] = await tx.query<Omit<Standing, 'isOpen'>>({
    text: 'select state, password_hash as "passwordHash" from accounts where account_id = $1 for share',
    values: [tx.accountId],
  })
  if (!account) return null
  if (identifierId === null) return { ...account, isOpen: true }
  const found = await tx.query({
    text: 'select 1 from identifiers where account_id = $1 and identifier_id = $2 and can_login and frozen_at is null',
    values: [tx.accountId, identifierId],
  })
  return { ...account, isOpen: found.length > 0 }
}

/** In the account's realm: whether a password opens it. */
export async function hasPassword(tx: Tx): Promise<boolean> {
  const found = await tx.query({
    text: 'select 1 from accounts where account_id = $1 and password_hash is not null',
    values: [tx.accountId],
  })
  return found.length > 0
}

/** In the account's realm: whether it was signed in to from other browsers than this one only. */
export async function isNewBrowser(tx: Tx, deviceHash: Buffer | null): Promise<boolean> {
  const [row] = await tx.query<{ others: boolean; known: boolean }>({
    text: `select count(*) > 0 as others, coalesce(bool_or(device_hash = $2), false) as known
      from known_devices where account_id = $1`,
    values: [tx.accountId, deviceHash],
  })
  return row?.others === true && !row.known
}

/**
 * In the account's realm, held until the commit: the password that counts beside a code. While an objection is open the
 * password alone opens nothing, since whoever was objected to may know it; with a proved address it still tells who made
 * the account.
 */
export async function lockPasswordBeside(tx: Tx): Promise<string | null> {
  const [row] = await tx.query<{ passwordHash: string | null }>({
    text: `select coalesce(a.password_hash, (select c.parked_password from account_changes c
          where c.account_id = a.account_id and c.parked_password is not null limit 1)) as "passwordHash"
      from accounts a where a.account_id = $1 for share of a`,
    values: [tx.accountId],
  })
  return row?.passwordHash ?? null
}
