import { bodyOf, type CompanyOptions, createCompany, type TestCompany, tokenFor } from '../builders.ts'
import type { Answer, Client, World } from '../world.ts'
import { heldNumber, hire } from './numbers.ts'

type Body = Answer['body']

/** Somebody who leaves with some numbers, somebody who takes over, and a second Admin. */
export class LeaverScene {
  readonly world: World
  readonly company: TestCompany
  readonly leaver: string
  readonly successor: string
  readonly numbers: readonly { numberId: string; e164: string }[]

  private constructor(
    world: World,
    parts: Pick<LeaverScene, 'company' | 'leaver' | 'successor' | 'numbers'>,
  ) {
    this.world = world
    this.company = parts.company
    this.leaver = parts.leaver
    this.successor = parts.successor
    this.numbers = parts.numbers
  }

  /** A company in which Lena holds `numbers` numbers, past their cool-down, and Sam holds none. */
  static async open(
    world: World,
    wish: { numbers?: number; company?: CompanyOptions } = {},
  ): Promise<LeaverScene> {
    const company = await createCompany(world, wish.company)
    const leaver = await hire(company, 'Lena Leaver')
    const successor = await hire(company, 'Sam Successor')
    const numbers: { numberId: string; e164: string }[] = []
    for (let made = 0; made < (wish.numbers ?? 2); made += 1) numbers.push(await heldNumber(company, leaver))
    world.clock.advance({ hours: 1 })
    return new LeaverScene(world, { company, leaver, successor, numbers })
  }

  get owner(): Client {
    return this.company.owner
  }

  /** Another Owner or Admin, who may approve. */
  async secondPerson(): Promise<Client> {
    return tokenFor(this.world, this.company, await hire(this.company, 'Ada Admin', { role: 'admin' }))
  }

  /** A member by their own token. */
  as(memberId: string): Promise<Client> {
    return tokenFor(this.world, this.company, memberId)
  }

  /** A draft for Lena, everything to Sam unless told otherwise. */
  async begin(wish: object = {}): Promise<Body> {
    const order = { leaverId: this.leaver, defaultSuccessorId: this.successor, ...wish }
    return bodyOf(await this.owner.post('/v1/handovers', order), 201)
  }

  async show(handoverId: string): Promise<Body> {
    return bodyOf(await this.owner.get(`/v1/handovers/${handoverId}`), 200)
  }

  async plan(handoverId: string, query = ''): Promise<Body> {
    return bodyOf(await this.owner.get(`/v1/handovers/${handoverId}/plan${query}`), 200)
  }

  async items(handoverId: string, query = ''): Promise<Body[]> {
    return bodyOf(await this.owner.get(`/v1/handovers/${handoverId}/items${query}`), 200).items
  }

  /** Tells it to run exactly the plan as it is now. */
  async run(handoverId: string, wish: object = {}): Promise<Answer> {
    const { planHash } = await this.plan(handoverId, '?limit=0')
    return this.owner.post(`/v1/handovers/${handoverId}/run`, { planHash, ...wish })
  }

  /** From a draft to its finish. */
  async runThrough(wish: object = {}): Promise<Body> {
    const { handoverId } = await this.begin(wish)
    bodyOf(await this.run(handoverId), 202)
    await this.world.runDueWork()
    return this.show(handoverId)
  }
}
