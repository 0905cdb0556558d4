import { createHash } from 'node:crypto'
import path from 'node:path'
import { createMediaFiles } from '../../src/platform/files/media-files.ts'
import { bodyOf, createCompany, type TestCompany, tokenFor } from '../builders.ts'
import type { World } from '../world.ts'
import { addAuthenticator, addPasskey } from './factors.ts'
import { bindAddress } from './identifiers.ts'
import { sendFile } from './imports.ts'
import { samples } from './media.ts'
import { tellHolders } from './notices.ts'
import { addNumber, heldNumber, hire } from './numbers.ts'
import { addDepartment } from './people.ts'
import { joinAsPerson } from './persons.ts'
import { addWorkAccount } from './tasks.ts'

/** A company in which every table has a row: what a backup has to bring back. */
export interface FullCompany extends TestCompany {
  readonly email: string
  readonly password: string
  readonly anna: string
  readonly bela: string
  /** Held by Anna, with records. */
  readonly numberId: string
  readonly mediaId: string
  readonly media: Buffer
}

const password = 'seven green lamps 41'
const reason = 'because'

/** Makes a company with everything in it: through the API, and by SQL what has no route. */
export async function createFullCompany(world: World): Promise<FullCompany> {
  const email = `full.${world.clock.newId()}@example.com`
  const company = await createCompany(world, {
    name: 'Acme 有限公司',
    ownerEmail: email,
    password,
    tier: 'max',
  })
  const anna = await hire(company, '安娜 "A", \\N', { email: `anna.${email}` })
  const bela = await hire(company, 'Béla', { managerId: anna })
  await arrangePeople(world, company, { anna, bela, email })
  await keepDraft(company)
  const numberId = await moveNumbers(world, company, { anna, bela })
  await passOnAnAccount(company, { anna, bela })
  await handOverALeaver(company, bela)
  await deleteAnAccount(world, company)
  await bindAnAddress(world, email)
  await world.runDueWork()
  await tellHolders(world)
  const media = Buffer.from('not quite an mp3')
  const mediaId = await keepRecords(world, { companyId: company.companyId, numberId, media })
  await world.tamper(
    `insert into installation_tokens (token_hash, token_id, name, scopes, created_by, created_at)
     values (sha256($1::bytea), gen_random_uuid(), 'SIP proxy', '{routes:read}', 'tester', now())`,
    [company.companyId],
  )
  return { ...company, email, password, anna, bela, numberId, mediaId, media }
}

interface Pair {
  readonly anna: string
  readonly bela: string
}

async function arrangePeople(
  world: World,
  company: TestCompany,
  { anna, bela, email }: Pair & { email: string },
) {
  const { owner } = company
  const top = await addDepartment(company)
  const below = await addDepartment(company, { parentId: top.departmentId })
  const departments = [{ departmentId: below.departmentId, isLead: true }]
  bodyOf(await owner.patch(`/v1/members/${anna}`, { role: 'lead', departments }), 200)
  await tokenFor(world, company, bela)
  bodyOf(await owner.post(`/v1/members/${anna}/sign-in-link`), 201)
  bodyOf(await owner.post('/v1/invitations', { memberId: anna, to: { kind: 'email', value: email } }), 201)
  bodyOf(
    await owner
      .with({ 'idempotency-key': 'once-only-please-1' })
      .post('/v1/members', { staffCode: 'ONCE', name: 'Once' }),
    201,
  )
  bodyOf(await world.anonymous.post('/v1/sessions', { email, password }), 201)
  await world.anonymous.post('/v1/sessions', { email, password: 'wrong wrong wrong 1' })
}

async function bindAnAddress(world: World, email: string): Promise<void> {
  const answer = await world.anonymous.post('/v1/sessions', { email, password })
  const cookie = [answer.headers['set-cookie']].flat().map((one) => String(one).split(';')[0])
  const client = world.client({ cookie: cookie.join('; ') })
  await bindAddress(world, client, { kind: 'email', value: `second.${email}` })
}

