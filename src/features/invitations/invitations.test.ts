import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { browserOf, invite, invitedAt } from '../../../test/builders/invitations.ts'
import { heldNumber, hire } from '../../../test/builders/numbers.ts'
import { ledgerOf } from '../../../test/builders/people.ts'
import { bindPhone } from '../../../test/builders/persons.ts'
import { joined } from '../../../test/builders/takeovers.ts'
import { bodyOf, createCompany, type TestCompany, tokenFor } from '../../../test/builders.ts'
import { newestTo } from '../../../test/messages.ts'
import { openWorld, type World } from '../../../test/world.ts'

const password = 'seven green lamps 41'

let world: World
let company: TestCompany
let mara: string
beforeAll(async () => {
  world = await openWorld()
})
beforeEach(async () => {
  company = await createCompany(world, { name: 'Acme 有限公司' })
  mara = await hire(company, 'Mara Lind', { email: 'mara@corp.example' })
})
afterAll(() => world.close())

function look(token: string) {
  return world.anonymous.get(`/v1/invitations/${token}`)
}

async function listed(query = '') {
  return bodyOf(await company.owner.get(`/v1/invitations${query}`), 200).items
}

const gone = { status: 404, body: { code: 'invitation.invalid' } }

describe('an invitation', () => {
  it('leaves by e-mail, in the language that is asked for, with a link that shows who invites and no more', async () => {
    const to = { kind: 'email', value: 'Mara.Home@Example.com' }
    const made = await invite(company, mara, { to, language: 'zh' })
    expect(made).toMatchObject({
      memberId: mara,
      memberName: 'Mara Lind',
      state: 'open',
      isSent: true,
      to: { kind: 'email', masked: 'm***@example.com' },
      // ACC-1: nobody but its person gets the link.
      token: null,
      path: null,
      numbersStillLinked: [],
    })
    const token = await invitedAt(world, 'mara.home@example.com')
    const text = await newestTo(world, 'mara.home@example.com')
    expect(text).toContain('Acme 有限公司 邀请您')
    expect(text).toContain(`${world.parts.publicUrl}/invitation#token=${token}`)
    expect(bodyOf(await look(token), 200)).toEqual({
      companyName: 'Acme 有限公司',
      invitedBy: 'owner',
      to: { kind: 'email', masked: 'm***@example.com' },
      language: 'zh',
      expiresAt: made.expiresAt,
      signedInAs: null,
    })
  })

  it('leaves by text message to a phone in any spelling, in the language of the company', async () => {
    const made = await invite(company, mara, { to: { kind: 'phone', value: '138 0013-8000' } })
    expect(made).toMatchObject({ isSent: true, to: { kind: 'phone', masked: '+86138****8000' } })
    expect(await newestTo(world, '+8613800138000')).toContain('Acme 有限公司 invites you')
  })

  it.each([
    ['WeChat', { to: { kind: 'wechat' } }, { kind: 'wechat', masked: null }],
    ['a link', {}, null],
  ])('by %s is handed over by whoever made it', async (_way, wish, to) => {
    const before = world.sent.length
    const made = await invite(company, mara, wish)
    await world.runDueWork()
    expect(made).toMatchObject({ isSent: false, to })
    expect(world.sent).toHaveLength(before)
    expect((await look(made.token)).status).toBe(200)
  })

  it('shows its link once: a repeated request and the list do not have it', async () => {
    const keyed = company.owner.with({ 'idempotency-key': 'invite-mara-once' })
    const first = bodyOf(await keyed.post('/v1/invitations', { memberId: mara }), 201)
    const again = bodyOf(await keyed.post('/v1/invitations', { memberId: mara }), 201)
    expect(again).toMatchObject({ invitationId: first.invitationId })
    expect(again.token).toBeUndefined()
    expect(again.path).toBeUndefined()
    expect(JSON.stringify(await listed())).not.toContain(first.token)
    const { rows } = await world.tamper('select * from invitations where invitation_id = $1', [
      first.invitationId,
    ])
    expect(JSON.stringify(rows)).not.toContain(first.token)
  })

  it('works for as long as the policy says, and again once it was sent again', async () => {
    bodyOf(await company.owner.patch('/v1/company', { policies: { invitationHours: 5 } }), 200)
    const address = 'mara@home.example'
    const made = await invite(company, mara, { to: { kind: 'email', value: address } })
    const first = await invitedAt(world, address)
    world.clock.advance({ hours: 4, minutes: 59 })
    expect((await look(first)).status).toBe(200)
    world.clock.advance({ minutes: 1 })
    expect(await look(first)).toMatchObject(gone)
    expect((await listed())[0].state).toBe('expired')
    const path = `/v1/invitations/${made.invitationId}/send-again`
    const again = bodyOf(await company.owner.post(path), 200)
    expect(again).toMatchObject({ invitationId: made.invitationId, state: 'open', isSent: true, token: null })
    expect((await look(await invitedAt(world, address))).status).toBe(200)
    expect(await look(first)).toMatchObject(gone)
    expect(await ledgerOf(company, mara)).toEqual(['invitation.sent', 'invitation.created', 'member.created'])
  })

  it('is replaced by a newer one of the same member', async () => {
    const first = await invite(company, mara)
    const second = await invite(company, mara)
    expect(await look(first.token)).toMatchObject(gone)
    expect((await look(second.token)).status).toBe(200)
    expect((await listed()).map((one: { state: string }) => one.state)).toEqual(['open', 'replaced'])
  })

  it('of many at once for one member is one', async () => {
    const made = await Promise.all(
      Array.from({ length: 8 }, () => company.owner.post('/v1/invitations', { memberId: mara })),
    )
    expect(made.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 201))
    const works = await Promise.all(made.map(({ body }) => look(body.token)))
    expect(works.filter(({ status }) => status === 200)).toHaveLength(1)
  })

  it('is taken back, once', async () => {
    const made = await invite(company, mara, { to: { kind: 'email', value: 'mara@home.example' } })
    const token = await invitedAt(world, 'mara@home.example')
    const path = `/v1/invitations/${made.invitationId}`
    expect(bodyOf(await company.owner.post(`${path}/revoke`), 200)).toMatchObject({ state: 'revoked' })
    expect(await look(token)).toMatchObject(gone)
    const refused = { status: 409, body: { code: 'invitation.ended' } }
    expect(await company.owner.post(`${path}/revoke`)).toMatchObject(refused)
    expect(await company.owner.post(`${path}/send-again`)).toMatchObject(refused)
    const { rows } = await world.tamper('select to_value from invitations where invitation_id = $1', [
      made.invitationId,
    ])
    expect(rows).toEqual([{ to_value: null }])
    expect(await ledgerOf(company, mara)).toContain('invitation.revoked')
  })

  it('tells nobody outside which tokens there ever were', async () => {
    const made = await invite(company, mara)
    const other = await createCompany(world)
    const forged = made.token.replace(/_[0-9a-f]{32}_/, `_${other.companyId.replaceAll('-', '')}_`)
    const answers = await Promise.all(
      [forged, `${made.token.slice(0, -1)}x`, 'nonsense'].map((token) => look(token)),
    )
    for (const { status, body } of answers) {
      expect({ status, code: body.code }).toEqual({ status: 404, code: 'invitation.invalid' })
      expect(body.title).toBe(answers[0]?.body.title)
    }
  })
})

