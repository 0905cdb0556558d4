import { parsePhoneNumberFromString } from 'libphonenumber-js/min'
import type { Page } from 'playwright-core'
import { type BrowserBaton, type Company, ownerPassword } from './browser.ts'
import type { Storage } from './chromium.ts'

/** Somebody of the company. */
export interface Colleague {
  readonly memberId: string
  readonly name: string
}

/** A number of the company. */
export interface Line {
  readonly numberId: string
  readonly e164: string
  /** As screens write it. */
  readonly written: string
}

/** What somebody outside wrote to a number. */
export interface Message {
  readonly text: string
  readonly otherName: string
  readonly otherParty: string
}

const password = 'seven green lamps 41'
let made = 0

/** The company of a test file with its people and numbers, made through the API, and the windows of its people. */
export class StaffedCompany {
  readonly slug: string
  readonly owner: Colleague
  readonly #baton: BrowserBaton
  readonly #company: Company
  readonly #sessions = new Map<string, Storage>()

  constructor(baton: BrowserBaton, company: Company) {
    this.#baton = baton
    this.#company = company
    this.slug = company.slug
    this.owner = { memberId: company.memberId, name: '王芳' }
  }

  async setPolicies(policies: object): Promise<void> {
    await this.#ask('PATCH', '/v1/company', { policies })
  }

  async hire(name: string, role = 'member'): Promise<Colleague> {
    made += 1
    const body = { staffCode: `M${made}`, name, email: `m${made}@example.com`, role }
    const { memberId } = await this.#ask('POST', '/v1/members', body)
    return { memberId, name }
  }

  async setManager({ memberId }: Colleague, manager: Colleague): Promise<void> {
    await this.#ask('PATCH', `/v1/members/${memberId}`, { managerId: manager.memberId })
  }

  /** A number, parked unless somebody is to hold it. */
  async addNumber(holder?: Colleague, e164?: string): Promise<Line> {
    made += 1
    const number = e164 ?? `+4930${55_500_000 + made}`
    const { numberId } = await this.#ask('POST', '/v1/numbers', { number })
    const written = parsePhoneNumberFromString(number)?.formatInternational() ?? number
    if (holder) await this.#ask('POST', `/v1/numbers/${numberId}/assign`, { toMemberId: holder.memberId })
    return { numberId, e164: number, written }
  }

  /** Moves a number past the screens, as a colleague elsewhere would. */
  async move({ numberId }: Line, to: Colleague): Promise<void> {
    await this.#ask('POST', `/v1/numbers/${numberId}/reassign`, { toMemberId: to.memberId })
  }

  /** Who holds a number now, as Baton itself says; null where it is parked. */
  async holderOf({ numberId }: Line): Promise<string | null> {
    const { holder } = await this.#ask('GET', `/v1/numbers/${numberId}`)
    return holder?.name ?? null
  }

  /** From when a number that cools down can move. */
  async availableAt({ numberId }: Line): Promise<string> {
    const { availableAt } = await this.#ask('GET', `/v1/numbers/${numberId}`)
    return String(availableAt)
  }

  /** Somebody outside writes to the number now. */
  async receive({ e164 }: Line, words: string): Promise<Message> {
    made += 1
    const message = { text: words, otherName: `Kunde ${made}`, otherParty: `+49301234${1000 + made}` }
    const record = {
      ...message,
      number: e164,
      kind: 'message',
      direction: 'inbound',
      occurredAt: new Date().toISOString(),
      source: 'test',
      sourceId: String(made),
    }
    const { accepted } = await this.#ask('POST', '/v1/records', { records: [record] })
    if (accepted !== 1) throw new Error('The message was not taken in')
    return message
  }

  /** A new window in which this person is signed in. */
  async windowOf(person: Colleague, path: string): Promise<Page> {
    const storage = this.#sessions.get(person.memberId)
    const page = await this.#baton.newPage(storage ? { storage } : {})
    if (!storage) {
      await page.goto('/sign-in')
      await openSession(page, await this.#keyOf(person))
      this.#sessions.set(person.memberId, await page.context().storageState())
    }
    await page.goto(path)
    return page
  }

  async #keyOf({ memberId }: Colleague): Promise<object> {
    if (memberId === this.owner.memberId) return { ...this.#company.owner, password: ownerPassword }
    const { token } = await this.#ask('POST', `/v1/members/${memberId}/sign-in-link`)
    return { link: token, password }
  }

  // biome-ignore lint/suspicious/noExplicitAny: each method reads the parts it names, whatever the route
  #ask(method: string, path: string, body?: object): Promise<any> {
    return this.#baton.api(this.#company.token, { method, path, ...(body ? { body } : {}) })
  }
}

// From a page, so that the browser gets the cookie.
async function openSession(page: Page, key: object): Promise<void> {
  await page.evaluate(async (body) => {
    const answer = await fetch('/v1/sessions', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    if (!answer.ok) throw new Error(await answer.text())
  }, key)
}

/** Sets a company up whose numbers do not cool down, unless a test wants them to. */
export async function setUpStaffed(baton: BrowserBaton): Promise<StaffedCompany> {
  const company = new StaffedCompany(baton, await baton.setUp())
  await company.setPolicies({ cooldownMinutes: 0 })
  return company
}
