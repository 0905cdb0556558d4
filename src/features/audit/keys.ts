import type { KeyObject } from 'node:crypto'
import { systemCaller } from '../../kernel/caller.ts'
import type { Instant } from '../../kernel/fields.ts'
import { instantOf } from '../../kernel/instant.ts'
import type { Clock } from '../../platform/clock/clock.ts'
import type { KeyRing } from '../../platform/crypto/key-ring.ts'
import { type Database, installationRealm } from '../../platform/db/database.ts'
import type { Tx } from '../../platform/db/tx.ts'
import type { SigningKey } from './checkpoint.ts'
import * as sealing from './sealing-store.ts'
import { record } from './store.ts'

export interface KeyParts {
  readonly database: Database
  readonly clock: Clock
  readonly keys: KeyRing
  readonly log: { warn(particulars: object, message: string): void }
}

// A server whose clock is ahead may have dated what it signed just before the change a little later than the change.
const clockLeewaySeconds = 10

/**
 * Makes sure that this machine can sign checkpoints (ALL-6): at the first start it makes a key; where the private
 * half is gone, it makes another one, keeps trusting what the database says of the old ones, and every ledger says so.
 */
export async function ensureSigningKey({ database, keys, log }: KeyParts): Promise<void> {
  await database.asSteward(systemCaller(installationRealm, 'signing-keys'), async (tx) => {
    await sealing.lockSigningKeys(tx)
    await sealing.installationId(tx)
    const known = await sealing.readSigningKeys(tx)
    const active = known.filter((key) => key.retired_at === null)
    for (const key of active) if ((await keys.privateKey(key.key_name)) !== null) return
    const made = await keys.create()
    sealing.addSigningKey(tx, made.keyName, made.publicPem)
    for (const key of known) await keys.adopt({ keyName: key.key_name, publicPem: key.public_key })
    const missing = active.map((key) => key.key_name)
    const companies = await sealing.sealedCompanies(tx)
    if (missing.length === 0 && companies.length === 0) return
    log.warn(
      { keyName: made.keyName, missing },
      'no private signing key was found here; a new one signs from now on',
    )
    await recordEverywhere(tx, companies, {
      action: 'signing_key.replaced',
      subjectKind: 'signing_key',
      subjectId: made.keyName,
      effect: { missing },
      reason: 'The private half of the key that signed so far was not found on the machine.',
    })
  })
}

/**
 * Changes the signing key (ALL-6): the old ones sign no more, but what they signed until now stays verifiable.
 * Private halves of old keys are deleted.
 * @returns the name of the new key
 */
export async function rotateSigningKey({ database, clock, keys }: KeyParts, actor: string): Promise<string> {
  const caller = { ...systemCaller(installationRealm, actor), kind: 'operator' } as const
  const { keyName, retired, at } = await database.asSteward(caller, async (tx) => {
    await sealing.lockSigningKeys(tx)
    const old = (await sealing.claimActiveKeys(tx)).map((key) => key.key_name)
    const end = leewayAfter(clock.now())
    const made = await keys.create()
    sealing.addSigningKey(tx, made.keyName, made.publicPem)
    sealing.retireSigningKeys(tx, old, end)
    await recordEverywhere(tx, await sealing.sealedCompanies(tx), {
      action: 'signing_key.rotated',
      subjectKind: 'signing_key',
      subjectId: made.keyName,
      effect: { retired: old },
    })
    return { keyName: made.keyName, retired: old, at: end }
  })
  for (const old of retired) await keys.retire(old, at)
  return keyName
}

function leewayAfter(moment: Date): Instant {
  return instantOf(new Date(moment.getTime() + clockLeewaySeconds * 1000))
}

async function recordEverywhere(
  tx: Tx,
  companies: readonly string[],
  decision: Parameters<typeof record>[1],
): Promise<void> {
  for (const companyId of companies) {
    await tx.inCompany({ ...systemCaller(companyId, tx.caller.id), kind: actorKind(tx) }, async (inner) =>
      record(inner, decision),
    )
  }
}

function actorKind(tx: Tx): 'operator' | 'system' {
  return tx.caller.kind === 'operator' ? 'operator' : 'system'
}

/** Finds the newest active key whose private half is here, inside a sealer's transaction. */
export class SigningKeyFinder {
  readonly #keys: KeyRing
  readonly #privateHalves = new Map<string, KeyObject>()

  constructor(keys: KeyRing) {
    this.#keys = keys
  }

  /** The key to sign with, held until the transaction ends; null when none of the active ones is here. */
  async find(tx: Tx): Promise<SigningKey | null> {
    for (const { key_name: keyName } of await sealing.holdActiveKeys(tx)) {
      const privateKey = this.#privateHalves.get(keyName) ?? (await this.#keys.privateKey(keyName))
      if (!privateKey) continue
      this.#privateHalves.set(keyName, privateKey)
      return { keyName, privateKey }
    }
    return null
  }
}
