import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { contract } from '../src/contract.ts'
import { systemCaller } from '../src/kernel/caller.ts'
import type { RouteContract } from '../src/kernel/route.ts'
import { hire } from './builders/numbers.ts'
import { bodyOf, createCompany, type TestCompany, tokenFor } from './builders.ts'
import { fillCompanies, fillCompany, filledId } from './fill.ts'
import { type Client, openWorld, type World } from './world.ts'

const companyCount = 4
const member = filledId(1, 1, 7)
const number = filledId(2, 1, 7)
const department = filledId(4, 1, 3)
const system = filledId(2, 1, 7)

/** Every list of the API with what may be asked of it. */
const variants: Readonly<Record<string, readonly string[]>> = {
  listAudit: [
    '',
    '?action=number.reassigned',
    `?subjectId=${number}`,
    '?subjectKind=number',
    '?actorId=test',
    '?from=2026-01-01T00:00:00Z&to=2026-01-02T00:00:00Z',
  ],
  listCheckpoints: [''],
  listRequests: ['', '?state=open', '?kind=proposal', '?state=approved&kind=country_check'],
  listLegalHolds: ['', '?state=placed', '?state=lifting', `?subjectKind=number&subjectId=${number}`],
  listDepartments: ['', `?parentId=${department}`],
  listMembers: [
    '',
    '?search=member77',
    '?holding=true',
    '?holding=true&sort=createdAt',
    '?status=active',
    '?role=member',
    `?departmentId=${department}`,
    '?sort=name',
  ],
  listNumbers: [
    '',
    '?sort=createdAt',
    '?sort=e164',
    '?sort=-e164',
    '?state=parked',
    `?holderId=${member}`,
    '?country=DE',
    '?type=mobile',
    '?search=3007777',
    '?sort=heldSince',
    '?sort=-heldSince',
    '?waiting=true',
    '?coolingDown=true',
    `?departmentId=${department}`,
  ],
  selectNumbers: [
    '',
    '?state=parked',
    `?holderId=${member}`,
    '?search=3007777',
    '?waiting=true',
    '?coolingDown=true',
    `?departmentId=${department}`,
  ],
  listRecipients: ['', '?search=member77', `?numberId=${number}`],
  listMemberCustody: [''],
  readHoldings: [''],
  getCustody: ['', '?at=2026-02-01T00:00:00Z'],
  listRecords: [
    '',
    '?kind=call&direction=inbound',
    '?from=2026-01-01T00:00:00Z&to=2026-01-02T00:00:00Z',
    '?awaitsAnswer=true',
    '?search=hello&reason=x',
    '?otherParty=10086&reason=x',
  ],
  listNumberRecords: ['', '?awaitsAnswer=true', '?search=hello&reason=x', '?otherParty=10086&reason=x'],
  listConversations: ['', '?open=true'],
  listHandovers: [
    '',
    '?state=finished',
    '?kind=leave',
    `?leaverId=${member}`,
    '?from=2026-01-01T00:00:00Z&to=2026-01-02T00:00:00Z',
    '?mine=true',
  ],
  listHandoverItems: ['', '?state=planned', '?kind=number', `?toMemberId=${member}`],
  getPlan: ['', '?only=blocked'],
  listLeavers: ['?from=2026-01-01T00:00:00Z', '?from=2026-01-01T00:00:00Z&to=2026-01-01T00:01:00Z'],
  listSuccessors: [''],
  listTemplates: [''],
  listImports: ['', '?drafts=true'],
  listImportRows: ['', '?verdict=error', '?problem=missing', '?problem=missing&column=name'],
  listOperations: ['', '?state=done'],
  getOperation: ['', '?items=done', '?items=failed', '?limit=1000'],
  listScheduledMoves: ['', '?state=waiting', '?state=done', `?numberId=${number}&state=done`],
  listApiTokens: [''],
  listMemberSessions: [''],
  listSessions: [''],
  listIdentifiers: [''],
  listSecurityLog: [''],
  listBoundBefore: [''],
  listChanges: [''],
  listInstallationTokens: [''],
  listDeletionRequests: [''],
  listOwnRequests: [''],
  listMobileChanges: [''],
  listInvitations: ['', '?state=pending', '?state=revoked', `?memberId=${member}`],
  listCompanies: [''],
  listOutbox: [''],
  listNotices: [''],
  listTasks: [
    '',
    '?state=open',
    '?state=claimed',
    '?sort=dueAt',
    '?overdue=true&sort=dueAt',
    '?mine=true',
    `?forMemberId=${member}`,
    `?subjectId=${member}`,
    `?originKind=handover&originId=${member}`,
  ],
  listSystems: ['', '?name=system%207'],
  listWorkAccounts: [
    '',
    `?holderId=${member}`,
    '?holderId=none',
    `?systemId=${system}`,
    `?numberId=${number}`,
    '?state=closed',
    '?search=login-77',
  ],
}

