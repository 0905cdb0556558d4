import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { contract } from '../src/contract.ts'
import type { RouteContract } from '../src/kernel/route.ts'
import { bindAddress, objectionTo, signInBy } from './builders/identifiers.ts'
import { sendFile } from './builders/imports.ts'
import { aRecord, ingest } from './builders/ingest.ts'
import { invite, provedAnew } from './builders/invitations.ts'
import { samples } from './builders/media.ts'
import { tellHolders } from './builders/notices.ts'
import { addNumber, heldNumber, hire } from './builders/numbers.ts'
import { addDepartment } from './builders/people.ts'
import { accountOf, joinAsPerson } from './builders/persons.ts'
import {
  confirmLosses,
  joined,
  linkedNumber,
  linkTo,
  ownPhone,
  provePhone,
  removeEmail,
  sealNow,
} from './builders/takeovers.ts'
import { addSystem, addWorkAccount, openTask } from './builders/tasks.ts'
import { bodyOf, createCompany, type TestCompany, tokenFor } from './builders.ts'
import { codeTo } from './messages.ts'
import { type Answer, type Client, openWorld, type World } from './world.ts'

const features: readonly Readonly<Record<string, RouteContract>>[] = Object.values(contract)
const writing = features
  .flatMap((feature) => Object.values(feature))
  .filter((route) => route.method !== 'GET' && route.audit.length > 0)
  .map((route) => ({ operationId: route.operationId, route }))

const password = 'seven green lamps 41'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

interface Scene {
  readonly company: TestCompany
  readonly member: string
  readonly other: string
}

/** One successful call of each writing route; `prepare` is done before the ledger is looked at. */
type Scenario = (scene: Scene) => Promise<() => Promise<Answer>>

const reason = 'because'
function owner({ company }: Scene) {
  return company.owner
}

function inOneHour() {
  return new Date(world.clock.now().getTime() + 3_600_000).toISOString()
}

async function annasNumber({ company, member }: Scene): Promise<string> {
  const { numberId } = await heldNumber(company, member)
  world.clock.advance({ hours: 1 })
  return numberId
}

/** A number whose move waits for the check of its country, and the request for it. */
async function waitingCheck(scene: Scene): Promise<{ requestId: string; moveId: string }> {
  const { numberId } = await addNumber(scene.company, `+86137${String(Date.now()).slice(-8)}`)
  const waits = await owner(scene).post(`/v1/numbers/${numberId}/assign`, { toMemberId: scene.member })
  return bodyOf(waits, 202).move
}

/** The address of a batch that has not run yet. */
async function operation(scene: Scene, others: object[] = []): Promise<string> {
  const moves = [{ numberId: await annasNumber(scene), toMemberId: scene.other }, ...others]
  const { operation } = bodyOf(await owner(scene).post('/v1/number-moves', { moves }), 202)
  return `/v1/operations/${operation.operationId}`
}

async function signedIn({ company }: Scene): Promise<string> {
  const email = `${company.slug}@example.com`
  bodyOf(await world.operator.post('/v1/owner-reset', { companyId: company.companyId, email, password }), 200)
  return email
}

/** An Owner in a browser, who is signed in elsewhere, too. */
async function signedInTwice(scene: Scene): Promise<{ browser: Client; others: string[] }> {
  const email = await signedIn(scene)
  bodyOf(await world.anonymous.post('/v1/sessions', { email, password }), 201)
  const opened = await world.anonymous.post('/v1/sessions', { email, password })
  const browser = world.client({ cookie: String(opened.headers['set-cookie']).split(';')[0] ?? '' })
  const { items } = bodyOf(await browser.get('/v1/account/sessions'), 200)
  const others = items.filter((one: { current: boolean }) => !one.current)
  return { browser, others: others.map((one: { sessionId: string }) => one.sessionId) }
}

