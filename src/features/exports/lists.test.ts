import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createFullCompany, type FullCompany } from '../../../test/builders/everything.ts'
import { hire } from '../../../test/builders/numbers.ts'
import { sheetsOf } from '../../../test/builders/spreadsheets.ts'
import { addSystem, addWorkAccount, openTask } from '../../../test/builders/tasks.ts'
import { bodyOf, createCompany, tokenFor } from '../../../test/builders.ts'
import { Uploads } from '../../../test/spreadsheets/read-all.ts'
import { type Client, openWorld, type World } from '../../../test/world.ts'
import { contract } from '../../contract.ts'
import type { RouteContract } from '../../kernel/route.ts'
import type { ListCell, ListFile } from './model/list-file.ts'
import { listFiles } from './model/list-files.ts'

type Item = Readonly<Record<string, unknown>>

let world: World
let uploads: Uploads
let company: FullCompany
let callers: readonly { readonly who: string; readonly client: Client }[]
/** One that ran, and one that is still a plan. */
let handoverId: string
let plannedId: string

beforeAll(async () => {
  world = await openWorld()
  uploads = await Uploads.open()
  company = await createFullCompany(world)
  const { anna, bela, owner } = company
  const auditor = await hire(company, 'Ada', { role: 'auditor' })
  callers = [
    { who: 'Owner', client: owner },
    { who: 'lead', client: await tokenFor(world, company, anna) },
    { who: 'Auditor', client: await tokenFor(world, company, auditor) },
    { who: 'member', client: await tokenFor(world, company, bela) },
  ]
  await openTask(company, bela, { title: '=HYPERLINK("http://evil.example")', forMemberId: bela })
  handoverId = bodyOf(await owner.get('/v1/handovers'), 200).items[0].handoverId
  const order = { leaverId: anna, defaultSuccessorId: bela }
  plannedId = bodyOf(await owner.post('/v1/handovers', order), 201).handoverId
}, 60_000)
afterAll(async () => {
  await uploads.close()
  await world.close()
})

const features: readonly Readonly<Record<string, RouteContract>>[] = Object.values(contract)
const routes = features.flatMap((feature) => Object.values(feature))
const files: readonly (readonly [string, ListFile])[] = Object.entries(listFiles)

/** What each list is narrowed by in these tests, beside nothing at all. */
const narrowed: Readonly<Record<string, readonly string[]>> = {
  exportTasks: ['state=open&sort=dueAt', 'mine=true', 'state=cancelled'],
  exportWorkAccounts: ['search=anna', 'holderId=none', 'state=closed'],
  exportSystems: ['name=nothing'],
  exportRequests: ['state=open', 'kind=proposal'],
  exportLegalHolds: ['state=lifting', 'state=lifted'],
  exportOperations: ['state=paused', 'state=running'],
  exportScheduledMoves: ['state=waiting', 'state=done'],
  exportDepartments: ['parentId=none'],
  exportInvitations: ['state=pending', 'state=accepted'],
  exportImports: ['drafts=true'],
  exportHandovers: ['kind=leave', 'mine=true', 'state=draft'],
  exportHandoverPlan: ['only=irreversible'],
  exportHandoverItems: ['kind=report', 'state=failed'],
}

/** Where a list or its file is. */
function placeOf(operationId: string): string {
  const isPlan = operationId === 'getPlan' || operationId === 'exportHandoverPlan'
  const values: Readonly<Record<string, string>> = {
    memberId: company.anna,
    handoverId: isPlan ? plannedId : handoverId,
  }
  const path = routes.find((route) => route.operationId === operationId)?.path
  return String(path).replace(/\{(\w+)\}/g, (_, name: string) => String(values[name]))
}

/** Everything a list answers, two entries at a time. */
async function walk(client: Client, path: string, query: string): Promise<readonly Item[] | number> {
  const items: Item[] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const isPaged = path.endsWith('/holdings') ? '' : `limit=2&${cursor === '' ? '' : `cursor=${cursor}&`}`
    const answer = await client.get(`${path}?${isPaged}${query}`)
    if (answer.status !== 200) return answer.status
    items.push(...answer.body.items)
    cursor = answer.body.nextCursor === undefined ? null : answer.body.nextCursor
    if (cursor !== null) cursor = encodeURIComponent(cursor)
  }
  return items
}

