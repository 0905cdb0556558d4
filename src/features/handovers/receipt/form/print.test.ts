import { inflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { fileOf, person, signer, someReceipt, someSupplement } from '../../../../../test/builders/receipts.ts'
import type { ReceiptFile } from '../body.ts'
import { contentOf, mostPrinted } from './content.ts'
import { printForm } from './print.ts'

const key = signer()
const leaver = person('欧阳锋', 'S-001', '销售部')
const successors = [person('李雷', 'S-002'), person('Anna Müller', 'S-003')]

function receiptOf(count: number): ReceiptFile {
  const items = Array.from({ length: count }, (_, at) => ({
    label: `+49 30 ${2000000 + at}`,
    to: successors[at % 3] ?? null,
  }))
  return fileOf(someReceipt({ company: '上海示例有限公司', leaver, items, reason: '个人原因' }, key))
}

/** What a reader copies out of the file, by the maps from glyphs to characters that the file carries. */
function charactersIn(pdf: Buffer): string {
  const text = pdf.toString('latin1')
  const found: string[] = []
  for (const { index } of text.matchAll(/stream\r?\n/g)) {
    const from = index + (text[index + 6] === '\r' ? 8 : 7)
    const content = inflated(pdf.subarray(from, text.indexOf('endstream', from)))
    if (!content.includes('beginbfrange')) continue
    for (const [, codes = ''] of content.matchAll(/\[([^\]]*)\]/g))
      for (const [, code = ''] of codes.matchAll(/<([0-9a-f]+)>/g))
        found.push(Buffer.from(code, 'hex').swap16().toString('utf16le'))
  }
  return found.join('')
}

function inflated(bytes: Buffer): string {
  try {
    return inflateSync(bytes).toString('latin1')
  } catch {
    return ''
  }
}

function pagesIn(pdf: Buffer): number {
  return Number(/\/Count (\d+)/.exec(pdf.toString('latin1'))?.[1])
}

describe('HAN-11 the handover form', () => {
  it('carries its letters, so that it looks alike anywhere and its text can be copied', async () => {
    const pdf = await printForm(receiptOf(4), 'both')
    const text = pdf.toString('latin1')
    expect(text).toContain('NotoSansSC-400')
    expect(text).toContain('NotoSansSC-600')
    expect(text).not.toContain('Helvetica')
    const characters = charactersIn(pdf)
    for (const character of '离职交接单欧阳锋李雷监交人Müller') expect(characters).toContain(character)
    expect(pagesIn(pdf)).toBe(2)
  })

  it('goes over as many pages as it needs', async () => {
    expect(pagesIn(await printForm(receiptOf(60), 'both'))).toBeGreaterThan(3)
  })

  it('is the same file for the same receipt', async () => {
    const receipt = receiptOf(3)
    expect((await printForm(receipt, 'zh')).equals(await printForm(receipt, 'zh'))).toBe(true)
  })

  it('groups items by who receives them, what nobody receives last', () => {
    const { groups } = contentOf(receiptOf(6), 'en')
    expect(groups.map(({ to, items }) => [to?.name ?? null, items.length])).toEqual([
      ['李雷', 2],
      ['Anna Müller', 2],
      [null, 2],
    ])
    expect(groups[0]?.items[0]).toMatchObject({
      number: '1',
      kind: 'Number',
      change: '欧阳锋 → 李雷\nhistory kept',
      result: 'seen done\n2026-11-20 17:12',
    })
  })

  it('speaks one language where only one is wanted', () => {
    const { groups, facts } = contentOf(receiptOf(1), 'zh')
    expect(groups[0]?.items[0]?.kind).toBe('号码')
    expect(facts.find(([phrase]) => phrase.en === 'Held afterwards')?.[1]).toBe('无')
  })

  it('tells what is not done, still due or still held', () => {
    const item = { label: 'WeCom · zhangsan', to: successors[0] ?? null }
    const due = [
      { kind: 'undo_window', itemId: null, at: '2026-11-23T09:10:00.000000Z', reference: null } as const,
    ]
    const items = [
      { ...item, change: { state: 'failed', refusalCode: 'number.held', observedAt: null } as const },
    ]
    const file = fileOf(someReceipt({ company: 'Acme', leaver, items, due }, key))
    const [only] = file.receipt.body.items
    if (only) file.receipt.body.holdingsAfter.items.push({ kind: only.kind, holdingId: only.holdingId })
    const content = contentOf(file, 'en')
    expect(content.exceptions.rows).toEqual([{ number: '1', label: item.label, says: 'failed, number.held' }])
    expect(content.due.rows).toEqual([
      { what: 'End of the undo window', label: '—', when: '2026-11-23 17:10' },
    ])
    expect(content.held.rows).toEqual([{ kind: 'Number', label: item.label }])
  })

  it('prints a thousand of each list, says how many more there are, and lets everybody sign', async () => {
    const failed = { state: 'failed', refusalCode: 'number.held', observedAt: null } as const
    const items = Array.from({ length: mostPrinted + 7 }, (_, at) => ({
      label: `item ${at}`,
      to: successors[at < mostPrinted + 3 ? 0 : 1] ?? null,
      change: failed,
    }))
    const file = fileOf(someReceipt({ company: 'Acme', leaver, items }, key))
    const content = contentOf(file, 'en')
    expect(content.left).toBe(7)
    expect(content.exceptions).toMatchObject({ left: 7, rows: { length: mostPrinted } })
    expect(content.groups.map(({ to, total, items: own }) => [to?.name, total, own.length])).toEqual([
      ['李雷', mostPrinted + 3, mostPrinted],
      ['Anna Müller', 4, 0],
    ])
    const whole = fileOf(
      someReceipt({ company: 'Acme', leaver, items: items.map(({ label, to }) => ({ label, to })) }, key),
    )
    expect(pagesIn(await printForm(whole, 'en'))).toBeGreaterThan(25)
  }, 60_000)

  it('marks names that were erased, and says when a supplement has closed it', () => {
    const file = receiptOf(1)
    file.receipt.names = {}
    const closed = { ...file, supplement: someSupplement(file.receipt, key) }
    const content = contentOf(closed, 'en')
    expect(content.leaver.name).toBe('(erased)')
    expect(content.banner).toContain('closed')
  })
})
