import { generateKeyPairSync } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { addMember } from '../../../test/builders/people.ts'
import { bodyOf, createCompany, type TestCompany, tokenFor } from '../../../test/builders.ts'
import { openWorld, type World } from '../../../test/world.ts'
import { systemCaller } from '../../kernel/caller.ts'
import { ledgerOrigin, signCheckpoint } from './checkpoint.ts'
import { rotateSigningKey } from './keys.ts'
import { leafHashOf } from './leaf.ts'
import { appendLeaves, emptyFrontier, rootOf } from './merkle.ts'
import { record } from './store.ts'

let world: World
let company: TestCompany
beforeAll(async () => {
  world = await openWorld()
})
beforeEach(async () => {
  company = await createCompany(world)
})
afterAll(() => world.close())

/** Decisions in three seals, so that there are three checkpoints or more. */
async function fillLedger(): Promise<void> {
  for (let round = 0; round < 3; round++) {
    for (let index = 0; index < 4; index++) {
      await world.parts.database.inRealmOf(systemCaller(company.companyId, 'test'), async (tx) =>
        record(tx, {
          action: 'test.decided',
          subjectKind: 'thing',
          subjectId: `thing-${index}`,
          effect: { round, index },
          reason: 'because',
          details: { name: '王芳', phone: '+8613800138000' },
        }),
      )
    }
    await world.runDueWork()
  }
}

async function verify() {
  return bodyOf(await company.owner.get('/v1/audit/verify'), 200)
}

async function kinds(): Promise<string[]> {
  const report = await verify()
  expect(report.ok).toBe(report.findings.length === 0)
  return [...new Set<string>(report.findings.map((finding: { kind: string }) => finding.kind))].sort()
}

function tamper(sql: string, ...values: unknown[]) {
  return world.tamper(sql, [company.companyId, ...values])
}

