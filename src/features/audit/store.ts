import { randomBytes } from 'node:crypto'
import { type Caller, isCompanyCaller } from '../../kernel/caller.ts'
import type { Tx } from '../../platform/db/tx.ts'
import {
  canonicalJson,
  digestDetails,
  type JsonValue,
  type LedgerActor,
  leafHashOf,
  saltBytes,
} from './leaf.ts'

/** A decision to be recorded. `effect` holds ids and plain states only; names, numbers and texts go to `details`. */
export interface Decision {
  /** Noun and past tense, e.g. `number.reassigned`. */
  readonly action: string
  readonly subjectKind: string
  readonly subjectId: string
  readonly effect: Readonly<Record<string, JsonValue>>
  readonly reason?: string | null | undefined
  readonly details?: Readonly<Record<string, JsonValue>>
}

/**
 * Writes a ledger entry and its leaf hash in the transaction of the change (ALL-2); sent without waiting, so a failure
 * fails the commit. What may have to be erased one day is kept beside the entry under a salt.
 */
export function record(tx: Tx, decision: Decision): void {
  const details = erasableOf(decision)
  const salt = details ? randomBytes(saltBytes) : null
  const entry = {
    companyId: tx.companyId,
    id: tx.newId(),
    at: tx.now,
    action: decision.action,
    actor: actorOf(tx.caller),
    subjectKind: decision.subjectKind,
    subjectId: decision.subjectId,
    effect: decision.effect,
    reasonDigest: salt && decision.reason ? digestDetails(salt, decision.reason) : null,
    detailsDigest: salt && details ? digestDetails(salt, details) : null,
  }
  const values = [
    entry.companyId,
    entry.id,
    entry.at,
    entry.action,
    JSON.stringify(entry.actor),
    entry.subjectKind,
    entry.subjectId,
    canonicalJson(entry.effect),
    entry.reasonDigest,
    entry.detailsDigest,
    leafHashOf(entry),
  ]
  if (details) {
    tx.send({
      name: 'audit-entry-with-details',
      text: `with entry as (${insertEntry} returning company_id, entry_id)
        insert into audit_details (company_id, entry_id, salt, details) select company_id, entry_id, $12, $13 from entry`,
      values: [...values, salt, JSON.stringify(details)],
    })
  } else tx.send({ name: 'audit-entry', text: insertEntry, values })
  tx.announce({ kind: 'ledger-grew', companyId: tx.companyId })
}

const insertEntry = `insert into audit_entries (company_id, entry_id, at, action, actor, subject_kind, subject_id, effect, reason_digest, details_digest, leaf_hash)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`

function erasableOf(decision: Decision): Record<string, JsonValue> | null {
  const details = { ...decision.details, ...(decision.reason ? { reason: decision.reason } : {}) }
  return Object.keys(details).length > 0 ? details : null
}

function actorOf(caller: Caller): LedgerActor {
  if (isCompanyCaller(caller)) return { kind: caller.kind, id: caller.id, onBehalfOf: caller.onBehalfOf }
  if (caller.kind === 'installation') return { kind: 'operator', id: caller.id, onBehalfOf: null }
  return { kind: 'system', id: caller.kind, onBehalfOf: null }
}
