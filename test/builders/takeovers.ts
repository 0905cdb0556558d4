import {
  bindIdentifier,
  identifierDigest,
  listIdentifiers,
  scheduleErasure,
  sealAccount,
  unbindIdentifier,
} from '../../src/features/accounts/index.ts'
import { addHours } from '../../src/kernel/instant.ts'
import type { Tx } from '../../src/platform/db/tx.ts'
import { bodyOf, type TestCompany } from '../builders.ts'
import { codeTo } from '../messages.ts'
import type { Answer, Client, World } from '../world.ts'
import { addNumber, hire } from './numbers.ts'
import { haveProved } from './persons.ts'

/** A member with an account of their own, signed in just now. */
export interface Person {
  readonly memberId: string
  readonly accountId: string
  readonly email: string
  readonly name: string
  readonly client: Client
  /** Another session, by e-mail and password. */
  signIn(): Promise<Client>
}

const password = 'seven green lamps 41'
let people = 0

/** Hires somebody and lets them join by a sign-in link; their address is proved. */
export async function joined(world: World, company: TestCompany, name = 'Anna'): Promise<Person> {
  people += 1
  const email = `taker${people}@people.example`
  const memberId = await hire(company, name, { email })
  const { token } = bodyOf(await company.owner.post(`/v1/members/${memberId}/sign-in-link`), 201)
  const opened = await world.anonymous.post('/v1/sessions', { link: token, password })
  const { accountId } = bodyOf(opened, 201)
  await haveProved(world, email)
  return {
    memberId,
    accountId,
    email,
    name,
    client: browserOf(world, opened),
    signIn: async () => {
      const again = await world.anonymous.post('/v1/sessions', { email, password })
      bodyOf(again, 201)
      return browserOf(world, again)
    },
  }
}

function browserOf(world: World, answer: Answer): Client {
  const cookies = [answer.headers['set-cookie'] ?? []].flat()
  return world.client({ cookie: cookies.map((cookie) => String(cookie).split(';')[0]).join('; ') })
}

/** Asks for a code to a phone and gives it; answers with what Baton said to the code. */
export async function provePhone(
  world: World,
  client: Client,
  { phone, replaces = null }: { readonly phone: string; readonly replaces?: string | null },
): Promise<Answer> {
  const { changeId } = bodyOf(await client.post('/v1/account/change-mobile', { phone, replaces }), 201)
  const code = await codeTo(world, phone)
  return client.post(`/v1/account/change-mobile/${changeId}/verify`, { code })
}

/** Confirms the losses that an answer has shown. */
export function confirmLosses(client: Client, shown: Answer['body']): Promise<Answer> {
  const { changeId, lossesHash: losses } = shown
  return client.post(`/v1/account/change-mobile/${changeId}/confirm`, { losses })
}

/** A number of the company that went from one member, in whose account it is, to another. */
export interface LinkedNumber {
  readonly numberId: string
  readonly e164: string
}

/** Gives somebody a number, which they bind to their own account. */
export async function bindOwn(world: World, company: TestCompany, person: Person): Promise<LinkedNumber> {
  const number = await addNumber(company)
  const order = { toMemberId: person.memberId }
  bodyOf(await company.owner.post(`/v1/numbers/${number.numberId}/assign`, order), 200)
  const bound = bodyOf(await provePhone(world, person.client, { phone: number.e164 }), 200)
  if (bound.outcome !== 'bound') throw new Error(`the phone was not bound: ${bound.outcome}`)
  return number
}

/** The same, and then the number goes to somebody else while the former holder has left. */
export async function linkedNumber(
  world: World,
  company: TestCompany,
  { former, holder }: { readonly former: Person; readonly holder: Person },
): Promise<LinkedNumber> {
  const number = await bindOwn(world, company, former)
  await passOn(world, company, { number, holder })
  bodyOf(await company.owner.patch(`/v1/members/${former.memberId}`, { status: 'left' }), 200)
  return number
}

/** Reassigns a number, past its cool-down. */
export async function passOn(
  world: World,
  company: TestCompany,
  { number, holder }: { readonly number: LinkedNumber; readonly holder: Person },
): Promise<void> {
  world.clock.advance({ minutes: 31 })
  const order = { toMemberId: holder.memberId }
  bodyOf(await company.owner.post(`/v1/numbers/${number.numberId}/reassign`, order), 200)
}

/** What is bound to whom by a phone; empty for a free one. Read past every realm. */
export async function accountsWith(world: World, phone: string): Promise<string[]> {
  const sql = "select account_id from identifiers where kind = 'phone' and value = $1"
  const { rows } = await world.tamper(sql, [phone])
  return rows.map((row: { account_id: string }) => row.account_id)
}

/** What an account is, and what is bound to it, as kinds. */
export async function accountState(
  world: World,
  accountId: string,
): Promise<{ state: string; kinds: string[]; sessions: number }> {
  const { rows } = await world.tamper(
    `select a.state, array(select kind from identifiers i where i.account_id = a.account_id order by kind) as kinds,
      (select count(*)::int from sessions s where s.account_id = a.account_id and s.ended_at is null) as sessions
     from accounts a where account_id = $1`,
    [accountId],
  )
  return rows[0]
}

function inAccount<T>(world: World, accountId: string, work: (tx: Tx) => Promise<T>): Promise<T> {
  const anonymous = { kind: 'anonymous', id: 'anonymous' } as const
  return world.parts.database.inRealmOf(anonymous, (tx) => tx.inAccount(accountId, work))
}

/** Lets a person have removed their e-mail address, so that the phone is all that is left. */
export function removeEmail(world: World, { accountId }: Pick<Person, 'accountId'>): Promise<void> {
  return inAccount(world, accountId, async (tx) => {
    for (const { identifierId, kind, value } of await listIdentifiers(tx)) {
      if (kind !== 'email') continue
      const digest = identifierDigest(world.parts.vault, kind, value)
      await unbindIdentifier(tx, identifierId, { how: 'removed', digest })
    }
  })
}

/** Lets a person have bound a phone of their own, whatever anybody proves. */
export async function ownPhone(
  world: World,
  { accountId }: Pick<Person, 'accountId'>,
  value: string,
): Promise<string> {
  const bound = await inAccount(world, accountId, (tx) =>
    bindIdentifier(tx, { kind: 'phone', value, canLogin: true, canVerify: true, provenHow: 'code' }),
  )
  if (bound === null) throw new Error(`${value} is bound already`)
  return bound
}

/** The secret of the newest link that was sent to an address. */
export function linkTo(world: World, to: string): string {
  const text = world.sent.findLast(
    (message) => message.to === to && message.text.includes('/takeover#'),
  )?.text
  const token = /\/takeover#([\w-]+)/.exec(text ?? '')?.[1]
  if (token === undefined) throw new Error(`no link to object was sent to ${to}`)
  return token
}

/** Seals an account as a takeover of its last way in does. */
export function sealNow(world: World, accountId: string): Promise<void> {
  return inAccount(world, accountId, async (tx) => {
    sealAccount(tx)
    await scheduleErasure(tx, { cause: 'sealed', dueAt: addHours(tx.now, 360) })
  })
}