describe('tampering with the database, as a superuser of it', () => {
  beforeEach(fillLedger)

  it('ALL-2 finds nothing in a ledger that nobody touched', async () => {
    const report = await verify()
    expect(report).toMatchObject({
      ok: true,
      findings: [],
      findingsOmitted: 0,
      unsealed: 0,
      detailsErased: 0,
    })
    expect(report.provenSize).toBe(report.size)
    expect(report.inside).toEqual(report.outside)
    expect(report.root).toBe(report.inside.root)
  })

  it('ALL-2 names an edited effect', async () => {
    await tamper(
      `update audit_entries set effect = effect || '{"index": 77}' where company_id = $1 and seq = 5`,
    )
    const report = await verify()
    expect(report).toMatchObject({ ok: false, findings: [{ kind: 'edited', seq: 5 }] })
  })

  it('ALL-2 finds an effect edited together with its leaf hash', async () => {
    const { rows } = await tamper('select * from audit_entries where company_id = $1 and seq = 6')
    const [row] = rows
    const forged = leafHashOf({
      companyId: company.companyId,
      id: row.entry_id,
      at: `${row.at.toISOString().slice(0, 23)}000Z`,
      action: row.action,
      actor: row.actor,
      subjectKind: row.subject_kind,
      subjectId: 'thing-999',
      effect: row.effect,
      reasonDigest: row.reason_digest,
      detailsDigest: row.details_digest,
    })
    await tamper(
      `update audit_entries set subject_id = 'thing-999', leaf_hash = $2, at = date_trunc('milliseconds', at) where company_id = $1 and seq = 6`,
      forged,
    )
    const report = await verify()
    expect(report.findings).toMatchObject([{ kind: 'edited' }])
    const [{ seq, lastSeq }] = report.findings
    expect(seq).toBeLessThanOrEqual(6)
    expect(lastSeq).toBeGreaterThanOrEqual(6)
  })

  it('ALL-2 names a deleted entry', async () => {
    await tamper(
      'delete from audit_details d using audit_entries e where e.company_id = $1 and e.seq = 4 and d.company_id = e.company_id and d.entry_id = e.entry_id',
    )
    await tamper('delete from audit_entries where company_id = $1 and seq = 4')
    expect((await verify()).findings).toMatchObject([{ kind: 'removed', seq: 4, lastSeq: 4 }])
  })

  it('ALL-2 names a deleted entry even when the places after it were moved up', async () => {
    await tamper(
      'delete from audit_details d using audit_entries e where e.company_id = $1 and e.seq = 4 and d.company_id = e.company_id and d.entry_id = e.entry_id',
    )
    await tamper('delete from audit_entries where company_id = $1 and seq = 4')
    await tamper('update audit_entries set seq = -seq where company_id = $1 and seq > 4')
    await tamper('update audit_entries set seq = -seq - 1 where company_id = $1 and seq < 0')
    expect(await kinds()).toEqual(['removed'])
  })

  it('ALL-2 finds an inserted entry at the end, in the middle and before the beginning', async () => {
    const { size } = await verify()
    const insert = `insert into audit_entries (company_id, entry_id, at, action, actor, subject_kind, subject_id, effect, leaf_hash, seq)
      select company_id, gen_random_uuid(), at, action, actor, subject_kind, subject_id, effect, leaf_hash, $2::bigint
      from audit_entries where company_id = $1 and seq = 3`
    await tamper(insert, size)
    expect((await verify()).findings).toContainEqual(expect.objectContaining({ kind: 'inserted', seq: size }))
    await tamper('delete from audit_entries where company_id = $1 and seq = $2', size)
    await tamper(insert, -1)
    expect((await kinds()).length).toBeGreaterThan(0)
    await tamper('delete from audit_entries where company_id = $1 and seq = -1')
    expect(await kinds()).toEqual([])
    await tamper('update audit_entries set seq = -seq where company_id = $1 and seq > 3')
    await tamper('update audit_entries set seq = -seq + 1 where company_id = $1 and seq < 0')
    await tamper(insert, 4)
    expect(await kinds()).toContain('inserted')
  })

  it('ALL-2 finds a second entry at one place, also where the ledger is read in parts', async () => {
    await world.tamper('alter table audit_entries drop constraint audit_entries_company_id_seq_key')
    const { size } = await verify()
    await tamper(
      `insert into audit_entries (company_id, entry_id, at, action, actor, subject_kind, subject_id, effect, leaf_hash, seq)
       select company_id, gen_random_uuid(), at, action, actor, subject_kind, subject_id, effect, leaf_hash, seq
       from audit_entries, generate_series(1, 2100) where company_id = $1 and seq = 3`,
    )
    const report = await verify()
    expect(report.findings[0]).toMatchObject({ kind: 'inserted', seq: 3 })
    expect(report.entries).toBe(size + 2_100)
    await tamper(
      'delete from audit_entries e where company_id = $1 and seq = 3 and not exists (select 1 from audit_details d where d.entry_id = e.entry_id)',
    )
    await world.tamper('alter table audit_entries add unique (company_id, seq)')
    expect(await kinds()).toEqual([])
  })

  it('ALL-2 names two entries that changed places', async () => {
    await tamper('update audit_entries set seq = -100 where company_id = $1 and seq = 5')
    await tamper('update audit_entries set seq = 5 where company_id = $1 and seq = 6')
    await tamper('update audit_entries set seq = 6 where company_id = $1 and seq = -100')
    const report = await verify()
    expect(report.ok).toBe(false)
    expect(report.findings[0].kind).toBe('reordered')
  })

  it('ALL-2 names a place taken away from a sealed entry', async () => {
    await tamper('update audit_entries set seq = null where company_id = $1 and seq = 5')
    expect((await verify()).findings).toMatchObject([{ kind: 'removed', seq: 5 }])
  })

  it('ALL-6 a tail cut off with tree and checkpoints is revealed by the file outside', async () => {
    const { size } = await verify()
    const { rows } = await tamper(
      'select size::int from audit_checkpoints where company_id = $1 order by size desc offset 1 limit 1',
    )
    const shorter = rows[0].size
    await cutTo(shorter)
    const report = await verify()
    expect(report).toMatchObject({ ok: false, size: shorter, outside: { size } })
    expect(report.findings).toMatchObject([{ kind: 'rolled-back', seq: shorter, lastSeq: size - 1 }])
  })

  it('ALL-2 a tail cut off without the checkpoints is revealed by them', async () => {
    const { size } = await verify()
    await tamper(
      'delete from audit_details d using audit_entries e where e.company_id = $1 and e.seq >= $2 and d.company_id = e.company_id and d.entry_id = e.entry_id',
      size - 2,
    )
    await tamper('delete from audit_entries where company_id = $1 and seq >= $2', size - 2)
    expect((await verify()).findings).toMatchObject([{ kind: 'truncated', seq: size - 2, lastSeq: size - 1 }])
  })

  it('ALL-6 a database set back to yesterday and worked on is found out', async () => {
    await snapshot()
    await fillLedger()
    await restore()
    expect(await kinds()).toEqual(['rolled-back'])
    // The thief goes on until the ledger is longer than it ever was.
    await fillLedger()
    await fillLedger()
    const report = await verify()
    expect(report.findings.map((finding: { kind: string }) => finding.kind)).toContain('forked')
    expect(report.outsideBehind).toBe(0)
  })

  it('ALL-2 finds details that were changed, and counts those that were erased without complaint', async () => {
    await tamper(
      `update audit_details d set details = '{"name": "someone else"}' from audit_entries e
       where e.company_id = $1 and e.seq = 5 and d.company_id = e.company_id and d.entry_id = e.entry_id`,
    )
    expect(await kinds()).toEqual(['details-changed'])
    await tamper(
      `delete from audit_details d using audit_entries e
       where e.company_id = $1 and e.seq = 5 and d.company_id = e.company_id and d.entry_id = e.entry_id`,
    )
    expect(await verify()).toMatchObject({ ok: true, detailsErased: 1, reasonsErased: 1 })
  })

  it('ALL-6 a ledger signed anew with a key put into the database is not believed', async () => {
    const { rows } = await world.tamper('select installation_id from installation')
    const { publicKey, privateKey } = generateKeyPairSync('ed25519')
    await tamper(
      `update audit_entries set effect = '{"index": 5}', leaf_hash = leaf_hash where company_id = $1 and seq = 5`,
    )
    const all = await tamper('select leaf_hash from audit_entries where company_id = $1 order by seq')
    const head = appendLeaves(
      emptyFrontier,
      all.rows.map((row) => row.leaf_hash),
    )
    const note = signCheckpoint(
      {
        origin: ledgerOrigin(rows[0].installation_id, company.companyId),
        size: head.size,
        root: rootOf(head),
        at: '2026-01-01T00:00:00.000000Z',
      },
      { keyName: 'baton-forged', privateKey },
    )
    await world.tamper(
      `insert into signing_keys (key_name, public_key, created_at) values ('baton-forged', $1, now())`,
      [publicKey.export({ type: 'spki', format: 'pem' })],
    )
    await tamper('delete from audit_checkpoints where company_id = $1')
    await tamper(
      'insert into audit_checkpoints (company_id, size, note, sealed_at) values ($1, $2, $3, now())',
      head.size,
      note,
    )
    expect(await kinds()).toContain('unknown-key')
    await world.tamper(`delete from signing_keys where key_name = 'baton-forged'`)
  })

  it('ALL-6 checkpoints signed with an old key after its end are not believed', async () => {
    const old = await verify()
    const oldKey = await world.parts.keys.privateKey(old.inside.keyName)
    if (!oldKey) throw new Error('the key is not here')
    await rotateSigningKey(world.parts, 'tester')
    world.clock.advance({ minutes: 5 })
    await fillLedger()
    expect(await kinds()).toEqual([])
    const { rows } = await world.tamper('select installation_id from installation')
    const all = await tamper('select leaf_hash from audit_entries where company_id = $1 order by seq')
    const head = appendLeaves(
      emptyFrontier,
      all.rows.map((row) => row.leaf_hash),
    )
    const forged = signCheckpoint(
      {
        origin: ledgerOrigin(rows[0].installation_id, company.companyId),
        size: head.size,
        root: rootOf(head),
        at: old.inside.at,
      },
      { keyName: old.inside.keyName, privateKey: oldKey },
    )
    await tamper(
      'update audit_checkpoints set note = $3 where company_id = $1 and size = $2',
      head.size,
      forged,
    )
    expect(await kinds()).toContain('unknown-key')
  })

  it('ALL-2 the roles that serve and seal can neither edit nor delete an entry', async () => {
    const tries = [
      ['baton_serve', `update audit_entries set effect = '{}'`],
      ['baton_serve', 'delete from audit_entries'],
      ['baton_serve', 'delete from audit_checkpoints'],
      ['baton_serve', `update audit_checkpoints set note = ''`],
      ['baton_steward', `update audit_entries set effect = '{}'`],
      ['baton_steward', `update audit_checkpoints set note = ''`],
    ]
    for (const [role, statement] of tries)
      await expect(world.tamper(`set role ${role}; ${statement}`)).rejects.toThrow('permission denied')
    // Only the ledger of a sample company can go, with the company (ADR 0018): here is none.
    for (const table of ['audit_entries', 'audit_checkpoints']) {
      const { rows: before } = await world.tamper(`select count(*) from ${table}`)
      await world.tamper(`set role baton_steward; delete from ${table}; reset role`)
      const { rows: after } = await world.tamper(`select count(*) from ${table}`)
      expect(Number(before[0].count)).toBeGreaterThan(0)
      expect(after).toEqual(before)
    }
    await expect(world.tamper('set role baton_serve; update audit_entries set seq = 1')).rejects.toThrow(
      'permission denied',
    )
  })
})

