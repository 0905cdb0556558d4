import type { Tx } from '../../../platform/db/tx.ts'
import { proveEntries, type SigningKeyFinder } from '../../audit/index.ts'
import type { Evidence, PartBody } from '../receipt/body.ts'
import { madeActions, signBody } from '../receipt/sign.ts'
import { claimUnsigned, saveSignature, type UnsignedPart } from '../receipt-store.ts'
import { entryThatMade } from '../receipt-views.ts'

export { SigningKeyFinder } from '../../audit/index.ts'
export { companiesToSign } from '../receipt-views.ts'

const partsAtOnce = 20

/**
 * HAN-8: signs the company's receipts whose entries the sealer has placed, each with the proof that they stand in the
 * ledger. Runs as the steward.
 * @returns how many were signed; what is not sealed yet, or without a key here, waits
 */
export async function signReceipts(tx: Tx, finder: SigningKeyFinder): Promise<number> {
  let signed = 0
  for (const part of await claimUnsigned(tx, partsAtOnce)) if (await signPart(tx, part, finder)) signed += 1
  return signed
}

async function signPart(tx: Tx, part: UnsignedPart, finder: SigningKeyFinder): Promise<boolean> {
  const body = JSON.parse(part.body) as PartBody
  const made = await entryThatMade(tx, part.handoverId, madeActions[part.part])
  if (made === null) throw new Error('no entry of the ledger says that the receipt was made')
  const decided = body.ledger.decisions.map(({ entryId }) => entryId)
  const proof = await proveEntries(tx, [...decided, made])
  const key = proof && (await finder.find(tx))
  if (!proof || !key) return false
  const evidence: Evidence = {
    checkpoint: proof.checkpoint,
    entries: proof.entries.map(({ seq, entry, proof: way }) => ({
      seq,
      entry: {
        ...entry,
        actor: { ...entry.actor, onBehalfOf: entry.actor.onBehalfOf ?? null },
        effect: { ...entry.effect },
      },
      proof: way.map((node) => node.toString('hex')),
    })),
  }
  saveSignature(tx, part, { signature: signBody(body, key), evidence })
  return true
}