const features: readonly Readonly<Record<string, RouteContract>>[] = Object.values(contract)
const lists = features
  .flatMap((feature) => Object.values(feature))
  .filter(
    ({ method, response }) => method === 'GET' && response !== undefined && 'items' in shapeOf(response),
  )
  .map((route) => ({
    operationId: route.operationId,
    path: route.path.replace(/\{(\w+)\}/, (_, name: string) => (name === 'memberId' ? member : number)),
  }))

function shapeOf(response: NonNullable<RouteContract['response']>): object {
  return 'shape' in response ? (response.shape as object) : {}
}

interface Asked {
  readonly text: string
  readonly values?: readonly unknown[]
}

describe('lists', () => {
  let world: World
  let company: TestCompany
  let callers: readonly { readonly name: string; readonly client: Client }[]
  const asked: Asked[] = []
  const original = pg.Client.prototype.query

  beforeAll(async () => {
    world = await openWorld()
    for (let index = 1; index <= companyCount; index++) {
      const made = await createCompany(world)
      if (index === 1) company = made
      await fillCompany(world, made.companyId, index)
    }
    const lead = await hire(company, 'Lena Lead', {
      role: 'lead',
      departments: [{ departmentId: department, isLead: true }],
    })
    callers = [
      { name: 'Owner', client: company.owner },
      { name: 'lead', client: await tokenFor(world, company, lead) },
      { name: 'member', client: await tokenFor(world, company, await hire(company, 'Mia Member')) },
    ]
    await fillCompanies(world)
    await world.tamper('analyze')
    pg.Client.prototype.query = listenTo(original, asked)
  }, 180_000)
  afterAll(async () => {
    pg.Client.prototype.query = original
    await world.close()
  })

  it.each(lists)('ADR 0004 read no table from end to end: $operationId', async ({ operationId, path }) => {
    const wished = variants[operationId]
    if (!wished) throw new Error(`add what may be asked of ${operationId} to the variants of this test`)
    for (const variant of wished) for (const caller of callers) await scanNothing(`${path}${variant}`, caller)
  })

  async function scanNothing(url: string, { name, client }: (typeof callers)[number]): Promise<void> {
    asked.length = 0
    const answer = await client.get(url)
    if (answer.status === 403 || answer.status === 404) return
    bodyOf(answer, 200)
    // The queue looks after its own tables meanwhile.
    const reads = asked.filter(({ text }) => /^\s*(select|with)\b/i.test(text) && !text.includes('pgboss'))
    for (const statement of reads) {
      const plan = await explain(statement)
      const scanned = [...plan.matchAll(/Seq Scan on (\w+)/g)].map((found) => found[1])
      expect(scanned, `${url} as ${name}\n${statement.text}\n${plan}`).toEqual([])
    }
  }

  async function explain({ text, values }: Asked): Promise<string> {
    const rows = await world.parts.database.inRealmOf(systemCaller(company.companyId, 'explain'), (tx) =>
      tx.query<{ 'QUERY PLAN': string }>({ text: `explain ${text}`, values: values ?? [] }),
    )
    return rows.map((row) => row['QUERY PLAN']).join('\n')
  }
})

type Query = typeof pg.Client.prototype.query

// Every statement that leaves this process is noted down, then sent as it was.
function listenTo(original: Query, asked: Asked[]): Query {
  function query(this: pg.Client, ...args: unknown[]): unknown {
    const [first, second] = args
    if (typeof first === 'string') asked.push({ text: first, values: Array.isArray(second) ? second : [] })
    else asked.push(first as Asked)
    return Reflect.apply(original, this, args)
  }
  return query as Query
}
