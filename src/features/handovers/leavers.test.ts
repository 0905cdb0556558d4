import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { LeaverScene } from '../../../test/builders/handovers.ts'
import { csvOf } from '../../../test/builders/imports.ts'
import { sendLeavers } from '../../../test/builders/leavers.ts'
import { hire } from '../../../test/builders/numbers.ts'
import { sheetsOf } from '../../../test/builders/spreadsheets.ts'
import { bodyOf, createCompany } from '../../../test/builders.ts'
import { type Answer, openWorld, type World } from '../../../test/world.ts'
import { writeSpreadsheet } from '../../platform/spreadsheets/write.ts'

type Body = Answer['body']

let world: World
let scene: LeaverScene
let boss: string
let lena: string

beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

beforeEach(async () => {
  scene = await LeaverScene.open(world)
  bodyOf(await scene.owner.patch('/v1/company', { timeZone: 'Asia/Shanghai' }), 200)
  boss = await hire(scene.company, 'Bea Boss', { staffCode: 'bea', email: 'bea@example.com' })
  lena = await hire(scene.company, '陈佳', { staffCode: 'Chen.Jia', managerId: boss })
})

const headers = ['工号', '姓名', '接收人', '离职日期', '部门']

function list(...rows: string[][]): string {
  return csvOf([headers, ...rows])
}

async function read(rows: string): Promise<Body> {
  return bodyOf(await sendLeavers(scene.owner, 'leavers.csv', rows), 200)
}

function check(lines: readonly object[]): Promise<Answer> {
  return scene.owner.post('/v1/handovers/leavers/check', { lines })
}

/** The lines of an answer as they are sent again, with what somebody chose in them. */
function linesOf(answer: Body, ...choices: object[]): object[] {
  return answer.items.map(({ line }: Body, index: number) => ({ ...line, ...choices[index] }))
}

