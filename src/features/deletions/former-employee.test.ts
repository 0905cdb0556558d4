import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { draftOf } from '../../../test/builders/imports.ts'
import { addNumber, heldNumber, hire } from '../../../test/builders/numbers.ts'
import { accountOf, joinAsPerson } from '../../../test/builders/persons.ts'
import { addWorkAccount, openTask } from '../../../test/builders/tasks.ts'
import { bodyOf, createCompany, type TestCompany } from '../../../test/builders.ts'
import { openWorld, type World } from '../../../test/world.ts'
import type { ReceiptFile } from '../handovers/receipt/body.ts'
import { namesOf, verifyReceipt } from '../handovers/receipt/verify.ts'

const name = 'Lena Unmistakable'

let world: World
let company: TestCompany
beforeAll(async () => {
  world = await openWorld()
  company = await createCompany(world, { policies: { cooldownMinutes: 0 } })
})
afterAll(() => world.close())

async function importAgain(staffCode: string, email: string, as = name): Promise<void> {
  const rows = [
    ['Staff code', 'Name', 'E-mail', 'Job title'],
    [staffCode, as, email, 'Clerk'],
  ]
  const { importId } = await draftOf(company, rows)
  const choice = { options: { existing: 'overwrite' } }
  bodyOf(await company.owner.patch(`/v1/imports/${importId}`, choice), 200)
  bodyOf(await company.owner.post(`/v1/imports/${importId}/apply`), 202)
  await world.runDueWork()
}

async function handOver(leaverId: string, heirId: string): Promise<string> {
  const order = { leaverId, defaultSuccessorId: heirId, reason: `${name} goes to a competitor` }
  const { handoverId, planHash } = bodyOf(await company.owner.post('/v1/handovers', order), 201)
  bodyOf(
    await company.owner.post(`/v1/handovers/${handoverId}/run`, { planHash, despiteBlockers: true }),
    202,
  )
  await world.runDueWork()
  return handoverId
}

async function tablesWith(texts: readonly string[]): Promise<string[]> {
  const { rows } = await world.tamper(
    `select relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition order by relname`,
  )
  const found: string[] = []
  for (const { relname } of rows) {
    const hit = await world.tamper(
      `select 1 from ${relname} t where exists (select 1 from unnest($1::text[]) as x where strpos(t::text, x) > 0) limit 1`,
      [texts],
    )
    if (hit.rowCount !== 0) found.push(relname)
  }
  return found
}