/** A person with a second e-mail address, bound just now. */
async function withSecondAddress(scene: Scene) {
  const { browser } = await signedInTwice(scene)
  const value = `second.${scene.company.slug}@example.com`
  return { browser, value, identifierId: await bindAddress(world, browser, { kind: 'email', value }) }
}

/** The address of an open task of the Owner's. */
async function task(scene: Scene): Promise<string> {
  const { ownerMemberId } = scene.company
  return `/v1/tasks/${(await openTask(scene.company, scene.member, { forMemberId: ownerMemberId })).taskId}`
}

async function taskLink(scene: Scene): Promise<string> {
  const { token } = bodyOf(await owner(scene).post(`${await task(scene)}/links`), 201)
  return `/v1/task-links/${token}`
}

/** The address of an account that the member holds. */
async function account({ company, member }: Scene, wish: object = {}): Promise<string> {
  return `/v1/work-accounts/${(await addWorkAccount(company, { holderId: member, ...wish })).workAccountId}`
}

/** The address of a draft of the member's handover, with the hash of its plan. */
async function handover({ company, member, other }: Scene): Promise<{ path: string; planHash: string }> {
  await heldNumber(company, member)
  world.clock.advance({ hours: 1 })
  const order = { leaverId: member, defaultSuccessorId: other }
  const { handoverId, planHash } = bodyOf(await company.owner.post('/v1/handovers', order), 201)
  return { path: `/v1/handovers/${handoverId}`, planHash }
}

async function runningHandover(scene: Scene): Promise<string> {
  const { path, planHash } = await handover(scene)
  bodyOf(await owner(scene).post(`${path}/run`, { planHash }), 202)
  return path
}

/** The address of an item that failed, of a handover that runs. */
async function failedItem(scene: Scene): Promise<string> {
  const { path, planHash } = await handover(scene)
  await heldNumber(scene.company, scene.other)
  bodyOf(await owner(scene).patch(`/v1/members/${scene.other}`, { status: 'suspended' }), 200)
  bodyOf(await owner(scene).post(`${path}/run`, { planHash, despiteBlockers: true }), 202)
  const [{ itemId }] = bodyOf(await owner(scene).get(`${path}/items?state=failed`), 200).items
  return `${path}/items/${itemId}`
}

const staffFile = 'Staff code,Name\nL1,Lea\n'

/** The address of an import that is still a draft. */
async function draftImport(scene: Scene): Promise<string> {
  const { importId } = bodyOf(await sendFile(owner(scene), 'staff.csv', staffFile), 201)
  return `/v1/imports/${importId}`
}

/** A takeover whose losses were shown to the new holder. */
async function takeoverShown({ company }: Scene) {
  const former = await joined(world, company)
  const holder = await joined(world, company)
  const { e164 } = await linkedNumber(world, company, { former, holder })
  const client = await holder.signIn()
  return { client, shown: bodyOf(await provePhone(world, client, { phone: e164 }), 200) }
}

/** A number of the company that somebody has who never held it, and that its holder waits for. */
async function phoneClaimed({ company }: Scene) {
  const former = await joined(world, company)
  const holder = await joined(world, company)
  const { numberId, e164 } = await addNumber(company)
  const order = { toMemberId: holder.memberId }
  bodyOf(await company.owner.post(`/v1/numbers/${numberId}/assign`, order), 200)
  await ownPhone(world, former, e164)
  await world.tamper("update members set status = 'suspended' where member_id = $1", [former.memberId])
  const { changeId } = bodyOf(await provePhone(world, holder.client, { phone: e164 }), 200)
  return { former, changeId }
}

/** Routes that work only where there is no company yet, and so have a test of their own. */
const onlyAtFirst = ['setUp', 'loadSample']

