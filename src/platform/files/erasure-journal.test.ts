import { appendFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createErasureJournal } from './erasure-journal.ts'

const company = '0190a000-0000-7000-8000-000000000001'
const other = '0190a000-0000-7000-8000-000000000002'
const erasure = {
  numberId: '0190a000-0000-7000-8000-0000000000aa',
  cutOff: '2026-01-01T00:00:00.000001Z',
  at: '2026-01-05T00:00:00.000000Z',
}

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'baton-journal-'))
})
afterAll(() => rm(folder, { recursive: true }))

describe('the journal of erasures', () => {
  it('is empty before the first one', async () => {
    const journal = createErasureJournal(path.join(folder, 'none'))
    expect([await journal.read(), await journal.read(company)]).toEqual([[], []])
  })

  it('gives back what was written down, company by company, in another process as well', async () => {
    const journal = createErasureJournal(path.join(folder, 'some'))
    await journal.append({ companyId: other, ...erasure })
    await journal.append({ companyId: company, ...erasure })
    await journal.append({ companyId: company, ...erasure, at: '2026-01-06T00:00:00.000000Z' })
    const again = createErasureJournal(path.join(folder, 'some'))
    expect(await again.read(other)).toEqual([{ companyId: other, ...erasure }])
    expect((await again.read()).map(({ companyId, at }) => [companyId.slice(-1), at.slice(0, 10)])).toEqual([
      ['1', '2026-01-05'],
      ['1', '2026-01-06'],
      ['2', '2026-01-05'],
    ])
  })

  it('goes on behind a line that a power cut left half written', async () => {
    const journal = createErasureJournal(path.join(folder, 'torn'))
    await journal.append({ companyId: company, ...erasure })
    await appendFile(path.join(folder, 'torn', `${company}.ndjson`), '{"numberId":"0190a')
    await journal.append({ companyId: company, ...erasure })
    expect(await journal.read(company)).toHaveLength(2)
  })

  it('keeps accounts apart from companies, and goes on behind a torn line there, too', async () => {
    const journal = createErasureJournal(path.join(folder, 'accounts'))
    expect(await journal.readAccounts()).toEqual([])
    const account = {
      accountId: other,
      at: erasure.at,
      members: [{ companyId: company, memberId: erasure.numberId }],
    }
    await journal.append({ companyId: company, ...erasure })
    await journal.appendAccount(account)
    await appendFile(path.join(folder, 'accounts', 'accounts.ndjson'), '{"accountId":"0190a')
    await journal.appendAccount({ ...account, members: [] })
    expect(await journal.readAccounts()).toEqual([account, { ...account, members: [] }])
    expect(await journal.read()).toEqual([{ companyId: company, ...erasure }])
  })
})
