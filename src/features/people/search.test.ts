import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addDepartment, addMember } from '../../../test/builders/people.ts'
import { bodyOf, createCompany, type TestCompany } from '../../../test/builders.ts'
import { openWorld, type World } from '../../../test/world.ts'

let world: World
let company: TestCompany
beforeAll(async () => {
  world = await openWorld()
  company = await createCompany(world)
  const people = [
    {
      staffCode: 'S-0042',
      name: '张三',
      alias: 'San Zhang',
      email: 'zhang.s@example.com',
      mobile: '13800001234',
    },
    { staffCode: 'S-0043', name: '王小明', email: 'wxm@example.com', mobile: '13900005678' },
    { staffCode: 'S-0044', name: '单田芳' },
    { staffCode: 'S-0045', name: '曾国藩' },
    { staffCode: 'S-0046', name: '仇英' },
    { staffCode: 'T-1', name: 'José García', mobile: '+14155552671' },
    { staffCode: 'T-2', name: 'Anna Smith' },
    { staffCode: 'T-3', name: 'anna-maria Smithson' },
  ]
  for (const person of people) await addMember(company, person)
})
afterAll(() => world.close())

async function names(query: string): Promise<string[]> {
  const page = bodyOf(await company.owner.get(`/v1/members?${query}`), 200)
  return page.items.map((item: { name: string }) => item.name)
}

describe('searching members', () => {
  it.each([
    ['张三', ['张三']],
    ['张', ['张三']],
    ['三', ['张三']],
    ['zs', ['张三']],
    ['zhangsan', ['张三']],
    ['ZHANG', ['张三']],
    ['ｚｈａｎｇ', ['张三']],
    ['san zhang', ['张三']],
    ['1234', ['张三']],
    ['１２３４', ['张三']],
    ['138 0000 1234', ['张三']],
    ['+86 138-0000-1234', ['张三']],
    ['zhang.s@example.com', ['张三']],
    ['s-0042', ['张三']],
    ['0042', []],
    ['小明', ['王小明']],
    ['明', ['王小明']],
    ['wxm', ['王小明']],
    ['xiaoming', ['王小明']],
    ['shan', ['单田芳']],
    ['dan', ['单田芳']],
    ['zeng', ['曾国藩']],
    ['zgf', ['曾国藩']],
    ['qiuying', ['仇英']],
    ['jose', ['José García']],
    ['GARCÍA', ['José García']],
    ['2671', ['José García']],
    ['smith', ['Anna Smith', 'anna-maria Smithson']],
    ['anna smith', ['Anna Smith', 'anna-maria Smithson']],
    ['anna smiths', ['anna-maria Smithson']],
    ['maria', ['anna-maria Smithson']],
    ['anna 张', []],
    ['...', []],
    ['%', []],
    ['smith%', ['Anna Smith', 'anna-maria Smithson']],
  ])('%j finds %j', async (search, found) => {
    expect(await names(`search=${encodeURIComponent(search)}`)).toEqual(found)
  })

  it('finds by the new name and not by the old one after a change', async () => {
    const member = await addMember(company, { name: '赵六' })
    bodyOf(await company.owner.patch(`/v1/members/${member.memberId}`, { name: '钱七' }), 200)
    expect(await names(`search=${encodeURIComponent('赵六')}`)).toEqual([])
    expect(await names('search=qianqi')).toEqual(['钱七'])
  })

  it('keeps the order that was asked for, and pages through what was found', async () => {
    const first = bodyOf(await company.owner.get('/v1/members?search=S-00&sort=-staffCode&limit=2'), 200)
    expect(first.items.map((item: { staffCode: string }) => item.staffCode)).toEqual(['S-0046', 'S-0045'])
    const next = await company.owner.get(
      `/v1/members?search=S-00&sort=-staffCode&limit=2&cursor=${first.nextCursor}`,
    )
    expect(next.body.items.map((item: { staffCode: string }) => item.staffCode)).toEqual(['S-0044', 'S-0043'])
  })
})

describe('the list of members', () => {
  let other: TestCompany
  let sales: string
  let boss: string
  beforeAll(async () => {
    other = await createCompany(world)
    sales = (await addDepartment(other)).departmentId
    const inner = (await addDepartment(other, { parentId: sales })).departmentId
    boss = (await addMember(other, { name: 'B', staffCode: '3', role: 'admin' })).memberId
    await addMember(other, {
      name: 'C',
      staffCode: '2',
      managerId: boss,
      departments: [{ departmentId: sales }],
    })
    await addMember(other, {
      name: 'A',
      staffCode: '1',
      managerId: boss,
      departments: [{ departmentId: inner }],
    })
    const gone = await addMember(other, { name: 'A', staffCode: '4' })
    bodyOf(await other.owner.patch(`/v1/members/${gone.memberId}`, { status: 'left' }), 200)
  })

  async function codes(query: string): Promise<string> {
    const page = bodyOf(await other.owner.get(`/v1/members?${query}`), 200)
    return page.items.map((item: { staffCode: string }) => item.staffCode).join(' ')
  }

  it.each([
    ['', '1 4 3 2 owner'],
    ['sort=-name', 'owner 2 3 4 1'],
    ['sort=staffCode', '1 2 3 4 owner'],
    ['sort=-staffCode', 'owner 4 3 2 1'],
    ['sort=createdAt', 'owner 3 2 1 4'],
    ['sort=-createdAt', '4 1 2 3 owner'],
    ['status=left', '4'],
    ['status=active&sort=staffCode', '1 2 3 owner'],
    ['role=admin', '3'],
  ])('with %j shows %s', async (query, shown) => {
    expect(await codes(query)).toBe(shown)
    const paged: string[] = []
    let cursor = ''
    do {
      const page = bodyOf(await other.owner.get(`/v1/members?${query}&limit=1${cursor}`), 200)
      paged.push(...page.items.map((item: { staffCode: string }) => item.staffCode))
      cursor = page.nextCursor ? `&cursor=${page.nextCursor}` : ''
    } while (cursor)
    expect(paged.join(' ')).toBe(shown)
  })

  it('shows who is in a department, with or without those below, and who reports to someone', async () => {
    expect(await codes(`departmentId=${sales}`)).toBe('2')
    expect(await codes(`departmentId=${sales}&includeSubdepartments=true`)).toBe('1 2')
    expect(await codes(`managerId=${boss}`)).toBe('1 2')
  })

  it('refuses a cursor that was made for another order, and a limit beyond 200', async () => {
    const page = bodyOf(await other.owner.get('/v1/members?limit=1'), 200)
    const refused = await other.owner.get(`/v1/members?limit=1&sort=-name&cursor=${page.nextCursor}`)
    expect(refused.body).toMatchObject({ status: 400, code: 'page.cursor_invalid' })
    expect((await other.owner.get('/v1/members?limit=201')).status).toBe(400)
  })
})
