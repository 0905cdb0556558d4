import { createHash } from 'node:crypto'
import type { Caller } from '../../kernel/caller.ts'
import { addHours } from '../../kernel/instant.ts'
import { Refusal } from '../../kernel/refusal.ts'
import type { RouteContract, RouteInput } from '../../kernel/route.ts'
import type { Database } from '../db/database.ts'
import type { Tx } from '../db/tx.ts'
import type { DueTask } from '../jobs/sweeper.ts'
import { httpRefusal } from './refusals.ts'

/** A repeated request is answered from here, without the secrets that were shown once. */
export interface StoredAnswer {
  readonly status: number
  readonly answer: unknown
  readonly etag: string | null
}

interface KeyRow extends Omit<StoredAnswer, 'status'> {
  readonly fingerprint: Buffer
  /** Null while the transaction that claimed the key has not answered. */
  readonly status: number | null
}

export interface IdempotentCall {
  readonly key: string
  readonly contract: RouteContract
  readonly input: RouteInput<RouteContract>
}

/**
 * Takes the caller's key in the transaction of the effect (ALL-4). A second request with the same key waits here for
 * the first one's commit.
 * @returns the stored answer when the work is done already, else null
 * @throws Refusal `idempotency.key_reused` when the key came with another request before
 */
export async function claimKey(tx: Tx, call: IdempotentCall): Promise<StoredAnswer | null> {
  const fingerprint = fingerprintOf(call)
  // In one statement: by its answer the work may have stepped into another realm, where the row is hidden.
  const [row] = await tx.query<KeyRow>({
    name: 'idempotency-claim',
    text: `insert into idempotency_keys as k (company_id, principal, key, operation, fingerprint, created_at)
      values ($1, $2, $3, $4, $5, $6) on conflict (company_id, principal, key) do update set operation = k.operation
      returning k.fingerprint, k.status, k.answer, k.etag`,
    values: [tx.companyId, principalOf(tx.caller), call.key, call.contract.operationId, fingerprint, tx.now],
  })
  return answerOf(row, fingerprint)
}

/**
 * The stored answer of a request whose work is done, without claiming the key; null while it is not.
 * @throws Refusal `idempotency.key_reused` when the key came with another request before
 */
export async function findAnswer(tx: Tx, call: IdempotentCall): Promise<StoredAnswer | null> {
  const [row] = await tx.query<KeyRow>({
    name: 'idempotency-find',
    text: `select fingerprint, status, answer, etag from idempotency_keys
      where company_id = $1 and principal = $2 and key = $3`,
    values: [tx.companyId, principalOf(tx.caller), call.key],
  })
  return answerOf(row, fingerprintOf(call))
}

function answerOf(row: KeyRow | undefined, fingerprint: Buffer): StoredAnswer | null {
  if (!row) return null
  if (!row.fingerprint.equals(fingerprint)) throw new Refusal(httpRefusal.keyReused)
  const { status, answer, etag } = row
  return status === null ? null : { status, answer, etag }
}

/** Keeps the answer with the effect; sent without waiting. */
export function keepAnswer(tx: Tx, call: IdempotentCall, stored: StoredAnswer): void {
  tx.send({
    name: 'idempotency-keep',
    text: `update idempotency_keys set status = $4, answer = $5, etag = $6
      where company_id = $1 and principal = $2 and key = $3`,
    values: [
      tx.companyId,
      principalOf(tx.caller),
      call.key,
      stored.status,
      JSON.stringify(withoutSecrets(stored.answer, call.contract.secrets ?? [])),
      stored.etag,
    ],
  })
}

const keptHours = 24
const forgottenAtOnce = 5_000

const sweeper = { kind: 'installation', id: 'sweeper' } as const

/** Forgets kept answers after 24 hours (ALL-4), some thousands at once. */
export function createKeySweep(database: Database): DueTask {
  return {
    name: 'http.old-idempotency-keys',
    everyMs: 600_000,
    run: () => database.asSteward(sweeper, forgetOldKeys),
  }
}

async function forgetOldKeys(tx: Tx): Promise<number> {
  const forgotten = await tx.query({
    text: `delete from idempotency_keys where (company_id, principal, key) in (
        select company_id, principal, key from idempotency_keys where created_at < $1 order by created_at limit ${forgottenAtOnce})
      returning 1 as forgotten`,
    values: [addHours(tx.now, -keptHours)],
  })
  return forgotten.length
}

function principalOf(caller: Caller): string {
  return `${caller.kind}:${caller.id}`
}

function fingerprintOf(call: IdempotentCall): Buffer {
  const { params, query, body, expectedVersion } = call.input
  // A fast hash of a password would be a way around its slow one.
  const openBody = withoutSecrets(body, call.contract.secretInputs ?? [])
  return createHash('sha256')
    .update(JSON.stringify([call.contract.operationId, params, query, openBody, expectedVersion]))
    .digest()
}

function withoutSecrets(answer: unknown, secrets: readonly string[]): unknown {
  if (secrets.length === 0 || typeof answer !== 'object' || answer === null) return answer ?? null
  return Object.fromEntries(Object.entries(answer).filter(([name]) => !secrets.includes(name)))
}
