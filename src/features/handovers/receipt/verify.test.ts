import { describe, expect, it } from 'vitest'
import { fileOf, person, signer, someReceipt, someSupplement } from '../../../../test/builders/receipts.ts'
import type { ReceiptFile } from './body.ts'
import { hashOf, signBody } from './sign.ts'
import { namesOf, verifyReceipt } from './verify.ts'

const key = signer()
const pinned = [key.pinned]
const leaver = person('王芳', 'S-001')
const successor = person('Anna Müller', 'S-002')
const receipt = someReceipt(
  {
    company: '示例公司',
    leaver,
    items: [
      { label: '+49 30 1234567', to: successor },
      { label: '+49 30 1234568', to: null },
    ],
    due: [{ kind: 'undo_window', itemId: null, at: '2026-11-23T09:10:00.000000Z', reference: null }],
    reason: 'Leaves at the end of the month.',
  },
  key,
)
const whole = fileOf(receipt, someSupplement(receipt, key))

function written(file: unknown): string {
  return `${JSON.stringify(file, null, 2)}\n`
}

function changed(change: (file: ReceiptFile) => void, file: ReceiptFile = whole): string {
  const copy = structuredClone(file)
  change(copy)
  return written(copy)
}

function kindsOf(text: string, keys = pinned): string[] {
  return [...new Set(verifyReceipt(text, keys).findings.map(({ kind }) => kind))]
}

/** Every value in the file, by its path. */
function* leavesOf(value: unknown, path: string[] = []): Generator<{ path: string[]; value: unknown }> {
  if (value === null || typeof value !== 'object') yield { path, value }
  else for (const [name, inner] of Object.entries(value)) yield* leavesOf(inner, [...path, name])
}

function put(file: object, path: readonly string[], value: unknown): void {
  let place = file as Record<string, unknown>
  for (const name of path.slice(0, -1)) place = place[name] as Record<string, unknown>
  place[path.at(-1) ?? ''] = value
}

function other(value: unknown): unknown {
  if (typeof value === 'number') return value + 1
  if (typeof value === 'boolean') return !value
  if (typeof value !== 'string') return 'x'
  const last = value.at(-1) ?? ''
  return `${value.slice(0, -1)}${last === '1' ? '2' : '1'}`
}

describe('HAN-8 a receipt that nobody changed', () => {
  it('is whole, with and without its supplement, and says who signed it', () => {
    for (const file of [whole, fileOf(receipt)]) {
      const report = verifyReceipt(written(file), pinned)
      expect(report).toMatchObject({ ok: true, findings: [], signedBy: [key.keyName], namesErased: 0 })
      expect(report.receiptHash).toBe(hashOf(receipt.body))
    }
  })

  it('stays whole when it is written without line breaks or its members in another order', () => {
    const turned = { supplement: whole.supplement, receipt: whole.receipt, format: whole.format }
    expect(kindsOf(JSON.stringify(turned))).toEqual([])
  })

  it('stays whole when names in it are erased, and says how many', () => {
    const text = changed(({ receipt: { names } }) => {
      for (const ref of Object.keys(names)) if (ref.startsWith('member:')) delete names[ref]
    })
    const report = verifyReceipt(text, pinned)
    expect(report).toMatchObject({ ok: true, namesErased: 2 })
    expect(
      [...namesOf(report.file?.receipt ?? receipt).keys()].some((ref) => ref.startsWith('member:')),
    ).toBe(false)
  })

  it('hashes no name, number or reason', () => {
    const hashed = JSON.stringify(receipt.body)
    for (const secret of [leaver.name, successor.name, '1234567', 'end of the month', '示例'])
      expect(hashed).not.toContain(secret)
  })
})

