import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { Id, Instant } from '../../kernel/fields.ts'
import { appendDurably } from './durable.ts'

/** History that was erased for good: of which number, what happened before when, and when that was done. */
const Erasure = z.object({ numberId: Id, cutOff: Instant, at: Instant })
export type JournalledErasure = z.infer<typeof Erasure> & { readonly companyId: string }

/** An account that was erased for good, and the members that it was. */
const ErasedAccount = z.object({
  accountId: Id,
  at: Instant,
  members: z.array(z.object({ companyId: Id, memberId: Id })),
})
export type ErasedAccount = z.infer<typeof ErasedAccount>

/** Erasures kept outside the database, so that a restored backup does not bring back what was erased since. */
export interface ErasureJournal {
  /** Keeps one; once this resolves, it survives a power cut. The same one may be there twice. */
  append(erasure: JournalledErasure): Promise<void>
  /** All of one company or of every company, oldest first within a company. */
  read(companyId?: string): Promise<JournalledErasure[]>
  /** Keeps the erasure of an account, in the same way. */
  appendAccount(erased: ErasedAccount): Promise<void>
  /** All accounts that were erased, oldest first. */
  readAccounts(): Promise<ErasedAccount[]>
}

const suffix = '.ndjson'
const accountsName = 'accounts'

/** A journal in `<folder>/<companyId>.ndjson` and, for accounts, `<folder>/accounts.ndjson`, one JSON object a line. */
export function createErasureJournal(folder: string): ErasureJournal {
  const fileOf = (companyId: string) => path.join(folder, `${path.basename(companyId)}${suffix}`)
  async function readOne(companyId: string): Promise<JournalledErasure[]> {
    const text = await readFile(fileOf(companyId), 'utf8').catch(unlessMissing(''))
    return text.split('\n').flatMap((line) => {
      const erasure = Erasure.safeParse(parsed(line)).data
      return erasure ? [{ companyId, ...erasure }] : []
    })
  }
  return {
    async append({ companyId, numberId, cutOff, at }) {
      await appendDurably(fileOf(companyId), `${JSON.stringify({ numberId, cutOff, at })}\n`)
    },
    async read(companyId) {
      if (companyId !== undefined) return readOne(companyId)
      const names = await readdir(folder).catch(unlessMissing([]))
      const companies = names
        .filter((name) => name.endsWith(suffix))
        .map((name) => path.basename(name, suffix))
        .filter((name) => name !== accountsName)
      return (await Promise.all(companies.sort().map(readOne))).flat()
    },
    async appendAccount({ accountId, at, members }) {
      await appendDurably(fileOf(accountsName), `${JSON.stringify({ accountId, at, members })}\n`)
    },
    async readAccounts() {
      const text = await readFile(fileOf(accountsName), 'utf8').catch(unlessMissing(''))
      return text.split('\n').flatMap((line) => ErasedAccount.safeParse(parsed(line)).data ?? [])
    },
  }
}

// What a power cut left half written was never answered for; its erasure is done again and written down again.
function parsed(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return null
  }
}

function unlessMissing<T>(otherwise: T): (error: NodeJS.ErrnoException) => T {
  return (error) => {
    if (error.code === 'ENOENT') return otherwise
    throw error
  }
}