describe('the list of invitations', () => {
  it('pages from the newest on, and narrows to a member or a state', async () => {
    const others = await Promise.all(['Ada', 'Bo', 'Cleo'].map((name) => hire(company, name)))
    for (const memberId of others) await invite(company, memberId)
    const first = bodyOf(await company.owner.get('/v1/invitations?limit=2'), 200)
    expect(first.items.map((one: { memberName: string }) => one.memberName)).toEqual(['Cleo', 'Bo'])
    const next = bodyOf(await company.owner.get(`/v1/invitations?limit=2&cursor=${first.nextCursor}`), 200)
    expect(next).toMatchObject({ items: [{ memberName: 'Ada' }], nextCursor: null })
    const odd = await company.owner.get('/v1/invitations?cursor=odd')
    expect(odd.body.code).toBe('page.cursor_invalid')
    expect(await listed(`?memberId=${others[1]}`)).toHaveLength(1)
    const [bo] = await listed(`?memberId=${others[1]}`)
    await company.owner.post(`/v1/invitations/${bo.invitationId}/revoke`)
    expect(await listed('?state=pending')).toHaveLength(2)
    expect(await listed('?state=revoked')).toHaveLength(1)
    world.clock.advance({ hours: 73 })
    expect(await listed('?state=expired')).toHaveLength(2)
    expect(await listed('?state=open')).toHaveLength(0)
    expect(await listed('?state=pending')).toHaveLength(2)
  })

  it('has none left to accept once the person came in by a sign-in link', async () => {
    const made = await invite(company, mara)
    const link = bodyOf(await company.owner.post(`/v1/members/${mara}/sign-in-link`), 201).token
    bodyOf(await world.anonymous.post('/v1/sessions', { link, password }), 201)
    expect(await look(made.token)).toMatchObject(gone)
    expect(await listed('?state=pending')).toEqual([])
    expect((await listed('?state=replaced')).map((one: { memberId: string }) => one.memberId)).toEqual([mara])
  })
})