describe('ACC-3: a former employee deletes the own account, long after the handover', () => {
  it('the company keeps what was done, with proofs that hold, and nothing of the person', async () => {
    const person = await joinAsPerson(world, company, { name, staffCode: 'LU1' })
    const heir = await hire(company, 'Henri Heir')
    await importAgain('LU1', person.email)
    for (let made = 0; made < 2; made++) await heldNumber(company, person.memberId)
    world.clock.advance({ hours: 1 })
    await openTask(company, person.memberId, { title: 'Fetch the laptop', instructions: 'Ask' })
    const handoverId = await handOver(person.memberId, heir)
    const path = `/v1/handovers/${handoverId}/receipt`
    const before = bodyOf(await company.owner.get(path), 200) as unknown as ReceiptFile
    expect(namesOf(before.receipt).get(`member:${person.memberId}`)).toMatchObject({ name })
    expect(await tablesWith([name])).toEqual(
      expect.arrayContaining(['audit_details', 'handover_receipt_names', 'import_rows', 'members']),
    )

    world.clock.advance({ days: 40 })
    const client = await person.signIn()
    expect(bodyOf(await client.get('/v1/account/deletion'), 200)).toMatchObject({
      conditions: [],
      coolingDays: 15,
    })
    const accountId = await accountOf(world, person.memberId)
    bodyOf(await client.post('/v1/account/deletion', { typed: '注销我的账号' }), 201)
    world.clock.advance({ days: 14, hours: 23 })
    await world.runDueWork()
    expect(await tablesWith([name])).not.toEqual([])
    world.clock.advance({ hours: 2 })
    await world.runDueWork()

    expect(await tablesWith([name, person.email])).toEqual([])
    const { rows } = await world.tamper('select state from accounts where account_id = $1', [accountId])
    expect(rows).toEqual([{ state: 'erased' }])
    const after = bodyOf(await company.owner.get(path), 200) as unknown as ReceiptFile
    const keys = (await world.parts.keys.pinned()).map(({ keyName, publicKey, retiredAt }) => ({
      keyName,
      publicKey,
      validUntil: retiredAt,
    }))
    expect(verifyReceipt(JSON.stringify(after), keys)).toMatchObject({ ok: true, findings: [] })
    // The receipt that somebody kept verifies, too.
    expect(verifyReceipt(JSON.stringify(before), keys)).toMatchObject({ ok: true, findings: [] })
    expect(bodyOf(await company.owner.get('/v1/audit/verify'), 200)).toMatchObject({ ok: true })
    expect(bodyOf(await company.owner.get(`/v1/handovers/${handoverId}`), 200).leaver).toMatchObject({
      name: 'Former member LU1',
    })
  }, 90_000)

  it('nothing of the person stays under a name, an address or a word of earlier', async () => {
    const marks = ['Mirabel Formername', 'mirabel.former@example.com', '+8613877770001', 'Mirabel at home']
    const [formerName, formerEmail, mobile, tokenName] = marks
    const wish = { staffCode: 'MF1', mobile, alias: 'Mirabel Alias' }
    const person = await joinAsPerson(world, company, { name: String(formerName), ...wish })
    const heir = await hire(company, 'Hanna Heir')
    const path = `/v1/members/${person.memberId}`
    bodyOf(await company.owner.patch(path, { email: formerEmail }), 200)
    await importAgain('MF1', String(formerEmail), String(formerName))
    await heldNumber(company, person.memberId)
    const { workAccountId } = await addWorkAccount(company, { holderId: person.memberId })
    bodyOf(await company.owner.post(`/v1/work-accounts/${workAccountId}/pass-on`, { toMemberId: heir }), 201)
    const now = { name: 'Mirabel Nowname', alias: null, email: person.email, mobile: null }
    bodyOf(await company.owner.patch(path, now), 200)
    const order = { name: tokenName, scopes: ['numbers:read'], memberId: person.memberId }
    bodyOf(await company.operator.post('/v1/api-tokens', order), 201)
    world.clock.advance({ hours: 1 })
    await handOver(person.memberId, heir)
    expect(await tablesWith(marks)).toEqual(
      expect.arrayContaining(['api_tokens', 'audit_details', 'handover_items', 'imports', 'tasks']),
    )

    bodyOf(await (await person.signIn()).post('/v1/account/deletion', { typed: '注销我的账号' }), 201)
    world.clock.advance({ days: 15, hours: 1 })
    await world.runDueWork()
    expect(await tablesWith([...marks, 'Mirabel', person.email])).toEqual([])
    expect(bodyOf(await company.owner.get('/v1/audit/verify'), 200)).toMatchObject({ ok: true })
  })

  it('a number of the company stays in the ledger, and an address that somebody else has by now, too', async () => {
    const line = await addNumber(company, '+8613877770009')
    const desk = 'front.desk@example.com'
    const wish = { staffCode: 'FD1', mobile: line.e164 }
    const person = await joinAsPerson(world, company, { name: 'Dora Desk', ...wish })
    const path = `/v1/members/${person.memberId}`
    bodyOf(await company.owner.patch(path, { email: desk }), 200)
    bodyOf(await company.owner.patch(path, { email: person.email }), 200)
    const next = await hire(company, 'Nora Next', { email: desk })
    bodyOf(await (await person.signIn()).post('/v1/account/deletion', { typed: 'delete my account' }), 201)
    world.clock.advance({ days: 15, hours: 1 })
    await world.runDueWork()
    const detailsOf = async (subjectId: string, action: string) => {
      const { items } = bodyOf(await company.owner.get(`/v1/audit?subjectId=${subjectId}`), 200)
      return items.find((entry: { action: string }) => entry.action === action).details
    }
    expect(await detailsOf(line.numberId, 'number.added')).toMatchObject({ e164: line.e164 })
    expect(await detailsOf(next, 'member.created')).toMatchObject({ email: desk })
    expect(await tablesWith(['Dora Desk'])).toEqual([])
  })

  it('leaves a namesake and what concerns them as they are', async () => {
    const gone = await joinAsPerson(world, company, { name: 'Wang Wei', staffCode: 'WW1' })
    const stays = await hire(company, 'Wang Wei')
    bodyOf(await (await gone.signIn()).post('/v1/account/deletion', { typed: 'delete my account' }), 201)
    world.clock.advance({ days: 15, hours: 1 })
    await world.runDueWork()
    expect(bodyOf(await company.owner.get(`/v1/members/${stays}`), 200).name).toBe('Wang Wei')
    const { items } = bodyOf(await company.owner.get(`/v1/audit?subjectId=${stays}`), 200)
    expect(items.find(({ action }: { action: string }) => action === 'member.created').details).toMatchObject(
      {
        name: 'Wang Wei',
      },
    )
    expect(bodyOf(await company.owner.get(`/v1/members/${gone.memberId}`), 200).name).toBe(
      'Former member WW1',
    )
  })
})
