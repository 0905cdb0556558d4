import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemCaller } from '../src/kernel/caller.ts'
import type { Tx } from '../src/platform/db/tx.ts'
import { sipProxy } from './builders/installation.ts'
import { addNumber, heldNumber, hire } from './builders/numbers.ts'
import { bodyOf, createCompany, type TestCompany } from './builders.ts'
import { openWorld, type World } from './world.ts'

// What SQL of one company's realm, as the role that serves, can do to another through the doors to global tables.

let world: World
let own: TestCompany
let other: TestCompany
beforeAll(async () => {
  world = await openWorld()
  ;[own, other] = [await createCompany(world), await createCompany(world)]
})
afterAll(() => world.close())

function inOwn<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
  return world.parts.database.inRealmOf(systemCaller(own.companyId, 'test'), work)
}

async function answerOf(text: string, values: readonly unknown[]): Promise<unknown> {
  const [row] = await inOwn((tx) => tx.query<{ value: unknown }>({ text, values }))
  return row?.value
}

const moment = '2026-11-22T09:30:00Z'

describe("ALL-1 another company's", () => {
  it('short name cannot be taken, nor one be taken for it', async () => {
    expect(await answerOf('select baton_claim_slug($1, $2) as value', [other.slug, own.companyId])).toBe(
      false,
    )
    expect(await answerOf('select baton_claim_slug($1, $2) as value', ['for-other', other.companyId])).toBe(
      false,
    )
  })

  it('number cannot be claimed or given up', async () => {
    const { e164, numberId } = await addNumber(other)
    await answerOf('select baton_unclaim_number($1)', [e164])
    expect(await answerOf('select baton_claim_number($1, $2) as value', [e164, numberId])).toBe(false)
    expect((await own.owner.post('/v1/numbers', { number: e164 })).body.code).toBe('number.not_available')
  })

  it('members get no link from here, and keep the one they have', async () => {
    const wish = { staffCode: 'L1', name: 'Lin', email: 'lin@other.example' }
    const { memberId } = bodyOf(await other.owner.post('/v1/members', wish), 201)
    const { token } = bodyOf(await other.owner.post(`/v1/members/${memberId}/sign-in-link`), 201)
    await answerOf('select baton_end_sign_in_links($1, $2)', [memberId, moment])
    await answerOf(
      `select baton_create_sign_in_link(sha256('forged'), $1, 'member', 'test', $2, $2::timestamptz + interval '9 years')`,
      [memberId, moment],
    )
    const password = 'seven green lamps 41'
    const forged = await world.anonymous.post('/v1/sessions', { link: 'forged', password })
    expect(forged.body.code).toBe('sign_in_link.invalid')
    expect((await world.anonymous.post('/v1/sessions', { link: token, password })).status).toBe(201)
  })

  it('numbers that an earlier account has are not told from here', async () => {
    const memberId = await hire(other, 'Holder')
    const former = await hire(other, 'Former')
    const { e164, numberId } = await heldNumber(other, memberId)
    await world.tamper(
      `with person as (insert into accounts (account_id, display_name, created_at) values (gen_random_uuid(), 'Former', now())
         returning account_id),
         joined as (update members set account_id = person.account_id from person where member_id = $2)
       insert into identifiers (kind, value, account_id, can_login, can_verify, bound_at, proven_how)
       select 'phone', $1, account_id, true, true, now(), 'code' from person`,
      [e164, former],
    )
    const asked = 'select baton_linked_numbers($1) as value'
    expect(await answerOf(asked, [memberId])).toBeUndefined()
    const caller = systemCaller(other.companyId, 'test')
    const seen = await world.parts.database.inRealmOf(caller, (tx) =>
      tx.query({ text: asked, values: [memberId] }),
    )
    expect(seen).toEqual([{ value: numberId }])
  })

  it('routes are not looked up from here, nor are tokens of the installation made, listed, used or ended', async () => {
    const { e164 } = await addNumber(other)
    const proxy = await sipProxy(world)
    const hash = `sha256('forged')`
    await answerOf(
      `select baton_create_installation_token(${hash}, $1, 'Forged', '{routes:read}', 'test', $2, null)`,
      [world.clock.newId(), moment],
    )
    expect(await answerOf('select company_id as value from baton_route($1)', [e164])).toBeUndefined()
    expect(await answerOf('select count(*) as value from baton_installation_tokens(null, 10)', [])).toBe(0)
    const { rows } = await world.tamper('select token_hash from installation_tokens')
    expect(rows).toHaveLength(1)
    expect(
      await answerOf('select token_id as value from baton_installation_token($1, $2)', [
        rows[0].token_hash,
        moment,
      ]),
    ).toBeUndefined()
    await answerOf('select baton_revoke_installation_token($1, $2, $3)', [proxy.tokenId, 'test', moment])
    await answerOf('select baton_touch_installation_token($1, $2)', [proxy.tokenId, moment])
    expect((await proxy.get(`/v1/routes/${e164}`)).status).toBe(200)
    const { items } = bodyOf(await world.operator.get('/v1/installation/tokens'), 200)
    expect(items.map((item: { name: string }) => item.name)).toEqual(['SIP proxy'])
  })

  it('door is not opened by a table or function of the same name that a session makes for itself', async () => {
    const seen = await inOwn(async (tx) => {
      await tx.query({ text: 'create temp table company_slugs (slug text, company_id uuid) on commit drop' })
      await tx.query({
        text: `create function pg_temp.baton_current_company() returns uuid language sql as $$ select '${other.companyId}'::uuid $$`,
      })
      const [row] = await tx.query<{ claimed: boolean; found: string }>({
        text: 'select baton_claim_slug($1, $2) as claimed, baton_company_by_slug($3) as found',
        values: ['hijacked', other.companyId, other.slug],
      })
      return row
    })
    expect(seen).toEqual({ claimed: false, found: other.companyId })
  })

  it.each([
    'account_memberships',
    'sign_in_links',
    'sign_in_failures',
    'company_slugs',
    'number_registry',
    'installation_tokens',
  ])('rows in %s are read by the doors alone', async (table) => {
    await expect(answerOf(`select count(*) as value from ${table}`, [])).rejects.toMatchObject({
      code: '42501',
    })
  })
})