describe('a list of leavers', () => {
  it('is read from a workbook: who, to whom, when; and nothing is kept or written', async () => {
    const cell = (text: string) => text
    const bytes = await buffer(
      writeSpreadsheet([
        {
          name: '名单',
          columns: headers.map((header) => ({ header, width: 12 })),
          rows: [
            ['chen.jia', '陈佳', '', '2030-01-31', 'Sales'].map(cell),
            ['', 'Lena Leaver', 'sam successor', '2030-02-01 18:00', ''].map(cell),
          ],
        },
      ]),
    )
    const answer = bodyOf(await sendLeavers(scene.owner, 'leavers.xlsx', bytes), 200)
    expect(answer).toMatchObject({ sheet: '名单', headerRow: 1, unread: ['部门'] })
    expect(answer.items).toMatchObject([
      {
        group: 'ready',
        leaver: { memberId: lena },
        numbersHeld: 0,
        successor: { memberId: boss },
        successorFrom: 'manager',
        effectiveAt: '2030-01-31T16:00:00.000000Z',
      },
      {
        group: 'ready',
        leaver: { memberId: scene.leaver },
        numbersHeld: 2,
        successor: { memberId: scene.successor },
        successorFrom: 'written',
        effectiveAt: '2030-02-01T10:00:00.000000Z',
      },
    ])
    expect(bodyOf(await scene.owner.get('/v1/handovers'), 200).items).toEqual([])
  })

  it('tells what is in the way of each line in both languages, and reads it again as it was repaired', async () => {
    const rows = list(
      ['nobody', '', '', '', ''],
      ['chen.jia', '', '', '1999-01-01', ''],
      ['', 'Lena Leaver', '', '', ''],
    )
    const answer = await read(rows)
    expect(answer.items.map(({ group, problems }: Body) => [group, problems[0].code])).toEqual([
      ['choose', 'leaver.unknown'],
      ['choose', 'leaver.day_past'],
      ['choose', 'leaver.no_manager'],
    ])
    expect(answer.items[0].problems[0]).toEqual({
      about: 'leaver',
      code: 'leaver.unknown',
      title: 'Nobody in the company is “nobody”.',
      next: 'Choose who is meant, or leave the line out.',
    })
    const chinese = await sendLeavers(scene.owner.with({ 'accept-language': 'zh-CN' }), 'x.csv', rows)
    expect(bodyOf(chinese, 200).items[0].problems[0].title).toBe('公司内没有“nobody”。')
    const repaired = linesOf(
      answer,
      { leaverId: scene.successor, successorId: boss },
      { effectiveAt: null },
      { successorId: null },
    )
    const again = bodyOf(await check(repaired), 200)
    expect(again.items).toMatchObject([
      { group: 'ready', leaver: { memberId: scene.successor }, successor: { memberId: boss } },
      { group: 'ready', effectiveAt: null },
      { group: 'ready', successor: null, successorFrom: 'chosen' },
    ])
  })

  it('becomes a plan for each, and never a second one: not by repeating, nor by asking twice at once', async () => {
    const answer = await read(
      list(['chen.jia', '', '', '2030-01-31', ''], ['', 'Lena Leaver', 'bea', '', '']),
    )
    const leavers = answer.items.map(({ leaver, successor, effectiveAt }: Body) => ({
      leaverId: leaver.memberId,
      successorId: successor?.memberId ?? null,
      ...(effectiveAt === null ? {} : { effectiveAt }),
    }))
    const order = { leavers, unlessLeaving: true }
    const both = await Promise.all([
      scene.owner.post('/v1/handovers/many', order),
      scene.owner.post('/v1/handovers/many', order),
    ])
    const made = both.flatMap((one) => bodyOf(one, 200).items)
    expect(made.filter(({ isNew }: Body) => isNew)).toHaveLength(2)
    expect(new Set(made.map(({ handover }: Body) => handover.handoverId)).size).toBe(2)
    expect(bodyOf(await scene.owner.get('/v1/handovers'), 200).items).toHaveLength(2)
    const after = bodyOf(await check(linesOf(answer)), 200)
    expect(after.items).toMatchObject([
      { group: 'planned', handover: { state: 'draft' }, problems: [{ code: 'leaver.already_leaving' }] },
      { group: 'planned', handover: { state: 'draft' } },
    ])
  })

  it('of a handover that was cancelled or is only a move begins a new one', async () => {
    const { handoverId } = await scene.begin()
    bodyOf(await scene.owner.post(`/v1/handovers/${handoverId}/cancel`), 200)
    await scene.begin({ kind: 'move' })
    const answer = await read(list(['', 'Lena Leaver', 'bea', '', '']))
    expect(answer.items[0]).toMatchObject({ group: 'ready', handover: null })
  })

  it('has at most 2,000 lines, which are read at once; a longer one is refused: import.too_many_rows', async () => {
    const rows = Array.from({ length: 2_001 }, (_, row) => [`nobody${row}`, '', '', '', ''])
    const longest = await read(list(...rows.slice(0, 2_000)))
    expect(longest.items).toHaveLength(2_000)
    const lines = linesOf(longest)
    expect(bodyOf(await check(lines), 200).items).toHaveLength(2_000)
    const tooLong = await sendLeavers(scene.owner, 'x.csv', list(...rows))
    expect(tooLong).toMatchObject({ status: 413, body: { code: 'import.too_many_rows' } })
    expect(tooLong.body.title).toContain('2000')
    expect((await check([...lines, lines[0] ?? {}])).status).toBe(400)
  })

  it('is refused where it is no list: import.old_format, import.empty, import.no_file', async () => {
    expect((await sendLeavers(scene.owner, 'x.xlsx', Buffer.from('d0cf11e0a1b11ae1', 'hex'))).body.code).toBe(
      'import.old_format',
    )
    expect((await sendLeavers(scene.owner, 'x.csv', list())).body.code).toBe('import.empty')
    expect((await scene.owner.post('/v1/handovers/leavers')).body.code).toBe('import.no_file')
  })

  it('ALL-1 means nobody of another company, and is for Owners and Admins only', async () => {
    const other = await createCompany(world)
    const theirs = await hire(other, 'Foreign Fred', { staffCode: 'fred' })
    expect((await read(list(['fred', '', '', '', '']))).items[0].problems[0].code).toBe('leaver.unknown')
    const chosen = bodyOf(await check([{ row: 1, leaverId: theirs }]), 200)
    expect(chosen.items[0]).toMatchObject({ leaver: null, problems: [{ code: 'leaver.unknown' }] })
    const member = await scene.as(scene.successor)
    expect((await sendLeavers(member, 'x.csv', list(['bea', '', '', '', '']))).status).toBe(403)
  })
})

describe('the form of a list of leavers', () => {
  it.each(['xlsx', 'csv'])(
    'comes as %s in both languages with an example, which is left out when it comes back',
    async (format) => {
      const {
        status,
        bytes,
        headers: sent,
      } = await scene.owner.download(`/v1/handovers/leavers/template?format=${format}`)
      expect(status).toBe(200)
      expect(sent['content-disposition']).toContain(`leavers.${format}`)
      const back = await sendLeavers(scene.owner, `leavers.${format}`, bytes)
      expect(back.body.code).toBe('import.empty')
    },
  )

  it('can be blank, and in one language', async () => {
    const { bytes } = await scene.owner.download('/v1/handovers/leavers/template?language=zh&blank=true')
    const rows = sheetsOf(bytes)['离职人员'] ?? []
    expect(rows.at(-1)).toEqual(['工号', '姓名', '邮箱', '接收人', '最后工作日'])
  })

  it('is read by its own headers, in English, too', async () => {
    const rows = csvOf([
      ['Staff code', 'Hand over to', 'Last day'],
      ['Chen.Jia', 'Sam Successor', '2030-06-30'],
    ])
    expect((await read(rows)).items[0]).toMatchObject({ group: 'ready', leaver: { memberId: lena } })
  })
})