/** What stands in a workbook, as Baton reads it: header and rows of the first sheet. */
async function rowsOf(bytes: Buffer): Promise<string[][]> {
  const { sheets } = await uploads.readHere(bytes)
  return (sheets[0]?.rows ?? []).map(({ cells }) => cells.map((cell) => cell?.text ?? ''))
}

// Times and names are what lists say otherwise than files; everything else is the same.
function isPlain(cell: ListCell): cell is string | number | null {
  return cell === null || typeof cell !== 'object'
}

describe.each(files)('%s', (operationId, file) => {
  it.each(['', ...(narrowed[operationId] ?? [])])(
    'has what the list answers to the same caller, asked for "%s"',
    async (filter) => {
      for (const { who, client } of callers) {
        const listed = await walk(client, placeOf(file.list), filter)
        const answer = await client.download(`${placeOf(operationId)}?${filter}`)
        if (typeof listed === 'number') {
          expect([who, answer.status]).toEqual([who, listed])
          continue
        }
        expect([who, answer.status]).toEqual([who, 200])
        const [header, ...rows] = await rowsOf(answer.bytes)
        expect(header).toEqual(file.columns.map((column) => `${column.header.zh} ${column.header.en}`))
        expect(rows.length).toBe(listed.length)
        for (const [place, item] of listed.entries()) {
          const cells = file.columns.map(({ cell }) => cell(item, 'en'))
          const plain = cells.map((cell) => (isPlain(cell) ? String(cell ?? '') : null))
          const written = (rows[place] ?? []).map((text, at) => (plain[at] === null ? null : text))
          expect(written, who).toEqual(plain.slice(0, written.length))
          expect(plain.slice(written.length).filter((text) => text !== '')).toEqual([])
        }
      }
    },
  )
})

it('somewhere has rows of each list, so that these tests compare something', async () => {
  const { owner } = company
  for (const [operationId] of files) {
    const { bytes } = await owner.download(placeOf(operationId))
    expect((await rowsOf(bytes)).length, operationId).toBeGreaterThan(1)
  }
})

async function csv(query: string, by: Client = company.owner): Promise<string[]> {
  const { status, bytes } = await by.download(`/v1/exports/${query}`)
  expect(status).toBe(200)
  return bytes.toString('utf8').replace('\ufeff', '').split('\r\n').slice(0, -1)
}