describe('ACC-1 what belongs to a person', () => {
  it.each(['accounts', 'identifiers', 'sessions'])("is seen from no company's realm: %s", async (table) => {
    expect((await world.tamper(`select 1 from ${table} limit 1`)).rowCount).toBe(1)
    expect(await answerOf(`select count(*) as value from ${table}`, [])).toBe(0)
  })
})

describe('ALL-2 the ledger', () => {
  it.each([
    [
      'an entry with a place of its own choice',
      `insert into audit_entries (company_id, entry_id, at, action, actor, subject_kind, subject_id, effect, leaf_hash, seq)
        select company_id, gen_random_uuid(), at, action, actor, subject_kind, subject_id, effect, leaf_hash, 7 from audit_entries limit 1`,
    ],
    ['another place for an entry', 'update audit_entries set seq = 7'],
    ['a loss of entries', 'delete from audit_entries'],
    ['a loss of details', 'delete from audit_details'],
    ['a checkpoint', `insert into audit_checkpoints select company_id, 1, 'x', now() from companies`],
  ])('refuses %s to those who serve requests', async (_what, text) => {
    await expect(answerOf(text, [])).rejects.toMatchObject({ code: '42501' })
  })
})

describe('what opens an account', () => {
  it('is not told to whoever asks whose an identifier is', async () => {
    const email = 'hash@doors.example'
    await createCompany(world, { ownerEmail: email, password: 'seven green lamps 41' })
    const [row] = await inOwn((tx) =>
      tx.query({ text: "select * from baton_account_by_identifier('email', $1)", values: [email] }),
    )
    expect(row).toMatchObject({ state: 'active', can_login: true })
    expect(JSON.stringify(row)).not.toMatch(/argon2|password/)
    const sealed = 'select * from baton_sealed_account_by_identifier($1, $2, $3, 7)'
    const asked = await inOwn((tx) => tx.query({ text: sealed, values: ['email', Buffer.alloc(32), email] }))
    expect(asked).toEqual([])
  })

  it('begun elsewhere is not ended outside its own realm', async () => {
    const signInId = '01999999-0000-7000-8000-0000000000aa'
    await world.tamper(
      `insert into challenges (challenge_id, purpose, account_id, created_at, expires_at)
       select $1, 'sign_in', account_id, $2, $2::timestamptz + interval '1 hour' from accounts limit 1`,
      [signInId, moment],
    )
    await inOwn((tx) => tx.query({ text: 'select baton_end_begun_sign_ins($1)', values: [moment] }))
    const { rows } = await world.tamper('select used_at from challenges where challenge_id = $1', [signInId])
    expect(rows).toEqual([{ used_at: null }])
  })
})
