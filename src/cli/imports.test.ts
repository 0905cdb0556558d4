import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Ended, type Installation, openInstallation } from '../../test/command-line.ts'

let installation: Installation
let file: string

function baton(...args: string[]): Promise<Ended> {
  return installation.baton(args).ended
}

function inFolder(name: string): string {
  return join(installation.folder, name)
}

beforeAll(async () => {
  installation = await openInstallation()
  file = inFolder('people.csv')
  await writeFile(
    file,
    '工号,姓名,部门,手机\nA1,安娜,销售部/华东,8613800138001\nA2,贝拉,销售部,8613800138002\nA3,,销售部,\n',
  )
})
afterAll(() => installation.stop())

describe('a spreadsheet', () => {
  it('is shown with what it is, what is wrong and what it would do, and nothing is kept', async () => {
    const shown = await baton('import', file, '--dry-run')
    expect(shown.code).toBe(1)
    expect(shown.out).toMatch(/^people\.csv: members \(\d+ % sure\); headers in row 1/)
    expect(shown.out).toContain('手机 → mobile')
    expect(shown.out).toMatch(/can be repaired: Add the \+ before the country code \(rows 2, 3\)/)
    expect(shown.out).toContain('3 rows: 0 new')
    const fixed = await baton('import', file, '--fix', 'all', '--dry-run', '--json')
    expect(fixed.code).toBe(3)
    expect(JSON.parse(fixed.out)).toMatchObject({ template: 'members', counts: { new: 2, error: 1 } })
    expect((await installation.api('GET', '/v1/imports')).items).toEqual([])
  })

  it('is applied to its end, and taken back', async () => {
    const done = await baton(
      'import',
      file,
      '--fix',
      'all',
      '--apply',
      '--reason',
      'the new office',
      '--json',
    )
    expect(done.code, done.said).toBe(0)
    const { importId, operation } = JSON.parse(done.out)
    expect(operation).toMatchObject({ state: 'done', done: 2, failed: 0 })
    expect((await installation.api('GET', '/v1/members?search=A1')).items).toMatchObject([{ name: '安娜' }])
    const again = await baton('import', file, '--fix', 'all', '--dry-run')
    expect(again.out).toContain('2 unchanged')
    const gone = await baton('import', 'undo', importId)
    expect(gone.code, gone.said).toBe(0)
    expect((await installation.api('GET', '/v1/members?search=A1')).items).toEqual([])
  })

  it('is refused in words where it cannot be read, and needs to be told what to do', async () => {
    const broken = inFolder('broken.xlsx')
    await writeFile(broken, Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3]))
    const refused = await baton('import', broken, '--dry-run', '--json')
    expect(refused).toMatchObject({ code: 1, out: '' })
    expect(JSON.parse(refused.said).error.code).toBe('import.not_a_spreadsheet')
    expect(await baton('import', file)).toMatchObject({ code: 2, out: '' })
    expect(await baton('import', inFolder('none.csv'), '--dry-run')).toMatchObject({ code: 2, out: '' })
  })
})

describe('what a dry run tells', () => {
  it('names the way on where a file is not recognised, a value cannot be repaired, or ids stand for departments', async () => {
    const told = async (name: string, text: string) => {
      await writeFile(inFolder(name), text)
      const { out, said } = await baton('import', inFolder(name), '--dry-run')
      return `${out}\n${said}`
    }
    expect(await told('notes.csv', 'apples\r\npears\r\n')).toContain('--template')
    const lost = await told('numbers.csv', 'Number,Label\r\n1.39E+10,Desk\r\n+4930111555,Spare\r\n')
    expect(lost).toContain('Format the column as text')
    expect(lost).toContain('An undo releases the numbers')
    const ids = await told('api.csv', '姓名,帐号,手机号,所在部门\r\n张三,zhangsan,15913112120,4\r\n')
    expect(ids).toContain('PATCH /v1/imports/')
    const people = await told('people.csv', 'Staff code,Name,Departments\r\nZ9,Zoe,Sales/North\r\n')
    expect(people).toContain('2 departments would be made: Sales, Sales/North')
  })
})

describe('a department of the command line', () => {
  it('is meant by its path, by a name that only one has, or by its id', async () => {
    const { api } = installation
    const north = await api('POST', '/v1/departments', { name: 'North' })
    const { departmentId } = await api('POST', '/v1/departments', {
      name: 'Support',
      parentId: north.departmentId,
    })
    const south = await api('POST', '/v1/departments', { name: 'South' })
    await api('POST', '/v1/departments', { name: 'Support', parentId: south.departmentId })
    const alone = inFolder('alone.csv')
    await writeFile(alone, 'Staff code,Name\nQ1,Quinn\n')
    for (const written of ['north/support', departmentId]) {
      const shown = await baton('import', alone, '--department', written, '--dry-run', '--json')
      expect(JSON.parse(shown.out).options.destinationDepartmentId).toBe(departmentId)
    }
    const several = await baton('import', alone, '--department', 'Support', '--dry-run')
    expect(several).toMatchObject({ code: 2, out: '' })
    expect(several.said).toContain('North/Support, South/Support')
    const none = await baton('import', alone, '--department', 'West', '--dry-run')
    expect(none.code).toBe(1)
    expect(none.said).toContain('The company has no department "West".')
  })
})

describe('a template', () => {
  it('that is not there is answered with those that are', async () => {
    const asked = await baton('template', 'memebrs', '-o', inFolder('x.xlsx'))
    expect(asked.code).toBe(2)
    expect(asked.said).toMatch(/no template "memebrs"\. There are: members, .*leavers/)
  })

  it('is listed and written to a file, whose example can stay', async () => {
    expect((await baton('template')).out).toMatch(/members[\s\S]*wecom-members[\s\S]*other-systems/)
    const target = inFolder('members.xlsx')
    expect(await baton('template', 'members', '-o', target)).toMatchObject({ code: 0 })
    const shown = await baton('import', target, '--dry-run', '--json')
    expect(JSON.parse(shown.out)).toMatchObject({ template: 'members', counts: { new: 0, error: 0 } })
    expect((await baton('template', 'members', '-o', 'members.pdf')).code).toBe(2)
  })
})
