import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tellHolders } from '../../../test/builders/notices.ts'
import { bodyOf, createCompany } from '../../../test/builders.ts'
import { type Answer, type Client, openWorld, type World } from '../../../test/world.ts'

let world: World
let owner: Client
let loaded: { companyId: string; slug: string; memberId: string }

/** Whoever got this answer, in their browser. */
function browserOf(answer: Answer): Client {
  const cookie = String(answer.headers['set-cookie']).split(';')[0] ?? ''
  return world.client({ cookie, 'baton-company': 'sample' })
}

async function load(body: object = {}): Promise<Answer> {
  return world.anonymous.post('/v1/setup/sample', body)
}

interface Row {
  readonly [name: string]: string | number | boolean | null | { [name: string]: string }
}

/** All entries of a list, over all its pages. */
async function all(list: string): Promise<Row[]> {
  const rows: Row[] = []
  const mark = list.includes('?') ? '&' : '?'
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page: Answer = await owner.get(`${list}${mark}limit=200${cursor ? `&cursor=${cursor}` : ''}`)
    const { items, nextCursor } = bodyOf(page, 200)
    rows.push(...items)
    cursor = nextCursor
  }
  return rows
}

function tally(rows: readonly Row[], name: string): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const row of rows) counts[String(row[name])] = (counts[String(row[name])] ?? 0) + 1
  return counts
}

beforeAll(async () => {
  world = await openWorld()
  const answer = await load({ timeZone: 'Europe/Berlin' })
  loaded = bodyOf(answer, 201)
  owner = browserOf(answer)
  await tellHolders(world)
  await world.runDueWork()
}, 120_000)
afterAll(() => world.close())

