import type { Page } from 'playwright-core'
import { type BrowserBaton, type Company, type Person, signIn } from './browser.ts'
import type { Visit } from './chromium.ts'
import { codeTo, messageTo } from './outbox.ts'

/** A member with an account of their own. */
export interface Employee extends Person {
  readonly memberId: string
  readonly name: string
}

/** A number of the company. */
export interface CompanyNumber {
  readonly numberId: string
  readonly e164: string
  /** As screens write it. */
  readonly written: string
}

interface Asked {
  readonly method: string
  readonly path: string
  readonly body?: object
}

const password = 'seven green lamps 41'
let made = 0

/** The people of a company whose numbers do not cool down, their windows, and the messages that they are sent. */
export class AccountPeople {
  readonly slug: string
  readonly #baton: BrowserBaton
  readonly #company: Company
  readonly #codes = new Map<string, string>()
  #owners: Page | undefined

  constructor(baton: BrowserBaton, company: Company) {
    this.#baton = baton
    this.#company = company
    this.slug = company.slug
  }

  ask(method: string, path: string, body?: object) {
    return this.#baton.api(this.#company.token, { method, path, ...(body ? { body } : {}) })
  }

  async hire(name: string): Promise<Employee> {
    made += 1
    const email = `employee${made}@example.com`
    const { memberId } = await this.ask('POST', '/v1/members', { staffCode: `E${made}`, name, email })
    const { token: link } = await this.ask('POST', `/v1/members/${memberId}/sign-in-link`, {})
    await this.#baton.api('', { method: 'POST', path: '/v1/sessions', body: { link, password } })
    await this.#prove(email)
    return { memberId, name, email, password }
  }

  /** A link proves no address: the first code to it is given together with the password. */
  async #prove(email: string): Promise<void> {
    await this.openOutbox()
    const verify = (signInId: string, body: object) =>
      this.#baton.api('', { method: 'POST', path: `/v1/sign-in/${signInId}/verify`, body })
    const start = { method: 'POST', path: '/v1/sign-in', body: { by: 'email', value: email } }
    const begun = await this.#baton.api('', start)
    const further = await verify(begun.signInId, { code: await this.newestCode(email) })
    await verify(further.signInId, { password })
  }

  async addNumber({ memberId }: Employee): Promise<CompanyNumber> {
    made += 1
    const e164 = `+861380000${2000 + made}`
    const { numberId } = await this.ask('POST', '/v1/numbers', { number: e164 })
    await this.ask('POST', `/v1/numbers/${numberId}/assign`, { toMemberId: memberId })
    return { numberId, e164, written: `+86 138 0000 ${2000 + made}` }
  }

  /** The number goes to somebody else, and its former holder leaves the company. */
  async passOn({ numberId }: CompanyNumber, former: Employee, holder: Employee): Promise<void> {
    await this.ask('POST', `/v1/numbers/${numberId}/reassign`, { toMemberId: holder.memberId })
    await this.ask('PATCH', `/v1/members/${former.memberId}`, { status: 'left' })
  }

  /** A window of somebody who has signed in; English, unless said otherwise. */
  async windowOf(person: Employee, visit: Visit = {}): Promise<Page> {
    const page = await this.#baton.newPage({ ...visit, language: 'en' })
    await page.goto('/sign-in')
    await page.evaluate(
      async (body) => {
        const answer = await fetch('/v1/sessions', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        })
        if (!answer.ok) throw new Error(await answer.text())
      },
      { email: person.email, password: person.password },
    )
    if (visit.language !== 'zh-CN') return page
    const storage = await page.context().storageState()
    return this.#baton.newPage({ ...visit, storage })
  }

  /** Opens the window in which the Owner reads what leaves; in each test anew. */
  async openOutbox(): Promise<Page> {
    this.#owners = await this.#baton.newPage()
    await signIn(this.#owners, this.#company.owner)
    return this.#owners
  }

  newest(to: string, than?: string): Promise<string> {
    if (!this.#owners) throw new Error('openOutbox comes first')
    return messageTo(this.#owners, { slug: this.slug, to, ...(than === undefined ? {} : { than }) })
  }

  /** The newest code to an address: another one than was read before. */
  async newestCode(to: string): Promise<string> {
    if (!this.#owners) throw new Error('openOutbox comes first')
    const than = this.#codes.get(to)
    const code = await codeTo(this.#owners, { slug: this.slug, to, ...(than === undefined ? {} : { than }) })
    this.#codes.set(to, code)
    return code
  }

  /** Binds a phone to the account of who is signed in to the window. */
  async bindPhone(page: Page, phone: string): Promise<void> {
    const { changeId } = await askAs(page, {
      method: 'POST',
      path: '/v1/account/change-mobile',
      body: { phone },
    })
    const code = await this.newestCode(phone)
    const path = `/v1/account/change-mobile/${changeId}/verify`
    const { outcome } = await askAs(page, { method: 'POST', path, body: { code } })
    if (outcome !== 'bound') throw new Error(`not bound: ${outcome}`)
  }
}

/** Asks the API as the person who is signed in to the window. */
// biome-ignore lint/suspicious/noExplicitAny: a test reads the parts it names, whatever the route
export async function askAs(page: Page, { method, path, body }: Asked): Promise<any> {
  const answer = await page.request.fetch(path, { method, ...(body ? { data: body } : {}) })
  if (!answer.ok()) throw new Error(`${method} ${path}: ${answer.status()} ${await answer.text()}`)
  return answer.status() === 204 ? null : answer.json()
}

/** Settings › Account & security, from a screen of the company. */
export async function openAccountSecurity(page: Page, slug: string): Promise<void> {
  await page.goto(`/c/${slug}`)
  await page.getByRole('button', { name: 'Account and display' }).click()
  await page.getByText('Settings', { exact: true }).last().waitFor()
  await page.getByRole('menuitem', { name: 'Account & security' }).click()
  await page.getByRole('heading', { name: 'Account & security', level: 1 }).waitFor()
}
