import { runSlice } from '../../src/features/operations/service/run-slice.ts'
import { systemCaller } from '../../src/kernel/caller.ts'
import { bodyOf, createCompany, type TestCompany, tokenFor } from '../builders.ts'
import type { Answer, Client, World } from '../world.ts'
import { heldNumber, hire } from './numbers.ts'
import { addMember } from './people.ts'

/** A company whose batches are cut into slices of two, with an Admin, and numbers that pass from Anna to Bela. */
export class BatchScene {
  readonly company: TestCompany
  readonly adminId: string
  readonly admin: Client
  readonly anna: string
  readonly bela: string
  readonly #world: World

  private constructor(
    world: World,
    people: Pick<BatchScene, 'company' | 'adminId' | 'admin' | 'anna' | 'bela'>,
  ) {
    this.#world = world
    this.company = people.company
    this.adminId = people.adminId
    this.admin = people.admin
    this.anna = people.anna
    this.bela = people.bela
  }

  static async open(world: World): Promise<BatchScene> {
    const policies = { cooldownMinutes: 0, maxBatchSize: 2 }
    const company = await createCompany(world, { tier: 'max', policies })
    const { memberId: adminId } = await addMember(company, { name: 'Ada Admin', role: 'admin' })
    const admin = await tokenFor(world, company, adminId)
    const [anna, bela] = [await hire(company, 'Anna'), await hire(company, 'Bela')]
    return new BatchScene(world, { company, adminId, admin, anna, bela })
  }

  /** So many numbers of Anna's, to be moved to Bela. */
  async toBeMoved(count: number): Promise<object[]> {
    const moves: object[] = []
    for (let n = 0; n < count; n++) {
      const { numberId } = await heldNumber(this.company, this.anna)
      moves.push({ numberId, toMemberId: this.bela })
    }
    return moves
  }

  /** Begins a batch; nothing has run yet. */
  async start(moves: object[], by = this.company.owner, wish: object = {}): Promise<Answer['body']> {
    return bodyOf(await by.post('/v1/number-moves', { moves, ...wish }), 202).operation
  }

  async begin(count: number, by = this.company.owner, wish: object = {}): Promise<Answer['body']> {
    return this.start(await this.toBeMoved(count), by, wish)
  }

  /** Runs one slice, as the runner does, and no more. */
  oneSlice(operationId: string): Promise<boolean> {
    const { companyId, ownerMemberId } = this.company
    const caller = systemCaller(companyId, 'operations.run', ownerMemberId)
    return this.#world.parts.database.inRealmOf(caller, (tx) => runSlice(tx, operationId))
  }

  async show(operationId: string, query = 'limit=100'): Promise<Answer['body']> {
    return bodyOf(await this.company.owner.get(`/v1/operations/${operationId}?${query}`), 200)
  }

  steer(operationId: string, step: string, by = this.company.owner): Promise<Answer> {
    return by.post(`/v1/operations/${operationId}/${step}`, { reason: 'because' })
  }

  async setPolicies(policies: object): Promise<void> {
    bodyOf(await this.company.owner.patch('/v1/company', { policies }), 200)
  }
}