async function moveNumbers(world: World, company: TestCompany, { anna, bela }: Pair): Promise<string> {
  const { owner } = company
  const numbers: { numberId: string }[] = []
  for (let count = 0; count < 5; count += 1) numbers.push(await heldNumber(company, anna))
  const [kept, passed, lent, later, parked] = numbers.map((number) => number.numberId)
  world.clock.advance({ hours: 1 })
  const inHours = (hours: number) => new Date(world.clock.now().getTime() + hours * 3_600_000).toISOString()
  const move = (numberId: string | undefined, order: object) =>
    owner.post(`/v1/numbers/${numberId}/reassign`, { toMemberId: bela, ...order })
  bodyOf(await move(passed, { history: 'delete', reason }), 200)
  bodyOf(await move(lent, { returnAt: inHours(48) }), 200)
  bodyOf(await move(later, { at: inHours(24) }), 202)
  bodyOf(await owner.post(`/v1/numbers/${parked}/park`), 200)
  const released = await addNumber(company)
  bodyOf(
    await owner.post(`/v1/numbers/${released.numberId}/release`, { confirm: released.e164, reason }),
    200,
  )
  const hold = { subjectKind: 'member', subjectId: anna, reason }
  const { holdId } = bodyOf(await owner.post('/v1/legal-holds', hold), 201)
  bodyOf(await owner.post(`/v1/legal-holds/${holdId}/lift`, { reason }), 200)
  const proposal = { kind: 'proposal', numberId: kept, toMemberId: bela, reason }
  const { requestId } = bodyOf(await owner.post('/v1/requests', proposal), 201)
  await company.operator.post(`/v1/requests/${requestId}/reject`, { reason })
  return String(kept)
}

async function passOnAnAccount(company: TestCompany, { anna, bela }: Pair): Promise<void> {
  const { owner } = company
  const { workAccountId } = await addWorkAccount(company, { holderId: anna, login: 'anna "A", \\N' })
  const passOn = await owner.post(`/v1/work-accounts/${workAccountId}/pass-on`, { toMemberId: bela })
  const { taskId } = bodyOf(passOn, 201)
  bodyOf(await owner.post(`/v1/tasks/${taskId}/links`), 201)
  bodyOf(await owner.upload(`/v1/tasks/${taskId}/evidence`, samples.png, 'image/png'), 201)
}

async function handOverALeaver(company: TestCompany, successor: string): Promise<void> {
  const { owner } = company
  const leaver = await hire(company, 'Carla "C", \\N')
  await hire(company, 'Dora', { managerId: leaver })
  const order = { leaverId: leaver, defaultSuccessorId: successor, reason }
  const { handoverId, planHash } = bodyOf(await owner.post('/v1/handovers', order), 201)
  bodyOf(await owner.post(`/v1/handovers/${handoverId}/run`, { planHash }), 202)
}

// One that was erased, and one that somebody is asked to delete.
async function deleteAnAccount(world: World, company: TestCompany): Promise<void> {
  bodyOf(await company.owner.patch('/v1/company', { policies: { deletionCoolingDays: 0 } }), 200)
  const gone = await (await joinAsPerson(world, company, { name: 'Gone "G", \\N' })).signIn()
  bodyOf(await gone.post('/v1/account/deletion', { typed: 'delete my account' }), 201)
  const { memberId, signIn } = await joinAsPerson(world, company, { name: 'Emil' })
  const client = await signIn()
  await addPasskey(client)
  await addAuthenticator(world, client)
  bodyOf(await company.owner.post(`/v1/members/${memberId}/deletion-requests`, { reason }), 201)
}

