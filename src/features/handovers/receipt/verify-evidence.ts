import {
  CanonicalFormError,
  CheckpointError,
  canonicalJson,
  leafHashOf,
  ledgerOrigin,
  parseCheckpoint,
  type SignedCheckpoint,
  type TrustedKey,
  verifyInclusion,
} from '../../audit/index.ts'
import type { SignedPart } from './body.ts'
import { hashOf, madeActions } from './sign.ts'

type EvidenceEntry = SignedPart['evidence']['entries'][number]
type Decision = SignedPart['body']['ledger']['decisions'][number]

/** What the evidence of a signed part is worth: the pinned key that signed its checkpoint, and what is wrong, in words. */
export interface EvidenceVerdict {
  readonly signedBy: string | null
  readonly faults: readonly string[]
}

/**
 * Checks that each decision that a part names stands in the ledger under the signed checkpoint as the part has it
 * (RFC 6962), that none is missing or added, and that one more entry names the part itself by its hash.
 */
export function checkEvidence(
  part: SignedPart,
  kind: keyof typeof madeActions,
  pinned: readonly TrustedKey[],
): EvidenceVerdict {
  const checkpoint = readCheckpoint(part, pinned)
  if (typeof checkpoint === 'string') return { signedBy: null, faults: [checkpoint] }
  const { body, evidence } = part
  const decisions = new Map(body.ledger.decisions.map((decision) => [decision.entryId, decision]))
  const receiptHash = hashOf(body)
  const isMade = ({ entry }: EvidenceEntry) =>
    !decisions.has(entry.id) &&
    entry.action === madeActions[kind] &&
    entry.effect['receiptHash'] === receiptHash
  const ids = evidence.entries.map(({ entry }) => entry.id)
  const faults = evidence.entries.flatMap((one) => [
    ...(isOfThis(one, part) ? [] : [`${nameOf(one)} is about something else.`]),
    ...(isMade(one) ? [] : faultsOf(one, decisions.get(one.entry.id))),
    ...inclusionFaults(one, checkpoint),
  ])
  const missing = body.ledger.decisions.filter(({ entryId }) => !ids.includes(entryId))
  return {
    signedBy: checkpoint.signedBy.keyName,
    faults: [
      ...faults,
      ...(new Set(ids).size === ids.length ? [] : ['An entry of the ledger stands in it twice.']),
      ...missing.map(({ entryId, action }) => `The evidence of entry ${entryId} (${action}) is missing.`),
      ...(evidence.entries.some(isMade)
        ? []
        : ['No entry of the ledger names this very receipt by its hash.']),
    ],
  }
}

function readCheckpoint(
  { body, evidence }: SignedPart,
  pinned: readonly TrustedKey[],
): SignedCheckpoint | string {
  try {
    const checkpoint = parseCheckpoint(evidence.checkpoint, pinned)
    const expected = ledgerOrigin(body.installationId, body.companyId)
    if (checkpoint.origin === expected && body.ledger.origin === expected) return checkpoint
    return `Its checkpoint is of another ledger than ${expected}.`
  } catch (error) {
    if (!(error instanceof CheckpointError)) throw error
    return `Its checkpoint of the ledger proves nothing: ${error.message}.`
  }
}

function nameOf({ entry }: EvidenceEntry): string {
  return `Entry ${entry.id} (${entry.action})`
}

function isOfThis({ entry }: EvidenceEntry, { body }: SignedPart): boolean {
  return entry.companyId === body.companyId && entry.subjectId === body.handoverId
}

function faultsOf(one: EvidenceEntry, decision: Decision | undefined): string[] {
  if (!decision) return [`${nameOf(one)} was added: nothing signed knows of it.`]
  const { action, at, actor } = one.entry
  const isSame =
    leafOf(one)?.toString('hex') === decision.leafHash &&
    canonicalJson([action, at, actor]) === canonicalJson([decision.action, decision.at, decision.actor])
  return isSame ? [] : [`${nameOf(one)} is not the one that was signed.`]
}

function inclusionFaults(one: EvidenceEntry, { size, root }: SignedCheckpoint): string[] {
  const leafHash = leafOf(one)
  const proof = one.proof.map((node) => Buffer.from(node, 'hex'))
  if (leafHash !== null && verifyInclusion({ leafHash, index: one.seq, size, root, proof })) return []
  return [`The proof that ${nameOf(one)} stands in the ledger does not hold.`]
}

function leafOf({ entry }: EvidenceEntry): Buffer | null {
  try {
    return leafHashOf(entry)
  } catch (error) {
    if (error instanceof CanonicalFormError) return null
    throw error
  }
}