async function cutTo(size: number): Promise<void> {
  await tamper(
    'delete from audit_details d using audit_entries e where e.company_id = $1 and (e.seq >= $2 or e.seq is null) and d.company_id = e.company_id and d.entry_id = e.entry_id',
    size,
  )
  await tamper('delete from audit_entries where company_id = $1 and (seq >= $2 or seq is null)', size)
  await tamper('delete from audit_checkpoints where company_id = $1 and size > $2', size)
  const { rows } = await tamper('select leaf_hash from audit_entries where company_id = $1 order by seq')
  const head = appendLeaves(
    emptyFrontier,
    rows.map((row) => row.leaf_hash),
  )
  await tamper('update audit_heads set size = $2, frontier = $3 where company_id = $1', head.size, head.nodes)
}

const ledgerTables = ['audit_entries', 'audit_details', 'audit_heads', 'audit_checkpoints']

async function snapshot(): Promise<void> {
  for (const table of ledgerTables) {
    await world.tamper(`drop table if exists yesterday_${table}`)
    await world.tamper(
      `create table yesterday_${table} as select * from ${table} where company_id = '${company.companyId}'`,
    )
  }
}

async function restore(): Promise<void> {
  for (const table of ['audit_details', 'audit_entries', 'audit_heads', 'audit_checkpoints']) {
    await tamper(`delete from ${table} where company_id = $1`)
  }
  const entry =
    'company_id, entry_id, at, action, actor, subject_kind, subject_id, effect, reason_digest, details_digest, leaf_hash, seq'
  await world.tamper(`insert into audit_entries (${entry}) select ${entry} from yesterday_audit_entries`)
  for (const table of ['audit_details', 'audit_heads', 'audit_checkpoints']) {
    await world.tamper(`insert into ${table} select * from yesterday_${table}`)
  }
}