describe('a sample company', () => {
  it('is there at once, and whoever loaded it is signed in as its Owner', async () => {
    const me = bodyOf(await owner.get('/v1/me'), 200)
    expect(me).toMatchObject({
      kind: 'member',
      account: { emails: ['owner@sample.example'] },
      company: { ...loaded, role: 'owner', isSample: true },
      memberships: [{ companyId: loaded.companyId, slug: 'sample', isSample: true }],
    })
    expect(bodyOf(await owner.get('/v1/company'), 200)).toMatchObject({
      name: 'Sample company',
      timeZone: 'Europe/Berlin',
      language: 'en',
      isSample: true,
    })
    expect(bodyOf(await world.operator.get('/v1/companies'), 200).items).toMatchObject([{ isSample: true }])
  })

  it('has nobody who gets in with a password', async () => {
    const guess = { email: 'owner@sample.example', password: 'seven green lamps 41' }
    expect(await world.anonymous.post('/v1/sessions', guess)).toMatchObject({
      status: 401,
      body: { code: 'session.refused' },
    })
  })

  it('has people of all roles in six departments, with leads, leavers and one who is suspended', async () => {
    const members = await all('/v1/members')
    expect(members).toHaveLength(40)
    expect(tally(members, 'role')).toMatchObject({ owner: 1, admin: 2, auditor: 1, lead: 4 })
    expect(tally(members, 'status')).toEqual({ active: 37, leaving: 1, left: 1, suspended: 1 })
    const departments = await all('/v1/departments')
    expect(departments).toHaveLength(6)
    expect(departments.filter(({ parentId }) => parentId !== null)).toHaveLength(2)
  })

  it('NUM-13 shows that who leaves still holds something, and who left does not', async () => {
    const members = await all('/v1/members')
    const holdingsOf = async (status: string) => {
      const member = members.find((one) => one['status'] === status)
      const { holdings } = bodyOf(await owner.get(`/v1/members/${member?.['memberId']}`), 200)
      return holdings.filter(({ kind }: { kind: string }) => kind === 'number').length
    }
    expect(await holdingsOf('leaving')).toBeGreaterThanOrEqual(2)
    expect(await holdingsOf('suspended')).toBeGreaterThanOrEqual(2)
    expect(await holdingsOf('left')).toBe(0)
  })

  it('has 60 numbers in five countries, most of them held, some parked, with licences nearly used up', async () => {
    const numbers = await all('/v1/numbers')
    expect(numbers).toHaveLength(60)
    expect(Object.keys(tally(numbers, 'country')).sort()).toEqual(['CN', 'DE', 'FR', 'GB', 'US'])
    const { held = 0, parked = 0 } = tally(numbers, 'state')
    expect(held).toBeGreaterThan(40)
    expect(parked).toBeGreaterThanOrEqual(5)
    expect(bodyOf(await owner.get('/v1/company/licences'), 200).free).toBeLessThanOrEqual(5)
  })

  it('has custody over two years of every kind, and the notices of it', async () => {
    const { rows } = await world.tamper(
      'select cause, count(*)::int as count from assignments where company_id = $1 group by cause',
      [loaded.companyId],
    )
    const causes = Object.fromEntries(rows.map(({ cause, count }) => [cause, count]))
    expect(Object.keys(causes)).toEqual(
      expect.arrayContaining(['added', 'assigned', 'reassigned', 'lent', 'returned', 'parked', 'undone']),
    )
    expect(causes.reassigned).toBeGreaterThan(60)
    const first = (await all('/v1/numbers?sort=createdAt'))[0]?.['createdAt']
    expect(Date.parse(String(first))).toBeLessThan(world.clock.now().getTime() - 700 * 86_400_000)
    expect(bodyOf(await owner.get('/v1/notices'), 200).items.length).toBeGreaterThan(0)
  })

  it('NUM-16 has moves that wait: for today, for tomorrow, for a check, for the end of a loan', async () => {
    const waiting = await all('/v1/scheduled-moves?state=waiting')
    expect(waiting.map(({ kind, state }) => `${kind} ${state}`).sort()).toEqual([
      'move pending_check',
      'move scheduled',
      'move scheduled',
      'return scheduled',
    ])
    const now = world.clock.now().getTime()
    const hours = waiting
      .filter(({ kind, state }) => kind === 'move' && state === 'scheduled')
      .map(({ dueAt }) => (Date.parse(String(dueAt)) - now) / 3_600_000)
    expect(Math.min(...hours)).toBeGreaterThan(0)
    expect(Math.max(...hours)).toBeLessThan(36)
  })

  it('has requests for a second person, a legal hold, and a batch of which one item failed', async () => {
    const open = await all('/v1/requests?state=open')
    expect(tally(open, 'kind')).toEqual({ country_check: 1, delete_history: 1, proposal: 1 })
    expect(tally(await all('/v1/requests?state=approved'), 'kind')).toHaveProperty('country_check')
    expect(await all('/v1/legal-holds?state=placed')).toHaveLength(1)
    expect(await all('/v1/operations')).toMatchObject([
      { kind: 'number_moves', state: 'done', total: 9, done: 8, failed: 1 },
    ])
  })

  it('WRK-5 WRK-6 has accounts in outside systems, held by people or kept, some on numbers of the company', async () => {
    const accounts = await all('/v1/work-accounts')
    expect(tally(accounts, 'systemName')).toMatchObject({ 'Bank portal': 1, Marketplace: 2 })
    expect(tally(accounts, 'systemKind')).toEqual({ custom: 4, wecom: 2 })
    expect(accounts.filter(({ holderId }) => holderId === null)).toHaveLength(1)
    const held = accounts.filter(({ numberId }) => numberId !== null)
    expect(held).toHaveLength(2)
    for (const { numberId, holderName } of held) {
      expect(bodyOf(await owner.get(`/v1/numbers/${numberId}`), 200).holder.name).toBe(holderName)
    }
  })

  it('WRK-3 has tasks to do and one that somebody has to look at, for a member and for somebody outside', async () => {
    const tasks = await all('/v1/tasks')
    expect(tally(tasks, 'state')).toEqual({ planned: 2, claimed: 1 })
    expect(tasks.filter(({ forName }) => forName === 'Rosa Lind')).toHaveLength(1)
    const now = world.clock.now().getTime()
    const due = tasks.filter(({ state }) => state === 'planned').map(({ dueAt }) => Date.parse(String(dueAt)))
    expect(Math.min(...due)).toBeGreaterThan(now)
  })

  it('has about 5,000 records of every kind and some conversations that nobody has answered', async () => {
    const records = await all('/v1/records?reason=look')
    expect(records.length).toBeGreaterThan(4_500)
    const { call = 0, message = 0, voicemail = 0 } = tally(records, 'kind')
    expect(Math.min(call, message)).toBeGreaterThan(2_000)
    expect(voicemail).toBeGreaterThan(150)
    const unanswered = records.filter(({ awaitsAnswer }) => awaitsAnswer === true).length
    expect(unanswered).toBeGreaterThan(5)
    expect(unanswered).toBeLessThan(150)
    expect(
      records.every(({ occurredAt }) => Date.parse(String(occurredAt)) < world.clock.now().getTime()),
    ).toBe(true)
  })

  it('has voicemails that a player can play', async () => {
    const { items } = bodyOf(await owner.get('/v1/records?kind=voicemail&reason=look&limit=6'), 200)
    for (const { recordId, text, media } of items) {
      expect(text.length).toBeGreaterThan(10)
      expect(media).toMatchObject([{ contentType: 'audio/wav', fileName: /^voicemail-\d[.]wav$/ }])
      const file = await owner.download(`/v1/records/${recordId}/media?reason=look`)
      expect(file).toMatchObject({ status: 200, headers: { 'content-type': 'audio/wav' } })
      expect(file.bytes.subarray(0, 4).toString()).toBe('RIFF')
    }
  })

  it('ALL-2 has a ledger that verifies', async () => {
    await world.runDueWork()
    const report = bodyOf(await owner.get('/v1/audit/verify'), 200)
    expect(report).toMatchObject({ ok: true, unsealed: 0, findings: [] })
    expect(report.entries).toBeGreaterThan(400)
  })

  it('is loaded once, and never beside another company', async () => {
    expect(await load()).toMatchObject({ status: 409, body: { code: 'setup.done' } })
    expect(bodyOf(await world.anonymous.get('/v1/setup'), 200)).toEqual({ needed: false })
    expect(await readdir(path.join(world.dataFolder, 'media'))).toEqual([loaded.companyId])
  })

  it('keeps every other company: only the sample can be removed, by its Owner', async () => {
    const other = await createCompany(world)
    await world.runDueWork()
    expect(await other.owner.delete('/v1/sample')).toMatchObject({
      status: 409,
      body: { code: 'company.not_sample' },
    })
    await expect(
      world.parts.database.inRealmOf({ kind: 'installation', id: 'tester' }, (tx) =>
        tx.query({ text: 'update companies set is_sample = true' }),
      ),
    ).rejects.toThrow('permission denied')
    expect(bodyOf(await other.owner.get('/v1/company'), 200).isSample).toBe(false)
    for (const table of ['audit_entries', 'audit_checkpoints']) {
      const gone = await world.parts.database.asSteward({ kind: 'installation', id: 'tester' }, (tx) =>
        tx.query({
          text: `delete from ${table} where company_id = $1 returning 1`,
          values: [other.companyId],
        }),
      )
      expect(gone, `a ledger loses nothing of ${table}`).toEqual([])
    }
  })
})