// A draft of an import with a column that somebody chose, and a repaired cell.
async function keepDraft({ owner }: TestCompany): Promise<void> {
  const file = 'Staff code,Name,Badge\nE1,Éva,Clerk\nE2,,Clerk\n'
  const { importId } = bodyOf(await sendFile(owner, '员工 "1".csv', file), 201)
  const change = { columns: [{ column: 2, key: 'title' }], edits: [{ row: 3, cells: { name: '艾米' } }] }
  bodyOf(await owner.patch(`/v1/imports/${importId}`, change), 200)
}

interface Contents {
  readonly companyId: string
  readonly numberId: string
  readonly media: Buffer
}

async function keepRecords(world: World, { companyId, numberId, media }: Contents): Promise<string> {
  for (const month of ['2025-12-31T23:59:59.999999Z', '2026-01-01T00:00:00Z'])
    await world.tamper('select baton_open_record_month($1)', [month])
  for (const sql of Object.values(inserts))
    await world.tamper(sql.replaceAll(':company', `'${companyId}'`).replaceAll(':number', `'${numberId}'`))
  const { rows } = await world.tamper(
    `insert into record_media (company_id, media_id, record_id, number_id, occurred_at, content_type, byte_count, sha256, received_at)
     values ($1, gen_random_uuid(), gen_random_uuid(), $2, now(), 'audio/mpeg', $3, $4, now()) returning media_id`,
    [companyId, numberId, media.length, createHash('sha256').update(media).digest()],
  )
  const mediaId: string = rows[0].media_id
  const files = createMediaFiles(path.join(world.dataFolder, 'media'))
  async function* bytes() {
    yield media
  }
  await files.keep(await files.receive(companyId, bytes()), { companyId, mediaId })
  return mediaId
}

// What has routes of its own, or none, as rows: what is tested is that they come back.
const inserts = {
  takeoverRows: `insert into takeovers (account_id, takeover_id, state, basis, former_account_id, former_identifier_id, started_at, due_at, ended_at)
    select account_id, gen_random_uuid(), 'void', 'recycled', account_id, gen_random_uuid(), now(), now(), now() from members
    where company_id = :company and account_id is not null limit 1`,
  recoveries: `insert into account_recoveries (account_id, recovery_id, email, token_hash, asked_at, due_at)
    select account_id, gen_random_uuid(), gen_random_uuid() || '@example.com', decode(md5(random()::text), 'hex'), now(), '2100-01-01' from members
    where company_id = :company and account_id is not null limit 1`,
  rebindings: `insert into number_rebindings (company_id, rebinding_id, number_id, solution, former_available, chosen_by, chosen_at)
    values (:company, gen_random_uuid(), :number, 'take_over', false, 'tester', now())`,
  bindingEnds: `insert into binding_ends (company_id, identifier_id, number_id, account_id, asked_at, ended_at)
    values (:company, gen_random_uuid(), :number, gen_random_uuid(), now(), now())`,
  records: `insert into records (company_id, number_id, occurred_at, record_id, kind, direction, other_party, body, source, source_id, received_at)
    select :company, :number, '2025-12-31T23:59:59.999999Z'::timestamptz + make_interval(secs => n), gen_random_uuid(), 'message', 'inbound',
      '+49301', E'line\\nbreak \\\\ tab\\t 你好 ' || n, 'onoff', 'r' || n, now() from generate_series(0, 99) n`,
  recordSources:
    'insert into record_sources select company_id, source, source_id, record_id from records where company_id = :company',
  conversations: `insert into conversations (company_id, number_id, other_party, last_at, last_asked_at) values (:company, :number, '+49301', now(), now())`,
  recordReadings: `insert into record_readings values (:company, 'tester', :number, date_trunc('hour', now()))`,
  operations: `insert into operations (company_id, operation_id, kind, state, given, total, slices, created_by, created_at)
    values (:company, gen_random_uuid(), 'move', 'paused', '{"deep": [1.50, null, "ü"]}', 3, 1, 'tester', now())`,
  operationItems: `insert into operation_items (company_id, operation_id, position, slice, given)
    select company_id, operation_id, n, 0, '{}' from operations, generate_series(1, 3) n where company_id = :company`,
}