describe('reading the ledger', () => {
  it('shows decisions newest first, with reason, details and who made them', async () => {
    const member = await addMember(company, { name: '李雷' })
    const [entry] = bodyOf(await company.owner.get(`/v1/audit?subjectId=${member.memberId}`), 200).items
    expect(entry).toMatchObject({
      action: 'member.created',
      subjectKind: 'member',
      seq: null,
      actor: { kind: 'token' },
      details: { name: '李雷' },
      detailsErased: false,
    })
    expect(entry.actorName).toEqual(expect.any(String))
    await world.runDueWork()
    const items = bodyOf(await company.owner.get('/v1/audit'), 200).items
    expect(items[0].seq).toEqual(expect.any(Number))
    const ids = items.map((item: { id: string }) => item.id)
    expect(ids).toEqual([...ids].sort().reverse())
  })

  it('pages without gap or repetition, and filters by action, subject, actor and time', async () => {
    await fillLedger()
    const all = bodyOf(await company.owner.get('/v1/audit?limit=200'), 200).items
    const paged: unknown[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const page: { items: unknown[]; nextCursor: string | null } = bodyOf(
        await company.owner.get(`/v1/audit?limit=5${cursor ? `&cursor=${cursor}` : ''}`),
        200,
      )
      paged.push(...page.items)
      cursor = page.nextCursor
    }
    expect(paged).toEqual(all)
    const count = async (query: string) =>
      bodyOf(await company.owner.get(`/v1/audit?limit=200&${query}`), 200).items.length
    expect(await count('action=test.decided')).toBe(12)
    expect(await count('subjectKind=thing&subjectId=thing-1')).toBe(3)
    expect(await count('actorId=test')).toBe(12)
    expect(await count('action=nothing.here')).toBe(0)
    const [newest] = all
    const middle = all[6]
    const within = (from: string, to: string) =>
      all.filter(({ at }: { at: string }) => at >= from && at < to).length
    expect(await count(`from=${middle.at}`)).toBe(within(middle.at, '9'))
    expect(await count(`to=${middle.at}`)).toBe(within('', middle.at))
    expect(await count(`from=${middle.at}&to=${newest.at}`)).toBe(within(middle.at, newest.at))
    expect(within(middle.at, newest.at)).toBeGreaterThan(0)
  })

  it('ALL-6 gives the signed checkpoints to whoever keeps them elsewhere, newest first, page by page', async () => {
    await fillLedger()
    const first = bodyOf(await company.owner.get('/v1/audit/checkpoints?limit=2'), 200)
    const second = bodyOf(
      await company.owner.get(`/v1/audit/checkpoints?limit=200&cursor=${first.nextCursor}`),
      200,
    )
    const notes = [...first.items, ...second.items].map((item) => item.note)
    expect(first.items).toHaveLength(2)
    expect(notes).toEqual((await world.parts.checkpointFiles.notes(company.companyId)).reverse())
    expect((await company.owner.get('/v1/audit/checkpoints?cursor=x')).body.code).toBe('page.cursor_invalid')
  })

  it('tells erased details from none', async () => {
    await fillLedger()
    await tamper('delete from audit_details where company_id = $1')
    const [entry] = bodyOf(await company.owner.get('/v1/audit?action=test.decided'), 200).items
    expect(entry).toMatchObject({ details: null, reason: null, detailsErased: true })
  })

  it('ALL-1 shows nothing of another company, and refuses a cursor of another list', async () => {
    const other = await createCompany(world)
    const items = bodyOf(await other.owner.get('/v1/audit?limit=200'), 200).items
    expect(items.length).toBeGreaterThan(0)
    const mine = bodyOf(await company.owner.get('/v1/audit?limit=200'), 200).items.map(
      (item: { id: string }) => item.id,
    )
    for (const item of items) expect(mine).not.toContain(item.id)
    expect((await company.owner.get('/v1/audit?cursor=abc')).body.code).toBe('page.cursor_invalid')
  })

  it('is for Owner, Admin and Auditor only', async () => {
    for (const [role, status] of [
      ['admin', 200],
      ['auditor', 200],
      ['lead', 403],
      ['member', 403],
    ] as const) {
      const { memberId } = await addMember(company, { role })
      const caller = await tokenFor(world, company, memberId)
      expect((await caller.get('/v1/audit')).status).toBe(status)
      expect((await caller.get('/v1/audit/verify')).status).toBe(status)
    }
  })

  it('reaches an index with every filter, as the role that serves', async () => {
    const one = company.ownerMemberId
    for (const [condition, index] of [
      [`action = 'x'`, 'audit_entries_by_action'],
      [`subject_id = '${one}'`, 'audit_entries_of_subject'],
      [`actor_id = '${one}'`, 'audit_entries_of_actor'],
      [`entry_id < '${one}'`, 'audit_entries_pkey'],
    ]) {
      const plan =
        await world.tamper(`begin; set local role baton_serve; set local baton.company = '${company.companyId}';
        set local enable_seqscan = off; set local enable_sort = off;
        explain select * from audit_entries where company_id = '${company.companyId}' and ${condition} order by entry_id desc limit 50`)
      const lines =
        (plan as unknown as { rows: { 'QUERY PLAN': string }[] }[])
          .at(-1)
          ?.rows.map((row) => row['QUERY PLAN']) ?? []
      expect(lines.join('\n')).toMatch(
        new RegExp(`Index Scan.* using ${index}[^]*Index Cond: [^]*${condition?.split(' ')[0]}`),
      )
    }
  })
})