/** Of every table with a company_id, how many rows the company has; without those that have none. */
async function rowsOf(companyId: string): Promise<Record<string, number>> {
  const { rows: tables } = await world.tamper(
    `select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'company_id'
     where not a.attisdropped and c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
       and not c.relispartition`,
  )
  const counts: Record<string, number> = {}
  for (const { name } of tables) {
    const { rows } = await world.tamper(`select count(*)::int as n from ${name} where company_id = $1`, [
      companyId,
    ])
    if (rows[0].n > 0) counts[name] = rows[0].n
  }
  return counts
}

describe('removing the sample company', () => {
  it('leaves nothing of it, signs its Owner out, and lets the next one have its name and numbers', async () => {
    const before = await rowsOf(loaded.companyId)
    expect(Object.keys(before).length).toBeGreaterThan(20)
    const [number] = await all('/v1/numbers')
    const removed = await owner.with({ 'idempotency-key': 'remove-the-sample' }).delete('/v1/sample')
    expect(removed.status).toBe(204)
    expect(String(removed.headers['set-cookie'])).toContain('Max-Age=0')
    expect(await rowsOf(loaded.companyId)).toEqual({})
    const { rows } = await world.tamper(
      `select (select count(*)::int from accounts) as accounts, (select count(*)::int from identifiers) as identifiers,
        (select count(*)::int from sessions) as sessions`,
    )
    expect(rows).toEqual([{ accounts: 0, identifiers: 0, sessions: 0 }])
    expect((await owner.get('/v1/me')).status).toBe(401)
    const other = await createCompany(world)
    bodyOf(await other.owner.post('/v1/numbers', { number: number?.['e164'] }), 201)
  })

  it('makes room for a set-up, or for the next sample: of many at once one wins', async () => {
    await removeAll()
    expect(bodyOf(await world.anonymous.get('/v1/setup'), 200)).toEqual({ needed: true })
    const plan = { companyName: 'Real Ltd', ownerName: 'Rita', ownerEmail: 'rita@real.example' }
    const answers = await Promise.all([
      load({ language: 'zh' }),
      load(),
      world.anonymous.post('/v1/setup', { ...plan, password: 'seven green lamps 41' }),
    ])
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409])
    expect(bodyOf(await world.operator.get('/v1/companies'), 200).items).toHaveLength(1)
  }, 120_000)

  it('lets the short name lead to the next sample, here in Chinese', async () => {
    await removeAll()
    const first = await load()
    bodyOf(await browserOf(first).get('/v1/company'), 200)
    bodyOf(await browserOf(first).delete('/v1/sample'), 204)
    const second = await load({ language: 'zh' })
    const { companyId } = bodyOf(second, 201)
    expect(bodyOf(await browserOf(second).get('/v1/company'), 200)).toMatchObject({
      companyId,
      name: '示例公司',
      language: 'zh',
    })
    const departments = bodyOf(await browserOf(second).get('/v1/departments'), 200).items
    expect(departments.map(({ name }: { name: string }) => name)).toContain('销售部')
  }, 120_000)
})

/** Empties the installation, as one that was never used. */
async function removeAll(): Promise<void> {
  await world.tamper(
    'truncate companies, company_slugs, number_registry, account_memberships, identifiers, accounts cascade',
  )
}
