import { randomBytes } from 'node:crypto'
import { type Caller, isCompanyCaller } from '../../kernel/caller.ts'
import type { Tx } from '../../platform/db/tx.ts'
import {
  canonicalJson,
  digestDetails,
  type JsonValue,
  type LedgerActor,
  type LedgerEntry,
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
  const { entry, effectText, details, salt } = entryOf(tx, decision, randomBytes(saltBytes))
  const values = [
    entry.companyId,
    entry.id,
    entry.at,
    entry.action,
    JSON.stringify(entry.actor),
    entry.subjectKind,
    entry.subjectId,
    effectText,
    entry.reasonDigest,
    entry.detailsDigest,
    leafHashOf(entry, effectText),
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

/** Writes an entry for each of many decisions, as `record` does for one, in two statements. */
export function recordMany(tx: Tx, decisions: readonly Decision[]): void {
  if (decisions.length === 0) return
  const salts = randomBytes(saltBytes * decisions.length)
  const written = decisions.map((decision, index) =>
    entryOf(tx, decision, salts.subarray(index * saltBytes, (index + 1) * saltBytes)),
  )
  tx.send({
    name: 'audit-entries',
    text: `insert into audit_entries (company_id, entry_id, at, action, actor, subject_kind, subject_id, effect, reason_digest, details_digest, leaf_hash)
      select $1, entry_id, $2, action, $3, subject_kind, subject_id, effect, reason_digest, details_digest, leaf_hash
      from unnest($4::uuid[], $5::text[], $6::text[], $7::text[], $8::jsonb[], $9::text[], $10::text[], $11::bytea[])
        as given (entry_id, action, subject_kind, subject_id, effect, reason_digest, details_digest, leaf_hash)`,
    values: [
      tx.companyId,
      tx.now,
      JSON.stringify(actorOf(tx.caller)),
      written.map(({ entry }) => entry.id),
      written.map(({ entry }) => entry.action),
      written.map(({ entry }) => entry.subjectKind),
      written.map(({ entry }) => entry.subjectId),
      written.map(({ effectText }) => effectText),
      written.map(({ entry }) => entry.reasonDigest),
      written.map(({ entry }) => entry.detailsDigest),
      written.map(({ entry, effectText }) => leafHashOf(entry, effectText)),
    ],
  })
  const detailed = written.filter(({ details }) => details !== null)
  if (detailed.length > 0) {
    tx.send({
      name: 'audit-many-details',
      text: `insert into audit_details (company_id, entry_id, salt, details)
        select $1, entry_id, salt, details from unnest($2::uuid[], $3::bytea[], $4::jsonb[]) as given (entry_id, salt, details)`,
      values: [
        tx.companyId,
        detailed.map(({ entry }) => entry.id),
        detailed.map(({ salt }) => salt),
        detailed.map(({ details }) => JSON.stringify(details)),
      ],
    })
  }
  tx.announce({ kind: 'ledger-grew', companyId: tx.companyId })
}

interface WrittenEntry {
  readonly entry: LedgerEntry
  readonly effectText: string
  readonly details: Readonly<Record<string, JsonValue>> | null
  readonly salt: Uint8Array | null
}

function entryOf(tx: Tx, decision: Decision, freshSalt: Uint8Array): WrittenEntry {
  const details = erasableOf(decision)
  const salt = details ? freshSalt : null
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
  return { entry, effectText: canonicalJson(entry.effect), details, salt }
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