describe('the file of a list', () => {
  it('WRK-3 of tasks says what, for whom, until when and about whom, in the words of its reader', async () => {
    const own = await createCompany(world, { name: 'Acme' })
    const mia = await hire(own, 'Mia')
    const task = await openTask(own, mia, { forMemberId: mia, title: 'Fetch, carry' })
    const say = async (language: string) =>
      (await csv('tasks?format=csv', own.owner.with({ 'accept-language': language })))[1]
    const tail = `,,,,,,,,,,,,0,0,Olivia Owner,${task.openedAt},${task.taskId}`
    const cut = tail.replace(/^,+0,0/, '')
    expect(await say('en')).toBe(`"Fetch, carry",to do,${task.dueAt},,Mia,,member,Mia,,,,,,,,0,0${cut}`)
    expect(await say('zh')).toBe(`"Fetch, carry",待办理,${task.dueAt},,Mia,,成员,Mia,,,,,,,,0,0${cut}`)
  })

  it('as a workbook has times of the company, and says on a second sheet what it was asked', async () => {
    const { bytes, headers } = await company.owner.download('/v1/exports/handovers?kind=leave')
    const sheets = sheetsOf(bytes)
    expect(Object.keys(sheets)).toEqual(['交接 Handovers', '导出说明 About'])
    expect(sheets['交接 Handovers']?.[1]?.[4]).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/)
    const about = Object.fromEntries((sheets['导出说明 About'] ?? []).map(([key, value]) => [key, value]))
    expect(about).toMatchObject({
      '条件 Filter: kind': 'leave',
      '行数 Rows': 2,
      '内容 Contents': 'handovers',
    })
    expect(String(headers['content-disposition'])).toContain('-handovers-')
  })

  it('names departments above and members behind ids, as far as its reader may know them', async () => {
    const rows = (await csv('departments?format=csv')).map((line) => line.split(','))
    const below = rows.slice(1).find(([, above]) => above !== '')
    expect(rows).toHaveLength(3)
    expect(rows.slice(1).map(([name]) => name)).toContain(below?.[1])
    const [, hold] = await csv('legal-holds?format=csv')
    expect(hold).toContain('Olivia Owner')
    const [, move] = await csv('scheduled-moves?format=csv&state=waiting')
    expect(move).toContain('Olivia Owner')
    const ledLines = await csv('scheduled-moves?format=csv&state=waiting', callers[1]?.client)
    expect(ledLines.length).toBeGreaterThan(1)
    expect(ledLines.join()).not.toContain('Olivia Owner')
  })

  it('has no cell that a spreadsheet program would run (ASVS 1.2.10)', async () => {
    const title = '=HYPERLINK("http://evil.example")'
    const lines = await csv(`tasks?format=csv&forMemberId=${company.bela}`)
    expect(lines.join('\n')).toContain(`"'${title.replaceAll('"', '""')}"`)
    const { bytes } = await company.owner.download(`/v1/exports/tasks?forMemberId=${company.bela}`)
    const { sheets } = await uploads.readHere(bytes)
    const cells = (sheets[0]?.rows ?? []).map(({ cells: [first] }) => first)
    expect(cells).toContainEqual({ kind: 'text', text: title })
  })

  it('leaves phone numbers as they are', async () => {
    const { numberId, e164 } = bodyOf(await company.owner.get(`/v1/numbers/${company.numberId}`), 200)
    const { systemId } = await addSystem(company)
    await addWorkAccount(company, { systemId, numberId, login: '+1 is no number' })
    const [, line] = await csv(`work-accounts?format=csv&systemId=${systemId}`)
    expect(line?.split(',').slice(0, 4)).toEqual([
      `'+1 is no number`,
      expect.any(String),
      expect.any(String),
      e164,
    ])
  })

  it('ALL-2 leaves entries with ids and choices, and apart from them what somebody typed', async () => {
    await csv('work-accounts?format=csv&state=held&search=Anna')
    const { items } = bodyOf(await company.owner.get('/v1/audit?limit=2'), 200)
    const [finished, begun] = items
    expect(begun).toMatchObject({
      action: 'export.begun',
      effect: { kind: 'work-accounts', format: 'csv', state: 'held', holderId: null, masked: false },
      details: { search: 'Anna' },
    })
    expect(begun.effect).not.toHaveProperty('search')
    expect(finished).toMatchObject({ action: 'export.finished', effect: { kind: 'work-accounts' } })
  })

  it('is whole over many pages', { timeout: 60_000 }, async () => {
    const own = await createCompany(world)
    await world.tamper(
      `insert into departments (company_id, department_id, name, position, created_at)
       select $1, gen_random_uuid(), 'Department ' || i, i, now() from generate_series(1, 5000) i`,
      [own.companyId],
    )
    const names = (await csv('departments?format=csv', own.owner)).slice(1).map((line) => line.split(',')[0])
    expect(new Set(names).size).toBe(5000)
    const { bytes } = await own.owner.download('/v1/exports/departments')
    expect((await rowsOf(bytes)).slice(1).map(([name]) => name)).toEqual(names)
    const [entry] = bodyOf(await own.owner.get('/v1/audit?action=export.finished'), 200).items
    expect(entry.effect).toMatchObject({ kind: 'departments', rows: 5000 })
  })

  it('of what is elsewhere or nowhere is refused as the list refuses it', async () => {
    const foreign = await createCompany(world)
    for (const query of [
      `handover-items/${handoverId}`,
      `handover-plan/${plannedId}`,
      `holdings/${company.anna}`,
    ])
      expect((await foreign.owner.get(`/v1/exports/${query}`)).body.code).toBe('thing.not_found')
  })

  it.each(['tasks?format=pdf', 'tasks?state=lost', 'handover-items/x', 'holdings/x'])(
    'refuses %s',
    async (query) => {
      expect((await company.owner.get(`/v1/exports/${query}`)).status).toBe(400)
    },
  )
})
