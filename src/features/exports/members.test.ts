import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { hire } from '../../../test/builders/numbers.ts'
import { addDepartment, addMember } from '../../../test/builders/people.ts'
import { sheetsOf } from '../../../test/builders/spreadsheets.ts'
import { bodyOf, createCompany, type TestCompany, tokenFor } from '../../../test/builders.ts'
import { type Client, openWorld, type World } from '../../../test/world.ts'

let world: World
let company: TestCompany
let sales: string
let china: string
let support: string

beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())
beforeEach(async () => {
  company = await createCompany(world, { name: '腾飞 Trading' })
  sales = (await addDepartment(company, { name: '市场部' })).departmentId
  china = (await addDepartment(company, { name: '华东', parentId: sales })).departmentId
  support = (await addDepartment(company, { name: 'Support/客服；A' })).departmentId
})

async function workbook(query: string, by: Client = company.owner) {
  const answer = await by.download(`/v1/exports/members?${query}`)
  expect([answer.status, answer.headers['content-type']]).toEqual([
    200,
    'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  ])
  return { sheets: sheetsOf(answer.bytes), name: String(answer.headers['content-disposition']) }
}

async function csvLines(query: string, by: Client = company.owner): Promise<string[]> {
  const { bytes } = await by.download(`/v1/exports/members?format=csv&${query}`)
  return bytes.toString('utf8').split('\r\n').slice(0, -1)
}

/** Staff codes of a file, below its header. */
async function codes(query: string, by?: Client): Promise<string[]> {
  return (await csvLines(query, by)).slice(1).map((line) => line.split(',')[0] ?? '')
}

async function aStaff() {
  const wang = await hire(company, '王总', {
    staffCode: 'wang',
    role: 'lead',
    departments: [{ departmentId: sales, isLead: true }],
  })
  await addMember(company, {
    staffCode: '007',
    name: '=李四',
    alias: 'Li Si',
    title: '产品经理',
    email: 'li.si@example.com',
    mobile: '+8613800138000',
    destination: 'sip:li@pbx.example.com',
    managerId: wang,
    departments: [{ departmentId: china }, { departmentId: support, isLead: true }],
  })
  await addMember(company, {
    staffCode: 'zoe',
    name: 'Zoë',
    mobile: '+85259120024',
    departments: [{ departmentId: support }],
  })
  return wang
}

describe('an export of members', () => {
  it('MIG-1 has the layout of WeCom: notes, header, the company on top of every department, and a sheet about it', async () => {
    await aStaff()
    const suspended = await hire(company, 'Sue', { staffCode: 'sue' })
    bodyOf(await company.owner.patch(`/v1/members/${suspended}`, { status: 'suspended' }), 200)
    const left = await hire(company, 'Leo', { staffCode: 'leo' })
    bodyOf(await company.owner.patch(`/v1/members/${left}`, { status: 'leaving' }), 200)
    bodyOf(await company.owner.patch(`/v1/members/${left}`, { status: 'left' }), 200)
    const { sheets, name } = await workbook('layout=wecom')
    expect(Object.keys(sheets)).toEqual(['成员列表', '导出说明 About'])
    const rows = sheets['成员列表'] ?? []
    expect(rows[0]?.[0]).toBe('填写须知：')
    expect(rows.slice(1, 8).map((row) => String(row[0]).slice(0, 2))).toEqual(
      [1, 2, 3, 4, 5, 6, 7].map((n) => `${n}、`),
    )
    expect(rows[8]).toEqual([
      ...[
        '姓名',
        '账号',
        '别名',
        '职务',
        '部门',
        '性别',
        '手机',
        '座机',
        '邮箱',
        '地址',
        '企业邮箱',
        '视频号',
      ],
      ...['激活状态', '禁用状态', '微信插件'],
    ])
    const cells = (row: unknown[]) => [row[0], row[1], row[4], row[6], row[8], row[12], row[13]]
    expect(rows.slice(9).map(cells)).toEqual([
      [
        '=李四',
        '007',
        '腾飞 Trading/"Support/客服；A"；腾飞 Trading/市场部/华东',
        '13800138000',
        'li.si@example.com',
        '未激活',
        '启用',
      ],
      ['Olivia Owner', 'owner', '腾飞 Trading', null, expect.stringContaining('@'), '未激活', '启用'],
      ['Sue', 'sue', '腾飞 Trading', null, null, '未激活', '禁用'],
      ['王总', 'wang', '腾飞 Trading/市场部', null, null, '未激活', '启用'],
      ['Zoë', 'zoe', '腾飞 Trading/"Support/客服；A"', '+85259120024', null, '未激活', '启用'],
    ])
    const about = Object.fromEntries((sheets['导出说明 About'] ?? []).map(([key, value]) => [key, value]))
    expect(about).toMatchObject({
      '公司 Company': '腾飞 Trading',
      '行数 Rows': 5,
      '导出人 Made by': 'Olivia Owner',
    })
    const day = world.clock.now().toISOString().slice(0, 10)
    expect(name).toContain(`filename*=UTF-8''${encodeURIComponent(`腾飞 Trading-members-${day}.xlsx`)}`)
  })

  it('has the columns of the members template, in both languages', async () => {
    await aStaff()
    const rows = (await workbook('')).sheets['成员 Members'] ?? []
    expect(rows[0]).toEqual([
      ...['工号 Staff code', '姓名 Name', '别名 Alias', '职务 Title', '部门 Departments', '直属上级 Manager'],
      ...['手机 Mobile', '邮箱 E-mail', '接听地址 Destination', '角色 Role', '在职状态 Status'],
    ])
    expect(rows[1]).toEqual([
      ...['007', '=李四', 'Li Si', '产品经理', '"Support/客服；A"*；市场部/华东', 'wang', '+8613800138000'],
      ...['li.si@example.com', 'sip:li@pbx.example.com', 'member', 'active'],
    ])
  })

  it('as CSV has a mark, phone numbers as they are, and no cell that would be run (ASVS 1.2.10)', async () => {
    await aStaff()
    const [head, first] = await csvLines('')
    expect(head?.startsWith('\ufeff工号 Staff code,姓名 Name,')).toBe(true)
    expect(first).toBe(
      '007,\'=李四,Li Si,产品经理,"""Support/客服；A""*；市场部/华东",wang,+8613800138000,li.si@example.com,sip:li@pbx.example.com,member,active',
    )
  })

  it('has chosen departments with those below, or without, and what the list is narrowed by', async () => {
    await aStaff()
    expect(await codes('')).toEqual(['007', 'owner', 'wang', 'zoe'])
    expect(await codes(`departmentIds=${sales}`)).toEqual(['007', 'wang'])
    expect(await codes(`departmentIds=${sales}&includeSubdepartments=false`)).toEqual(['wang'])
    expect(await codes(`departmentIds=${sales.toUpperCase()},${support}`)).toEqual(['007', 'wang', 'zoe'])
    expect(await codes('role=lead')).toEqual(['wang'])
    expect(await codes('search=zoe')).toEqual(['zoe'])
    expect(await codes('sort=-staffCode')).toEqual(['zoe', 'wang', 'owner', '007'])
    const other = await createCompany(world)
    const { departmentId } = await addDepartment(other)
    expect(await codes(`departmentIds=${departmentId}`)).toEqual([])
  })

  it('is whole over several pages, and goes on where one ended', async () => {
    await world.tamper(
      `insert into members (company_id, member_id, staff_code, name, role, status, version, created_at)
       select $1, gen_random_uuid(), 'n' || lpad(i::text, 5, '0'), 'Same Name', 'member', 'active', 1, now()
       from generate_series(1, 1200) i`,
      [company.companyId],
    )
    const found = await codes('sort=name')
    expect(found).toHaveLength(1201)
    expect(new Set(found).size).toBe(1201)
    expect((await workbook('sort=-createdAt')).sheets['成员 Members']).toHaveLength(1202)
  })

  it('masks contacts for lead and Auditor, and says so in its name and above its rows', async () => {
    const wang = await aStaff()
    const lead = await tokenFor(world, company, wang)
    const { sheets, name } = await workbook('', lead)
    const rows = sheets['成员 Members'] ?? []
    expect(name).toContain('-masked.xlsx')
    expect(rows[0]?.[0]).toContain('已脱敏')
    const seen = rows.slice(2).map((row) => [row[0], row[4], row[6], row[7]])
    // What is above or beside the own departments stands by its name only, as in the list.
    expect(seen).toEqual([
      ['007', '"Support/客服；A"*；市场部/华东', '+86138****8000', 'l***@example.com'],
      ['wang', '市场部*', null, null],
    ])
    const auditor = await tokenFor(world, company, await hire(company, 'Ada', { role: 'auditor' }))
    expect((await csvLines('', auditor)).join()).not.toContain('13800138000')
    expect((await workbook('', auditor)).sheets['成员 Members']).toHaveLength(7)
  })

  it('of a member has the own person only, with whole contacts', async () => {
    await aStaff()
    const mia = await hire(company, 'Mia', { staffCode: 'mia', mobile: '+8613800138001' })
    const { sheets, name } = await workbook('layout=wecom', await tokenFor(world, company, mia))
    expect(sheets['成员列表']?.slice(9).map((row) => [row[0], row[6]])).toEqual([['Mia', '13800138001']])
    expect(name).not.toContain('masked')
  })

  it('ALL-2 leaves an entry before its first byte, and one with its rows after the last', async () => {
    await aStaff()
    await codes(`departmentIds=${support}&search=zoe&status=active`)
    const { items } = bodyOf(await company.owner.get('/v1/audit?limit=2'), 200)
    const [finished, begun] = items
    expect(begun).toMatchObject({
      action: 'export.begun',
      subjectKind: 'company',
      subjectId: company.companyId,
      effect: {
        kind: 'members',
        format: 'csv',
        layout: 'baton',
        departmentIds: support,
        status: 'active',
        role: null,
        masked: false,
      },
      details: { search: 'zoe' },
    })
    expect(finished).toMatchObject({
      action: 'export.finished',
      effect: { exportId: begun.effect.exportId, kind: 'members', rows: 1 },
    })
  })

  it.each(['format=pdf', 'layout=feishu', 'departmentIds=none', 'departmentIds=,'])(
    'refuses %s',
    async (query) => {
      expect((await company.owner.get(`/v1/exports/members?${query}`)).status).toBe(400)
    },
  )

  it('knows no other kinds', async () => {
    expect((await company.owner.get('/v1/exports/passwords')).status).toBe(404)
  })
})
