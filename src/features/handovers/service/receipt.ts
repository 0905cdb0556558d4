import { Readable } from 'node:stream'
import { Refusal } from '../../../kernel/refusal.ts'
import type { RouteInput } from '../../../kernel/route.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { type Open, StreamReply } from '../../../platform/http/bind.ts'
import { httpRefusal } from '../../../platform/http/refusals.ts'
import type { handoversContract } from '../contract.ts'
import { handoverRefusal } from '../model.ts'
import { fileFormat, type Names, type PartBody, ReceiptFile } from '../receipt/body.ts'
import type { ReceiptPart } from '../receipt-store.ts'
import { type StoredPart, storedNames, storedParts } from '../receipt-views.ts'
import { mustFind, seesAllOf } from './read.ts'

/**
 * HAN-8, HAN-11: the receipt of a finished handover, as JSON that can be verified without Baton's database, or as the
 * form that is printed and signed.
 * @throws Refusal `thing.not_found`, `handover.receipt_not_ready`
 */
export async function getReceipt(
  { open }: { readonly open: Open },
  { params, query }: RouteInput<typeof handoversContract.getReceipt>,
): Promise<StreamReply> {
  const { handoverId } = params
  const file = await open((tx) => readFile(tx, handoverId))
  const name = `handover-${handoverId}`
  if (query.format === 'json')
    return download(Buffer.from(`${JSON.stringify(file, null, 1)}\n`), {
      name: `${name}.json`,
      type: 'application/json',
    })
  // Only who prints needs what prints.
  const { printForm } = await import('../receipt/form/print.ts')
  return download(await printForm(file, query.language), { name: `${name}.pdf`, type: 'application/pdf' })
}

function download(
  bytes: Buffer,
  { name, type }: { readonly name: string; readonly type: string },
): StreamReply {
  return new StreamReply({
    contentType: type,
    headers: {
      'content-disposition': `attachment; filename="${name}"`,
      'content-length': String(bytes.length),
      'cache-control': 'no-store',
    },
    body: Readable.from([bytes]),
  })
}

async function readFile(tx: Tx, handoverId: string): Promise<ReceiptFile> {
  const row = await mustFind(tx, handoverId)
  // It names all that was held and who got it: more than a successor sees.
  if (!(await seesAllOf(tx, row))) throw new Refusal(httpRefusal.notFound, { thing: 'receipt' })
  const parts = new Map((await storedParts(tx, handoverId)).map((part) => [part.part, part]))
  const names = await storedNames(tx, handoverId)
  const namesOf = (part: ReceiptPart): Names =>
    Object.fromEntries(
      names
        .filter((name) => name.part === part)
        .map(({ ref, salt, value }) => [
          ref,
          { salt: salt.toString('hex'), value: value as Names[string]['value'] },
        ]),
    )
  const receipt = signed(parts.get('receipt'), namesOf('receipt'))
  if (!receipt) throw new Refusal(handoverRefusal.receiptNotReady)
  return ReceiptFile.parse({
    format: fileFormat,
    receipt,
    supplement: signed(parts.get('supplement'), namesOf('supplement')),
  })
}

function signed(part: StoredPart | undefined, names: Names) {
  if (!part?.signature || !part.evidence) return null
  const { signature, evidence } = part
  return { body: JSON.parse(part.body) as PartBody, signature, evidence, names }
}