describe('HAN-8 a receipt that somebody changed', () => {
  it('is found, whichever single value was changed', () => {
    const missed = [...leavesOf(whole)].filter(({ path, value }) => {
      const text = changed((file) => put(file, path, other(value)))
      return verifyReceipt(text, pinned).ok
    })
    expect(missed.map(({ path }) => path.join('.'))).toEqual([])
  })

  it('is found when an item, a decision or a due thing was taken out', () => {
    expect(kindsOf(changed(({ receipt: { body } }) => body.items.pop()))).toContain('bad-signature')
    expect(kindsOf(changed(({ receipt: { body } }) => body.due.pop()))).toContain('bad-signature')
    const text = changed(({ receipt: { body } }) => body.ledger.decisions.pop())
    expect(kindsOf(text)).toEqual(expect.arrayContaining(['bad-signature', 'ledger']))
  })

  it('is found when a name was changed, added, or put under another person', () => {
    const nameOf = (file: ReceiptFile, memberId: string) => file.receipt.names[`member:${memberId}`]
    const swapped = changed((file) => {
      const [a, b] = [nameOf(file, leaver.memberId), nameOf(file, successor.memberId)]
      if (!a || !b) throw new Error('the receipt has no names')
      file.receipt.names[`member:${leaver.memberId}`] = b
      file.receipt.names[`member:${successor.memberId}`] = a
    })
    expect(kindsOf(swapped)).toEqual(['name-changed'])
    const added = changed(({ receipt: { names } }) => {
      names['text:note'] = { salt: '00'.repeat(32), value: 'Everything was in order.' }
    })
    expect(kindsOf(added)).toEqual(['name-changed'])
  })

  it('is found when the proof of an entry is not its own, or evidence is missing or added', () => {
    const turned = changed(({ receipt: { evidence } }) => evidence.entries[0]?.proof.reverse())
    expect(kindsOf(turned)).toEqual(['ledger'])
    expect(kindsOf(changed(({ receipt: { evidence } }) => evidence.entries.pop()))).toEqual(['ledger'])
    expect(kindsOf(changed(({ receipt: { evidence } }) => evidence.entries.shift()))).toEqual(['ledger'])
    const twice = changed(({ receipt: { evidence } }) => {
      const [first] = evidence.entries
      if (first) evidence.entries.push(first)
    })
    expect(kindsOf(twice)).toEqual(['ledger'])
  })

  it('is found when it was cut off at any place', () => {
    const text = written(whole)
    for (let length = 0; length < text.length - 2; length += 97)
      expect(kindsOf(text.slice(0, length))).toEqual(['unreadable'])
  })

  it('is found when a member stands in it twice, so that two readers may see two receipts', () => {
    const text = written(whole).replace('"kind": "leave"', '"kind": "move", "kind": "leave"')
    expect(kindsOf(text)).toEqual(['ambiguous'])
  })

  it('is found when the supplement is of another receipt', () => {
    const foreign = someReceipt({ company: 'Other', leaver, items: [] }, key)
    expect(kindsOf(written(fileOf(receipt, someSupplement(foreign, key))))).toContain('parts-differ')
  })
})

describe('HAN-8 a receipt that somebody else signed', () => {
  const forger = signer()

  it('is found, though its key bears the right name', () => {
    const forged = someReceipt({ company: '示例公司', leaver, items: [] }, forger)
    expect(kindsOf(written(fileOf(forged)))).toEqual(['unknown-key', 'ledger'])
  })

  it('is found when only the receipt or only the checkpoint is of the right key', () => {
    const rest = fileOf(receipt)
    const signature = signBody(receipt.body, forger)
    expect(kindsOf(written({ ...rest, receipt: { ...receipt, signature } }))).toEqual(['unknown-key'])
    const forged = someReceipt({ company: '示例公司', leaver, items: [] }, forger)
    const mixed = { ...forged, signature: signBody(forged.body, key) }
    expect(kindsOf(written(fileOf(mixed)))).toEqual(['ledger'])
  })

  it('is found when nothing is pinned: a key that only comes with the receipt proves nothing', () => {
    expect(kindsOf(written(whole), [])).toEqual(['unknown-key', 'ledger'])
  })

  it('is found when the key was retired before; an older receipt stays good', () => {
    const until = (validUntil: string) => [{ ...key.pinned, validUntil }]
    expect(kindsOf(written(fileOf(receipt)), until('2026-11-20T09:10:00.000000Z'))).toContain('unknown-key')
    expect(kindsOf(written(fileOf(receipt)), until('2026-11-21T00:00:00.000000Z'))).toEqual([])
  })
})
