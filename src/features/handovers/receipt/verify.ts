import { verify as verifySignature } from 'node:crypto'
import { digestDetails, inMicroseconds, keyIdOf, type TrustedKey } from '../../audit/index.ts'
import type { ReceiptBody, SignedPart, SupplementBody } from './body.ts'
import type { FindingKind, ReceiptFinding, ReceiptReport } from './findings.ts'
import { readReceipt } from './read.ts'
import { hashOf, textOf } from './sign.ts'
import { checkEvidence } from './verify-evidence.ts'

interface Check {
  readonly part: 'receipt' | 'supplement'
  readonly pinned: readonly TrustedKey[]
  readonly findings: ReceiptFinding[]
  readonly signedBy: Set<string>
}

/**
 * HAN-8: checks a receipt without a network or database: its form, the signature of a pinned key, every name against
 * its digest, every entry of the ledger against the signed checkpoint, and the supplement against the receipt.
 */
export function verifyReceipt(text: string, pinned: readonly TrustedKey[]): ReceiptReport {
  const { file, findings } = readReceipt(text)
  if (file === null) return { ok: false, findings, receiptHash: null, signedBy: [], namesErased: 0, file }
  const signedBy = new Set<string>()
  const { receipt, supplement } = file
  checkPart(receipt, { part: 'receipt', pinned, findings, signedBy })
  if (supplement) {
    checkPart(supplement, { part: 'supplement', pinned, findings, signedBy })
    checkTogether(receipt.body, supplement.body, findings)
  }
  const erased = [receipt, ...(supplement ? [supplement] : [])].map(countErased)
  return {
    ok: findings.length === 0,
    findings,
    receiptHash: hashOf(receipt.body),
    signedBy: [...signedBy],
    namesErased: erased.reduce((sum, one) => sum + one, 0),
    file,
  }
}

function countErased({ body, names }: SignedPart): number {
  return Object.keys(body.names).filter((ref) => !(ref in names)).length
}

function checkPart(part: SignedPart, check: Check): void {
  checkSignature(part, check)
  checkNames(part, check)
  const { signedBy, faults } = checkEvidence(part, check.part, check.pinned)
  if (signedBy !== null) check.signedBy.add(signedBy)
  for (const says of faults) find(check, 'ledger', says)
}

function find({ findings, part }: Check, kind: FindingKind, says: string): void {
  findings.push({ kind, part, says })
}

function checkSignature({ body, signature }: SignedPart, check: Check): void {
  const { keyName, keyId, value } = signature
  const key = check.pinned.find(
    (one) => one.keyName === keyName && keyIdOf(keyName, one.publicKey).toString('hex') === keyId,
  )
  if (!key) {
    find(check, 'unknown-key', `It is signed by ${keyName}, which is not among the keys that you trust.`)
    return
  }
  if (key.validUntil && inMicroseconds(body.madeAt) > inMicroseconds(key.validUntil)) {
    find(
      check,
      'unknown-key',
      `It is signed by ${keyName}, a key retired at ${key.validUntil}, but was made later.`,
    )
    return
  }
  const bytes = Buffer.from(value, 'base64')
  const fits = verifySignature(null, Buffer.from(textOf(body), 'utf8'), key.publicKey, bytes)
  // Base64 can be written in several ways: only its one proper form counts.
  if (!fits || bytes.toString('base64') !== value) {
    find(
      check,
      'bad-signature',
      `The signature of ${keyName} does not fit: something that it covers was changed.`,
    )
    return
  }
  check.signedBy.add(keyName)
}

function checkNames({ body, names }: SignedPart, check: Check): void {
  for (const [ref, { salt, value }] of Object.entries(names)) {
    const digest = body.names[ref]
    if (digest === undefined)
      find(check, 'name-changed', `The name ${ref} was added: nothing signed knows of it.`)
    else if (digestDetails(Buffer.from(salt, 'hex'), value) !== digest)
      find(check, 'name-changed', `The name ${ref} is not the one that was signed.`)
  }
}

function checkTogether(receipt: ReceiptBody, supplement: SupplementBody, findings: ReceiptFinding[]): void {
  const isSame = (['installationId', 'companyId', 'handoverId'] as const).every(
    (id) => receipt[id] === supplement[id],
  )
  if (isSame && supplement.receiptHash === hashOf(receipt)) return
  findings.push({
    kind: 'parts-differ',
    part: 'supplement',
    says: 'The supplement belongs to another receipt, or the receipt was changed after it.',
  })
}

/** Names of a signed body whose digest fits, for showing. */
export function namesOf({ body, names }: SignedPart): ReadonlyMap<string, unknown> {
  return new Map(
    Object.entries(names)
      .filter(([ref, { salt, value }]) => body.names[ref] === digestDetails(Buffer.from(salt, 'hex'), value))
      .map(([ref, { value }]) => [ref, value]),
  )
}