const scenarios: Readonly<Record<string, Scenario>> = {
  createRequest: async (scene) => {
    const numberId = await annasNumber(scene)
    const proposal = { kind: 'proposal', numberId, toMemberId: scene.other, reason }
    return () => owner(scene).post('/v1/requests', proposal)
  },
  approveRequest: async (scene) => {
    const { requestId } = await waitingCheck(scene)
    return () => owner(scene).post(`/v1/requests/${requestId}/approve`, { evidence: 'form 12' })
  },
  rejectRequest: async (scene) => {
    const { requestId } = await waitingCheck(scene)
    return () => owner(scene).post(`/v1/requests/${requestId}/reject`, { reason })
  },
  placeLegalHold: async (scene) => () =>
    owner(scene).post('/v1/legal-holds', { subjectKind: 'member', subjectId: scene.member, reason }),
  liftLegalHold: async (scene) => {
    const hold = { subjectKind: 'member', subjectId: scene.member, reason }
    const { holdId } = bodyOf(await owner(scene).post('/v1/legal-holds', hold), 201)
    return () => owner(scene).post(`/v1/legal-holds/${holdId}/lift`, { reason })
  },
  changeCompany: async (scene) => () => owner(scene).patch('/v1/company', { name: 'Another name' }),
  changeSubscription: async (scene) => () => owner(scene).patch('/v1/company/subscription', { tier: 'max' }),
  changeLicences: async (scene) => () => owner(scene).post('/v1/company/licences', { change: 1 }),
  createDepartment: async (scene) => () => owner(scene).post('/v1/departments', { name: 'Sales' }),
  changeDepartment: async (scene) => {
    const { departmentId } = await addDepartment(scene.company)
    return () => owner(scene).patch(`/v1/departments/${departmentId}`, { name: 'Support' })
  },
  removeDepartment: async (scene) => {
    const { departmentId } = await addDepartment(scene.company)
    return () => owner(scene).delete(`/v1/departments/${departmentId}`)
  },
  createMember: async (scene) => () => owner(scene).post('/v1/members', { staffCode: 'N1', name: 'Nora' }),
  changeMember: async (scene) => () => owner(scene).patch(`/v1/members/${scene.member}`, { title: 'Clerk' }),
  changeOwnDestination: async (scene) => () =>
    owner(scene).patch('/v1/me/destination', { destination: 'sip:olivia@pbx.example.com' }),
  removeMember: async (scene) => () => owner(scene).delete(`/v1/members/${scene.member}`),
  readNotice: async (scene) => {
    await heldNumber(scene.company, scene.company.ownerMemberId)
    await tellHolders(world)
    const [notice] = bodyOf(await owner(scene).get('/v1/notices'), 200).items
    return () => owner(scene).post(`/v1/notices/${notice.noticeId}/read`)
  },
  addNumber: async (scene) => () => owner(scene).post('/v1/numbers', { number: '+49 30 9911223' }),
  updateNumber: async (scene) => {
    const { numberId } = await addNumber(scene.company)
    return () => owner(scene).patch(`/v1/numbers/${numberId}`, { label: 'Desk' })
  },
  assignNumber: async (scene) => {
    const { numberId } = await addNumber(scene.company)
    return () => owner(scene).post(`/v1/numbers/${numberId}/assign`, { toMemberId: scene.member })
  },
  reassignNumber: async (scene) => {
    const numberId = await annasNumber(scene)
    return () => owner(scene).post(`/v1/numbers/${numberId}/reassign`, { toMemberId: scene.other })
  },
  parkNumber: async (scene) => {
    const numberId = await annasNumber(scene)
    return () => owner(scene).post(`/v1/numbers/${numberId}/park`)
  },
  releaseNumber: async (scene) => {
    const { numberId, e164 } = await addNumber(scene.company)
    return () => owner(scene).post(`/v1/numbers/${numberId}/release`, { confirm: e164, reason })
  },
  ingestRecords: async (scene) => {
    const { e164 } = await addNumber(scene.company)
    return () => owner(scene).post('/v1/records', { records: [aRecord(e164)] })
  },
  addMedia: async (scene) => {
    const { e164 } = await addNumber(scene.company)
    await ingest(scene.company, [aRecord(e164)])
    const [{ recordId }] = bodyOf(await owner(scene).get('/v1/records'), 200).items
    return () => owner(scene).upload(`/v1/records/${recordId}/media`, samples.mp3)
  },
  moveNumbers: async (scene) => {
    const moves = [{ numberId: await annasNumber(scene), toMemberId: scene.other }]
    return () => owner(scene).post('/v1/number-moves', { moves })
  },
  pauseOperation: async (scene) => {
    const path = await operation(scene)
    return () => owner(scene).post(`${path}/pause`)
  },
  resumeOperation: async (scene) => {
    const path = await operation(scene)
    bodyOf(await owner(scene).post(`${path}/pause`), 200)
    return () => owner(scene).post(`${path}/resume`)
  },
  cancelOperation: async (scene) => {
    const path = await operation(scene)
    return () => owner(scene).post(`${path}/cancel`)
  },
  retryOperation: async (scene) => {
    const numberId = await annasNumber(scene)
    const path = await operation(scene, [{ numberId, toMemberId: scene.other }])
    bodyOf(await owner(scene).post(`/v1/numbers/${numberId}/park`), 200)
    await world.runDueWork()
    return () => owner(scene).post(`${path}/retry`)
  },
  undoOperation: async (scene) => {
    const path = await operation(scene)
    await world.runDueWork()
    return () => owner(scene).post(`${path}/undo`)
  },
  undoMove: async (scene) => {
    const numberId = await annasNumber(scene)
    return () => owner(scene).post(`/v1/numbers/${numberId}/undo`)
  },
  cancelScheduledMove: async (scene) => {
    const numberId = await annasNumber(scene)
    const order = { toMemberId: scene.other, at: inOneHour() }
    const { move } = bodyOf(await owner(scene).post(`/v1/numbers/${numberId}/reassign`, order), 202)
    return () => owner(scene).delete(`/v1/scheduled-moves/${move.moveId}`)
  },
  createTask: async (scene) => () =>
    owner(scene).post('/v1/tasks', {
      subjectKind: 'member',
      subjectId: scene.member,
      title: 'Fetch the laptop',
      instructions: 'Ask',
    }),
  claimTask: async (scene) => {
    const path = await task(scene)
    return () => owner(scene).post(`${path}/claim`, { note: 'done' })
  },
  addEvidence: async (scene) => {
    const path = await task(scene)
    return () => owner(scene).upload(`${path}/evidence`, samples.png)
  },
  observeTask: async (scene) => {
    const path = await task(scene)
    return () => owner(scene).post(`${path}/observe`, { how: 'read_back' })
  },
  reopenTask: async (scene) => {
    const path = await task(scene)
    bodyOf(await owner(scene).post(`${path}/claim`, { note: 'done' }), 200)
    return () => owner(scene).post(`${path}/reopen`, { reason })
  },
  cancelTask: async (scene) => {
    const path = await task(scene)
    return () => owner(scene).post(`${path}/cancel`, { reason })
  },
  createTaskLink: async (scene) => {
    const path = await task(scene)
    return () => owner(scene).post(`${path}/links`)
  },
  addLinkedEvidence: async (scene) => {
    const path = await taskLink(scene)
    return () => world.anonymous.upload(`${path}/evidence`, samples.png)
  },
  claimLinkedTask: async (scene) => {
    const path = await taskLink(scene)
    return () => world.anonymous.post(`${path}/claim`, { note: 'done' })
  },
  createSystem: async (scene) => () => owner(scene).post('/v1/systems', { name: 'Tax office' }),
  changeSystem: async (scene) => {
    const { systemId } = await addSystem(scene.company)
    return () => owner(scene).patch(`/v1/systems/${systemId}`, { note: 'x' })
  },
  removeSystem: async (scene) => {
    const { systemId } = await addSystem(scene.company)
    return () => owner(scene).delete(`/v1/systems/${systemId}`)
  },
  createWorkAccount: async (scene) => {
    const { systemId } = await addSystem(scene.company)
    return () => owner(scene).post('/v1/work-accounts', { systemId, login: 'anna' })
  },
  changeWorkAccount: async (scene) => {
    const path = await account(scene)
    return () => owner(scene).patch(path, { note: 'x' })
  },
  removeWorkAccount: async (scene) => {
    const path = await account(scene)
    return () => owner(scene).delete(path)
  },
  passOnWorkAccount: async (scene) => {
    const path = await account(scene)
    return () => owner(scene).post(`${path}/pass-on`, { toMemberId: scene.other })
  },
  requestDeletion: async (scene) => {
    const path = await account(scene, { systemKind: 'wecom' })
    return () => owner(scene).post(`${path}/request-deletion`)
  },
  attestWorkAccount: async (scene) => {
    const path = await account(scene)
    return () => owner(scene).post(`${path}/attest`, { outcome: 'closed', note: 'x' })
  },
  createHandover: async (scene) => () => owner(scene).post('/v1/handovers', { leaverId: scene.member }),
  createHandovers: async (scene) => () =>
    owner(scene).post('/v1/handovers/many', { leavers: [{ leaverId: scene.member }] }),
  changeHandover: async (scene) => {
    const { path } = await handover(scene)
    return () => owner(scene).patch(path, { reason })
  },
  planHandover: async (scene) => {
    const { path } = await handover(scene)
    return () => owner(scene).post(`${path}/plan`)
  },
  submitHandover: async (scene) => {
    const { path, planHash } = await handover(scene)
    return () => owner(scene).post(`${path}/submit`, { planHash })
  },
  approveHandover: async (scene) => {
    const { path, planHash } = await handover(scene)
    const admin = await tokenFor(world, scene.company, await hire(scene.company, 'Ada', { role: 'admin' }))
    return () => admin.post(`${path}/approve`, { planHash })
  },
  acceptHandover: async (scene) => {
    bodyOf(await owner(scene).patch('/v1/company', { policies: { handoverAcceptance: 'required' } }), 200)
    const { path, planHash } = await handover(scene)
    bodyOf(await owner(scene).post(`${path}/submit`, { planHash }), 200)
    const successor = await tokenFor(world, scene.company, scene.other)
    return () => successor.post(`${path}/acceptance`, { accept: true })
  },
  runHandover: async (scene) => {
    const { path, planHash } = await handover(scene)
    return () => owner(scene).post(`${path}/run`, { planHash })
  },
  pauseHandover: async (scene) => {
    const path = await runningHandover(scene)
    return () => owner(scene).post(`${path}/pause`)
  },
  resumeHandover: async (scene) => {
    const path = await runningHandover(scene)
    bodyOf(await owner(scene).post(`${path}/pause`), 200)
    return () => owner(scene).post(`${path}/resume`)
  },
  cancelHandover: async (scene) => {
    const { path } = await handover(scene)
    return () => owner(scene).post(`${path}/cancel`)
  },
  retryHandoverItem: async (scene) => {
    const path = await failedItem(scene)
    return () => owner(scene).post(`${path}/retry`)
  },
  skipHandoverItem: async (scene) => {
    const path = await failedItem(scene)
    return () => owner(scene).post(`${path}/skip`, { reason })
  },
  handHandoverItem: async (scene) => {
    const path = await failedItem(scene)
    return () =>
      owner(scene).post(`${path}/hand`, { toMemberId: scene.company.ownerMemberId, instructions: 'Ask' })
  },
  undoHandover: async (scene) => {
    const path = await runningHandover(scene)
    await world.runDueWork()
    return () => owner(scene).post(`${path}/undo`)
  },
  createImport: async (scene) => () => sendFile(owner(scene), 'staff.csv', staffFile),
  changeImport: async (scene) => {
    const path = await draftImport(scene)
    return () => owner(scene).patch(path, { step: 'preview' })
  },
  applyImport: async (scene) => {
    const path = await draftImport(scene)
    return () => owner(scene).post(`${path}/apply`)
  },
  undoImport: async (scene) => {
    const path = await draftImport(scene)
    bodyOf(await owner(scene).post(`${path}/apply`), 202)
    await world.runDueWork()
    return () => owner(scene).post(`${path}/undo`)
  },
  discardImport: async (scene) => {
    const path = await draftImport(scene)
    return () => owner(scene).delete(path)
  },
  createCompany: async () => () =>
    world.operator.post('/v1/companies', {
      companyName: 'Second Ltd',
      ownerName: 'Sue Second',
      ownerEmail: `sue${Date.now()}@example.com`,
    }),
  openSession: async (scene) => {
    const email = await signedIn(scene)
    return () => world.anonymous.post('/v1/sessions', { email, password })
  },
  verifySignIn: async (scene) => {
    const value = await signedIn(scene)
    const { signInId } = bodyOf(await world.anonymous.post('/v1/sign-in', { by: 'email', value }), 201)
    const code = await codeTo(world, value)
    return () => world.anonymous.post(`/v1/sign-in/${signInId}/verify`, { code })
  },
  resetPassword: async (scene) => {
    const email = await signedIn(scene)
    const { resetId } = bodyOf(await world.anonymous.post('/v1/password/forgot', { email }), 201)
    const body = { resetId, code: await codeTo(world, email), password: 'nine purple boats 17' }
    return () => world.anonymous.post('/v1/password/reset', body)
  },
  endSession: async (scene) => {
    const opened = await world.anonymous.post('/v1/sessions', { email: await signedIn(scene), password })
    const cookie = String(opened.headers['set-cookie']).split(';')[0] ?? ''
    return () => world.client({ cookie }).delete('/v1/sessions/current')
  },
  endOneSession: async (scene) => {
    const { browser, others } = await signedInTwice(scene)
    return () => browser.delete(`/v1/account/sessions/${others[0]}`)
  },
  endOtherSessions: async (scene) => {
    const { browser } = await signedInTwice(scene)
    return () => browser.delete('/v1/account/sessions')
  },
  verifyMobileChange: async ({ company }) => {
    const { client } = await joined(world, company)
    const phone = `+4915190${String(Date.now()).slice(-6)}`
    const { changeId } = bodyOf(await client.post('/v1/account/change-mobile', { phone }), 201)
    const code = await codeTo(world, phone)
    return () => client.post(`/v1/account/change-mobile/${changeId}/verify`, { code })
  },
  confirmMobileChange: async (scene) => {
    const { client, shown } = await takeoverShown(scene)
    return () => confirmLosses(client, shown)
  },
  cancelMobileChange: async (scene) => {
    const { client, shown } = await takeoverShown(scene)
    return () => client.delete(`/v1/account/change-mobile/${shown.changeId}`)
  },
  vetoClaim: async (scene) => {
    const { former, changeId } = await phoneClaimed(scene)
    return () => former.client.delete(`/v1/account/phone-claims/${changeId}`)
  },
  objectToTakeover: async (scene) => {
    const { former } = await phoneClaimed(scene)
    await world.runDueWork()
    const token = linkTo(world, former.email)
    return () => world.anonymous.post('/v1/takeover-vetoes', { token })
  },
  verifyAccountRecovery: async ({ company }) => {
    const { email, accountId } = await joined(world, company)
    await removeEmail(world, { accountId })
    await sealNow(world, accountId)
    const { recoveryId } = bodyOf(await world.anonymous.post('/v1/account-recoveries', { email }), 201)
    const code = await codeTo(world, email)
    return () => world.anonymous.post(`/v1/account-recoveries/${recoveryId}/verify`, { code, password })
  },
  chooseRebinding: async (scene) => {
    const conditions = { companyOwned: true, formerAvailable: false, consent: null }
    const numberId = await annasNumber(scene)
    return () => owner(scene).post(`/v1/numbers/${numberId}/rebinding`, conditions)
  },
  createApiToken: async (scene) => () =>
    owner(scene).post('/v1/api-tokens', { name: 'Script', scopes: ['numbers:read'] }),
  revokeApiToken: async (scene) => {
    const token = { name: 'Script', scopes: ['numbers:read'] }
    const { tokenId } = bodyOf(await owner(scene).post('/v1/api-tokens', token), 201)
    return () => owner(scene).delete(`/v1/api-tokens/${tokenId}`)
  },
  createSignInLink: async (scene) => {
    const memberId = await hire(scene.company, 'Lin Link', { email: 'lin@example.com' })
    return () => owner(scene).post(`/v1/members/${memberId}/sign-in-link`)
  },
  createInvitation: async (scene) => () => owner(scene).post('/v1/invitations', { memberId: scene.member }),
  revokeInvitation: async (scene) => {
    const { invitationId } = await invite(scene.company, scene.member)
    return () => owner(scene).post(`/v1/invitations/${invitationId}/revoke`)
  },
  sendInvitationAgain: async (scene) => {
    const { invitationId } = await invite(scene.company, scene.member)
    return () => owner(scene).post(`/v1/invitations/${invitationId}/send-again`)
  },
  acceptInvitation: async (scene) => {
    const { token } = await invite(scene.company, scene.member)
    const value = `${scene.member}@example.com`
    const signInId = await provedAnew(world, { by: 'email', value })
    return () => world.anonymous.post(`/v1/invitations/${token}/accept`, { signInId, name: 'Mara Lind' })
  },
  startDeletion: async (scene) => {
    const client = await (await joinAsPerson(world, scene.company, { name: 'Dele' })).signIn()
    return () => client.post('/v1/account/deletion', { typed: 'delete my account' })
  },
  cancelDeletion: async (scene) => {
    const person = await joinAsPerson(world, scene.company, { name: 'Undo' })
    const client = await person.signIn()
    bodyOf(await client.post('/v1/account/deletion', { typed: 'delete my account' }), 201)
    await world.tamper('update sessions set ended_at = null where account_id = $1', [
      await accountOf(world, person.memberId),
    ])
    return () => client.delete('/v1/account/deletion')
  },
  askForDeletion: async (scene) => {
    const { memberId } = await joinAsPerson(world, scene.company, { name: 'Asked' })
    return () => owner(scene).post(`/v1/members/${memberId}/deletion-requests`, { reason })
  },
  withdrawDeletionRequest: async (scene) => {
    const { memberId } = await joinAsPerson(world, scene.company, { name: 'Asked' })
    const path = `/v1/members/${memberId}/deletion-requests`
    const { requestId } = bodyOf(await owner(scene).post(path), 201)
    return () => owner(scene).delete(`${path}/${requestId}`)
  },
  declineRequest: async (scene) => {
    const { memberId, signIn } = await joinAsPerson(world, scene.company, { name: 'Asked' })
    const asked = await owner(scene).post(`/v1/members/${memberId}/deletion-requests`)
    const client = await signIn()
    return () => client.post(`/v1/account/requests/${bodyOf(asked, 201).requestId}/decline`)
  },
  endMemberSessions: async (scene) => () => owner(scene).post(`/v1/members/${scene.member}/end-sessions`),
  verifyIdentifier: async (scene) => {
    const { browser } = await signedInTwice(scene)
    const value = `second.${scene.company.slug}@example.com`
    const { challengeId } = bodyOf(
      await browser.post('/v1/account/identifiers', { kind: 'email', value }),
      201,
    )
    const code = await codeTo(world, value)
    return () => browser.post(`/v1/account/identifiers/${challengeId}/verify`, { code })
  },
  setIdentifierUses: async (scene) => {
    const { browser, identifierId } = await withSecondAddress(scene)
    const uses = { canLogin: false, canVerify: true }
    return () => browser.patch(`/v1/account/identifiers/${identifierId}`, uses)
  },
  removeIdentifier: async (scene) => {
    const { browser, identifierId } = await withSecondAddress(scene)
    return () => browser.delete(`/v1/account/identifiers/${identifierId}`)
  },
  setOwnPassword: async (scene) => {
    const { browser } = await signedInTwice(scene)
    const body = { password: 'nine purple boats 17', endOtherSessions: true }
    return () => browser.post('/v1/account/password', body)
  },
  objectToChange: async (scene) => {
    const { value } = await withSecondAddress(scene)
    const token = await objectionTo(world, value)
    return () => world.anonymous.post('/v1/objections', { token })
  },
  settleChange: async (scene) => {
    const { value } = await withSecondAddress(scene)
    bodyOf(await world.anonymous.post('/v1/objections', { token: await objectionTo(world, value) }), 201)
    const person = await signInBy(world, { kind: 'email', value: `${scene.company.slug}@example.com` })
    const [{ changeId }] = bodyOf(await person.get('/v1/account/changes'), 200).items
    return () => person.post(`/v1/account/changes/${changeId}/settle`, { decision: 'undo' })
  },
  rotateSigningKey: async () => {
    await world.runDueWork()
    return () => world.operator.post('/v1/signing-keys/rotate')
  },
  resetOwner: async (scene) => {
    const email = await signedIn(scene)
    const reset = { companyId: scene.company.companyId, email, password: 'eight blue lamps 52' }
    return () => world.operator.post('/v1/owner-reset', reset)
  },
}

