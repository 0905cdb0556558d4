import { addHours } from '../../kernel/instant.ts'
import type { Tx } from '../../platform/db/tx.ts'
import type { SecurityEventKind } from './model.ts'
import { deviceDays } from './rules.ts'

/** Where something happened. */
export interface Place {
  readonly device: string | null
  readonly network: string | null
}

export interface NewSecurityEvent {
  readonly kind: SecurityEventKind
  /** What the person should see of it: kinds, masked values, ids. */
  readonly facts?: Readonly<Record<string, string | number | boolean | null>>
  readonly place?: Place
}

/** In the account's realm: writes an entry of its security log. */
export function noteSecurity(tx: Tx, { kind, facts = {}, place }: NewSecurityEvent): void {
  tx.send({
    text: `insert into security_events (account_id, event_id, happened_at, kind, facts, device, network)
      values ($1, $2, $3, $4, $5, $6, $7)`,
    values: [
      tx.accountId,
      tx.newId(),
      tx.now,
      kind,
      JSON.stringify(facts),
      place?.device ?? null,
      place?.network ?? null,
    ],
  })
}

/** In the account's realm: whether it signed in from this browser, as long as browsers are remembered. */
export async function isKnownDevice(tx: Tx, deviceHash: Buffer | null): Promise<boolean> {
  if (deviceHash === null) return false
  const found = await tx.query({
    text: 'select 1 from known_devices where account_id = $1 and device_hash = $2 and last_seen_at > $3',
    values: [tx.accountId, deviceHash, addHours(tx.now, -deviceDays * 24)],
  })
  return found.length > 0
}

/** In the account's realm: all browsers that it ever signed in from. */
export async function listDevices(tx: Tx): Promise<Buffer[]> {
  const found = await tx.query<{ deviceHash: Buffer }>({
    text: 'select device_hash as "deviceHash" from known_devices where account_id = $1',
    values: [tx.accountId],
  })
  return found.map(({ deviceHash }) => deviceHash)
}

/** In the account's realm: no browser is one that its person used before. */
export function forgetDevices(tx: Tx): void {
  tx.send({ text: 'delete from known_devices where account_id = $1', values: [tx.accountId] })
}

/** In the account's realm: notes that it signed in from this browser. */
export function noteDevice(tx: Tx, deviceHash: Buffer): void {
  tx.send({
    text: `insert into known_devices (account_id, device_hash, first_seen_at, last_seen_at) values ($1, $2, $3, $3)
      on conflict (account_id, device_hash) do update set last_seen_at = excluded.last_seen_at`,
    values: [tx.accountId, deviceHash, tx.now],
  })
}
