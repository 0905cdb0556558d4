import { decodeCursor, encodeCursor } from '../../../kernel/cursor.ts'
import { normaliseInstant } from '../../../kernel/instant.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import type { RouteInput, RouteOutput } from '../../../kernel/route.ts'
import type { KeyRing } from '../../../platform/crypto/key-ring.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import type { CheckpointFiles } from '../../../platform/files/checkpoint-files.ts'
import { httpRefusal } from '../../../platform/http/refusals.ts'
import { CheckpointError, ledgerOrigin, parseCheckpoint, type TrustedKey } from '../checkpoint.ts'
import type { auditContract } from '../contract.ts'
import { rootOf } from '../merkle.ts'
import type { AuditEntry, AuditFilter, AuditReport } from '../model.ts'
import { verifyLedger } from '../verify.ts'
import * as views from '../views/ledger.ts'

const listName = 'audit:-id'

/**
 * The ledger, newest first, with what is beside the entries where it was not erased.
 * @throws Refusal `page.cursor_invalid`
 */
export async function listAudit(
  tx: Tx,
  { query }: RouteInput<typeof auditContract.listAudit>,
): Promise<RouteOutput<typeof auditContract.listAudit>> {
  const place = { beforeId: placeOf(query.cursor), limit: query.limit }
  const { items, lastId } = await pageOfLedger(tx, query, place)
  return { items, nextCursor: lastId === null ? null : encodeCursor(listName, [lastId]) }
}

export interface LedgerPlace {
  readonly beforeId: string | null
  readonly limit: number
}

/** Entries of the ledger, newest first; `lastId` is the last one's where there are more, else null. */
export async function pageOfLedger(
  tx: Tx,
  filter: AuditFilter,
  { beforeId, limit }: LedgerPlace,
): Promise<{ items: AuditEntry[]; lastId: string | null }> {
  const rows = await views.listEntries(tx, {
    ...filter,
    from: filter.from && normaliseInstant(filter.from),
    to: filter.to && normaliseInstant(filter.to),
    beforeId,
    limit: limit + 1,
  })
  const page = rows.slice(0, limit)
  const names = await views.namesOfActors(
    tx,
    page.map((row) => row.actor.id),
  )
  return {
    items: page.map((row) => auditEntryOf(row, names)),
    lastId: rows.length > page.length ? (page.at(-1)?.entry_id ?? null) : null,
  }
}

function placeOf(cursor: string | undefined): string | null {
  if (cursor === undefined) return null
  const id = decodeCursor(listName, cursor, ['id'])?.[0]
  if (id === undefined) throw new Refusal(httpRefusal.cursorInvalid)
  return id
}

function auditEntryOf(row: views.ListedRow, names: ReadonlyMap<string, string>): AuditEntry {
  const { reason, ...details } = row.details ?? {}
  return {
    id: row.entry_id,
    seq: row.seq,
    at: row.at,
    action: row.action,
    actor: { ...row.actor, onBehalfOf: row.actor.onBehalfOf ?? null },
    actorName: row.actor.id === null ? null : (names.get(row.actor.id) ?? null),
    subjectKind: row.subject_kind,
    subjectId: row.subject_id,
    effect: row.effect,
    reason: typeof reason === 'string' ? reason : null,
    details: Object.keys(details).length > 0 ? details : null,
    detailsErased: row.details_digest !== null && row.details === null,
  }
}

const checkpointsName = 'checkpoints:-size'

/** @throws Refusal `page.cursor_invalid` */
export async function listCheckpoints(
  tx: Tx,
  { query }: RouteInput<typeof auditContract.listCheckpoints>,
): Promise<RouteOutput<typeof auditContract.listCheckpoints>> {
  const below = query.cursor === undefined ? '' : decodeCursor(checkpointsName, query.cursor, ['number'])?.[0]
  if (below === undefined) throw new Refusal(httpRefusal.cursorInvalid)
  const belowSize = below === '' ? Number.MAX_SAFE_INTEGER : Number(below)
  const found = await views.listCheckpoints(tx, belowSize, query.limit + 1)
  const items = found.slice(0, query.limit)
  const last = items.at(-1)
  return {
    items,
    nextCursor:
      found.length > items.length && last ? encodeCursor(checkpointsName, [String(last.size)]) : null,
  }
}

export interface VerifyParts {
  readonly keys: KeyRing
  readonly checkpointFiles: CheckpointFiles
}

/**
 * ALL-2, ALL-6: checks the company's whole ledger against its checkpoints inside and outside the database, with the
 * keys that this machine has pinned; the database's word is not enough to trust a key.
 */
export async function verifyAudit(tx: Tx, { keys, checkpointFiles }: VerifyParts): Promise<AuditReport> {
  // What is outside was committed before, so it is read first: a sealer at work then looks like nothing amiss.
  const outside = await checkpointFiles.notes(tx.companyId)
  const snapshot = await views.readSnapshot(tx)
  const trustedKeys = await trustedKeysOf(tx, keys)
  const origin = ledgerOrigin(await views.readInstallationId(tx), tx.companyId)
  const {
    sealedSize,
    outsideOfOtherLedgers: _,
    ...report
  } = await verifyLedger({
    origin,
    entries: views.readSealed(tx, snapshot),
    head: snapshot.head,
    unsealed: snapshot.unsealed,
    checkpoints: snapshot.notes,
    outsideCheckpoints: outside,
    trustedKeys,
  })
  const lastOutside = summaryOf(outside.at(-1), trustedKeys)
  return {
    ...report,
    findings: [...report.findings],
    size: sealedSize,
    root: rootOf(snapshot.head).toString('base64'),
    checkpoints: snapshot.notes.length,
    inside: summaryOf(snapshot.notes.at(-1), trustedKeys),
    outside: lastOutside,
    outsideBehind: Math.max(0, sealedSize - (lastOutside?.size ?? 0)),
    keys: trustedKeys.map(({ keyName, publicKey, validUntil }) => ({
      keyName,
      publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
      retiredAt: validUntil ?? null,
    })),
  }
}

async function trustedKeysOf(tx: Tx, keys: KeyRing): Promise<TrustedKey[]> {
  const retiredAt = new Map((await views.readKnownKeys(tx)).map((key) => [key.key_name, key.retired_at]))
  return (await keys.pinned()).map((key) => ({
    keyName: key.keyName,
    publicKey: key.publicKey,
    validUntil: key.retiredAt ?? retiredAt.get(key.keyName) ?? null,
  }))
}

function summaryOf(note: string | undefined, trustedKeys: readonly TrustedKey[]): AuditReport['inside'] {
  if (note === undefined) return null
  try {
    const { size, root, at, signedBy } = parseCheckpoint(note, trustedKeys)
    return { size, root: root.toString('base64'), at, keyName: signedBy.keyName }
  } catch (error) {
    if (error instanceof CheckpointError) return null
    throw error
  }
}