interface LedgerRow {
  readonly action: string
}

async function entriesSince(entryCount: number): Promise<string[]> {
  const { rows } = await world.tamper('select action from audit_entries order by entry_id offset $1', [
    entryCount,
  ])
  return rows.map((row: LedgerRow) => row.action)
}

describe('ALL-2 a writing route leaves an entry in the ledger', () => {
  it.each(writing.filter(({ operationId }) => !onlyAtFirst.includes(operationId)))(
    '$operationId',
    async ({ route }) => {
      const scenario = scenarios[route.operationId]
      if (!scenario)
        throw new Error(`add a successful call of ${route.operationId} to the scenarios of this test`)
      const slug = `ledger-${route.operationId.toLowerCase()}`
      const company = await createCompany(world, { name: slug, ownerEmail: `${slug}@example.com`, password })
      const scene = { company, member: await hire(company, 'Anna'), other: await hire(company, 'Béla') }
      const call = await scenario(scene)
      const before = (await entriesSince(0)).length
      const answer = await call()
      expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300)
      const left = await entriesSince(before)
      expect(
        left.filter((action) => route.audit.includes(action)).length,
        `left: ${left.join(', ')}`,
      ).toBeGreaterThan(0)
    },
  )

  it('a set-up leaves the first ones', async () => {
    const empty = await openWorld()
    const made = await empty.anonymous.post('/v1/setup', {
      companyName: 'First Ltd',
      ownerName: 'Olivia Owner',
      ownerEmail: 'olivia@example.com',
      password,
    })
    const { token } = bodyOf(made, 201)
    const { items } = (await empty.client({ authorization: `Bearer ${token}` }).get('/v1/audit')).body
    const actions = new Set(items.map((item: LedgerRow) => item.action))
    for (const action of contract.accounts.setUp.audit) expect(actions).toContain(action)
    await empty.close()
  })

  it('a sample does, too', async () => {
    const empty = await openWorld()
    bodyOf(await empty.anonymous.post('/v1/setup/sample'), 201)
    const { rows } = await empty.tamper('select distinct action from audit_entries')
    const actions = rows.map((row: LedgerRow) => row.action)
    for (const action of contract.sample.loadSample.audit) expect(actions).toContain(action)
    await empty.close()
  })

  it('a read leaves none, a refused write neither', async () => {
    const company = await createCompany(world)
    const member = await tokenFor(world, company, await hire(company, 'Anna'))
    const before = (await entriesSince(0)).length
    await company.owner.get('/v1/numbers')
    expect((await member.post('/v1/numbers', { number: '+49 30 9911224' })).status).toBe(403)
    expect(await entriesSince(before)).toEqual([])
  })
})