describe('inviting is refused', () => {
  it('for a phone that gets no text messages', async () => {
    for (const value of ['not a phone', '+86 10 6552 9988']) {
      const answer = await company.owner.post('/v1/invitations', {
        memberId: mara,
        to: { kind: 'phone', value },
      })
      expect(answer).toMatchObject({ status: 422, body: { code: 'invitation.phone_invalid' } })
    }
  })

  it('by an Admin for an Owner, which is recorded', async () => {
    const second = await hire(company, 'Second Owner', { role: 'owner' })
    const admin = await tokenFor(world, company, await hire(company, 'Ida Admin', { role: 'admin' }))
    const wish = { memberId: second }
    expect(await admin.post('/v1/invitations', wish)).toMatchObject({
      status: 403,
      body: { code: 'invitation.owner_only' },
    })
    expect(await ledgerOf(company, second)).toEqual(['invitation.refused', 'member.created'])
    const made = bodyOf(await company.owner.post('/v1/invitations', wish), 201)
    const path = `/v1/invitations/${made.invitationId}/send-again`
    expect((await admin.post(path)).body.code).toBe('invitation.owner_only')
    expect(bodyOf(await look(made.token), 200).invitedBy).toBe('owner')
  })

  it('ACC-1 for a member with an account, which is recorded', async () => {
    const link = bodyOf(await company.owner.post(`/v1/members/${mara}/sign-in-link`), 201).token
    bodyOf(await world.anonymous.post('/v1/sessions', { link, password }), 201)
    const answer = await company.owner.post('/v1/invitations', { memberId: mara })
    expect(answer).toMatchObject({ status: 409, body: { code: 'invitation.has_account' } })
    expect(await ledgerOf(company, mara)).toContain('invitation.refused')
  })

  it('for whoever is suspended or has left, whose invitation stops working', async () => {
    const made = await invite(company, mara)
    bodyOf(await company.owner.patch(`/v1/members/${mara}`, { status: 'suspended' }), 200)
    expect(await look(made.token)).toMatchObject(gone)
    for (const path of ['/v1/invitations', `/v1/invitations/${made.invitationId}/send-again`]) {
      const answer = await company.owner.post(path, path.endsWith('again') ? {} : { memberId: mara })
      expect(answer).toMatchObject({ status: 409, body: { code: 'invitation.not_active' } })
    }
  })

  it('when one member was invited ten times within a day', async () => {
    const made = await invite(company, mara)
    const path = `/v1/invitations/${made.invitationId}/send-again`
    for (let times = 1; times < 9; times += 1) bodyOf(await company.owner.post(path), 200)
    await invite(company, mara)
    const answer = await company.owner.post('/v1/invitations', { memberId: mara })
    expect(answer).toMatchObject({ status: 429, body: { code: 'invitation.too_often' } })
    world.clock.advance({ hours: 24 })
    await invite(company, mara)
  })

  it('for a member of another company', async () => {
    const other = await createCompany(world)
    const answer = await other.owner.post('/v1/invitations', { memberId: mara })
    expect(answer).toMatchObject({ status: 404, body: { code: 'thing.not_found', thing: 'member' } })
  })
})

describe('the address of an invitation', () => {
  it('is forgotten a month after it expired, when it can be sent again no more', async () => {
    const to = { kind: 'email', value: 'mara@home.example' }
    const made = await invite(company, mara, { to })
    world.clock.advance({ hours: 72 + 29 * 24 })
    await world.runDueWork()
    const kept = async () =>
      (await world.tamper('select to_value from invitations where invitation_id = $1', [made.invitationId]))
        .rows[0].to_value
    expect(await kept()).toBe('mara@home.example')
    world.clock.advance({ hours: 25 })
    await world.runDueWork()
    expect(await kept()).toBeNull()
    const again = await company.owner.post(`/v1/invitations/${made.invitationId}/send-again`)
    expect(again.body.code).toBe('invitation.ended')
  })
})

describe('ACC-5 a member who holds a number that an earlier account has', () => {
  it('is invited all the same, and whoever invites learns which numbers these are and nothing else', async () => {
    const { numberId, e164 } = await heldNumber(company, mara)
    await heldNumber(company, mara)
    const stranger = await hire(company, 'Former Person', { email: `former-${numberId}@example.com` })
    const link = bodyOf(await company.owner.post(`/v1/members/${stranger}/sign-in-link`), 201).token
    const opened = await world.anonymous.post('/v1/sessions', { link, password })
    const { account } = bodyOf(await browserOf(world, opened).get('/v1/me'), 200)
    await world.tamper(
      `insert into identifiers (kind, value, account_id, can_login, can_verify, bound_at, proven_how)
       values ('phone', $1, $2, true, true, now(), 'code')`,
      [e164, account.accountId],
    )
    const made = await invite(company, mara)
    expect(made.numbersStillLinked).toEqual([numberId])
    expect(JSON.stringify(made)).not.toContain('Former')
  })

  it('tells nothing of a number that the account of a stranger has', async () => {
    const { e164 } = await heldNumber(company, mara)
    const elsewhere = await createCompany(world)
    const { accountId } = await joined(world, elsewhere)
    await bindPhone(world, accountId, e164)
    expect((await invite(company, mara)).numbersStillLinked).toEqual([])
  })
})
