import type { Instant } from '../../../kernel/fields.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { capOf, lockSubscription, type Policies, policiesFrom, type Tier } from '../../companies/index.ts'
import {
  type BatchNumberRow,
  countedOf,
  lockNumbers,
  membersOf,
  numbersOf,
  numbersUnderHold,
} from '../batch-views.ts'
import {
  type BatchChoice,
  type BatchFacts,
  type BatchMove,
  type Decided,
  decideEach,
  decideTogether,
} from '../rules/batch.ts'
import type { CompanyFacts, RecipientFacts } from '../rules/facts.ts'
import { takesEffectAt } from '../rules/may-move.ts'
import type { MoveRow } from '../scheduled-store.ts'
import { waitingOf } from '../views.ts'
import { companyFacts, numberFacts } from './facts.ts'

/** What a batch is about. */
export interface BatchScope {
  readonly numberIds: readonly string[]
  /** Who receives. */
  readonly memberIds: readonly string[]
  /** Holds matter only where history is to be deleted. */
  readonly asksForHolds: boolean
}

/** Everything that the decision about many moves needs. */
export interface LoadedBatch {
  readonly facts: BatchFacts
  readonly rows: ReadonlyMap<string, BatchNumberRow>
  readonly waiting: ReadonlyMap<string, readonly MoveRow[]>
  readonly policies: Policies
}

/**
 * Loads what a batch needs. `locked` locks the numbers, then the recipients, each in the order of their ids, and the
 * subscription last where a licence may be taken: the order of a single move. Numbers and members that the company does
 * not have are missing from the maps.
 */
export async function loadBatch(
  tx: Tx,
  scope: BatchScope,
  lock: 'locked' | 'as they are',
): Promise<LoadedBatch> {
  const { numberIds, memberIds } = scope
  // They leave together and run in this order; what is read after the locks is what was committed while they waited.
  const [rows, members, counted, waiting, company, held] = await Promise.all([
    lock === 'locked' ? lockNumbers(tx, numberIds) : numbersOf(tx, numberIds),
    membersOf(tx, memberIds, lock),
    countedOf(tx, memberIds),
    waitingOf(tx, numberIds),
    loadCompany(tx),
    scope.asksForHolds ? numbersUnderHold(tx, numberIds) : Promise.resolve(new Set<string>()),
  ])
  const takesLicences = rows.some((row) => !row.licensed)
  const licences = takesLicences && lock === 'locked' ? await lockedLicences(tx) : {}
  const countOf = new Map(counted.map((one) => [one.member_id, one.counted]))
  const { tier, cap } = company
  return {
    rows: new Map(rows.map((row) => [row.number_id, row])),
    waiting,
    policies: company.policies,
    facts: {
      numbers: new Map(
        rows.map((row) => [
          row.number_id,
          numberFacts(row, waiting.get(row.number_id) ?? [], held.has(row.number_id)),
        ]),
      ),
      members: new Map(
        members.map((member): [string, RecipientFacts] => [
          member.member_id,
          {
            memberId: member.member_id,
            name: member.name,
            status: member.status,
            counted: countOf.get(member.member_id) ?? 0,
            heldNumbers: [],
            tier,
            cap,
          },
        ]),
      ),
      company: { ...company.facts, ...licences },
      now: lock === 'locked' ? oneInstantFor(tx, rows) : tx.now,
    },
  }
}

const decidedAtOnce = 1_000

/** Decides the moves of a batch by their end state; in between, other requests of this process have their turn. */
export async function decideBatch(
  tx: Tx,
  { facts }: LoadedBatch,
  asked: { readonly moves: readonly BatchMove[]; readonly choice: BatchChoice },
): Promise<Decided[]> {
  const { moves, choice } = asked
  const alone: Decided[] = []
  for (let first = 0; first < moves.length; first += decidedAtOnce) {
    alone.push(...decideEach(facts, moves.slice(first, first + decidedAtOnce), choice))
    await tx.flush()
  }
  return decideTogether(facts, alone)
}

// Moves that make room for one another take effect together, also where a number has moved while its lock was waited for.
function oneInstantFor(tx: Tx, rows: readonly BatchNumberRow[]): Instant {
  return rows.reduce((latest, row) => takesEffectAt(latest, row.held_from), tx.now)
}

interface LoadedCompany {
  readonly policies: Policies
  readonly tier: Tier
  readonly cap: number
  readonly facts: CompanyFacts
}

async function loadCompany(tx: Tx): Promise<LoadedCompany> {
  const [row] = await tx.query<{
    policies: unknown
    tier: Tier
    cap_override: number | null
    licences_total: number
    licences_free: number
  }>({
    name: 'batch-company',
    text: `select c.policies, s.tier, s.cap_override, s.licences_total, s.licences_total - s.licences_used as licences_free
      from companies c join subscriptions s on s.company_id = c.company_id where c.company_id = $1`,
    values: [tx.companyId],
  })
  if (!row) throw new Error(`the company ${tx.companyId} has no subscription`)
  const policies = policiesFrom(row.policies)
  return {
    policies,
    tier: row.tier,
    cap: capOf(row.tier, row.cap_override),
    facts: companyFacts(row, policies),
  }
}

async function lockedLicences(tx: Tx): Promise<Pick<CompanyFacts, 'licencesTotal' | 'licencesFree'>> {
  const { licences_total: total, licences_used: used } = await lockSubscription(tx)
  return { licencesTotal: total, licencesFree: total - used }
}
