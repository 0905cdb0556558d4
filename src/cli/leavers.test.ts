import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Ended, type Installation, openInstallation } from '../../test/command-line.ts'

let installation: Installation

function baton(...args: string[]): Promise<Ended> {
  return installation.baton(args).ended
}

function inFolder(name: string): string {
  return join(installation.folder, name)
}

async function leaversFile(name: string, ...rows: string[]): Promise<string> {
  await writeFile(inFolder(name), ['工号,姓名,接收人,最后工作日', ...rows].join('\n'))
  return inFolder(name)
}

beforeAll(async () => {
  installation = await openInstallation()
  const { api } = installation
  const { memberId: managerId } = await api('POST', '/v1/members', { staffCode: 'bea', name: 'Bea Boss' })
  for (const staffCode of ['lena', 'jo', 'tim'])
    await api('POST', '/v1/members', { staffCode, name: `${staffCode} leaver`, managerId })
})
afterAll(() => installation.stop())

async function handovers(): Promise<number> {
  return (await installation.api('GET', '/v1/handovers')).items.length
}

describe('baton handover plan --leavers', { timeout: 90_000 }, () => {
  it('says how it reads the file; with --dry-run it makes no plan', async () => {
    const file = await leaversFile('dry.csv', 'lena,,,2099-11-30', 'nobody,,,')
    const shown = await baton('handover', 'plan', '--leavers', file, '--dry-run')
    expect(shown.code).toBe(3)
    expect(shown.said).toContain('2 leavers (headers in row 1): 1 ready, 1 to be decided')
    expect(shown.said).toContain('✗ row 3: Nobody in the company is “nobody”.')
    expect(shown.out).toBe('Nothing was changed: this was a dry run.\n')
    const json = await baton('handover', 'plan', '--leavers', file, '--dry-run', '--json')
    expect(JSON.parse(json.out).items.map(({ group }: { group: string }) => group)).toEqual([
      'ready',
      'choose',
    ])
    expect(await handovers()).toBe(0)
  })

  it('makes the plan of each, none twice, and writes them to a file that is applied as a whole', async () => {
    const file = await leaversFile('two.csv', 'lena,,,2099-11-30', 'jo,jo leaver,tim,')
    const plans = inFolder('plans.json')
    const made = await baton('handover', 'plan', '--leavers', file, '-o', plans)
    expect(made.code, made.said).toBe(3)
    expect(made.out).toMatch(/lena leaver +Bea Boss +\d{4}-\d\d-\d\d \d\d:\d\d +draft/)
    expect(made.out).toMatch(/jo leaver +tim leaver +draft/)
    expect(JSON.parse(await readFile(plans, 'utf8')).plans).toHaveLength(2)
    const again = await baton('handover', 'plan', '--leavers', file, '--json')
    expect(again.code).toBe(3)
    expect(JSON.parse(again.out)).toMatchObject({ plans: [{ isNew: false }, { isNew: false }], lines: [] })
    expect(await handovers()).toBe(2)

    const applied = await baton('handover', 'apply', plans, '--no-wait', '--json')
    expect(applied.code, applied.said).toBe(3)
    expect(JSON.parse(applied.out).items).toHaveLength(2)
    const { items } = await installation.api('GET', '/v1/handovers')
    for (const { state } of items) expect(['scheduled', 'running', 'finished']).toContain(state)
  })

  it('gives to --to where the file names nobody, and at --effective where it names no day', async () => {
    const file = await leaversFile('to.csv', 'tim,,,')
    const shown = await baton(
      ...['handover', 'plan', '--leavers', file, '--to', 'Bea Boss'],
      ...['--effective', '2099-01-01T00:00:00Z', '--dry-run', '--json'],
    )
    expect(JSON.parse(shown.out).items[0]).toMatchObject({
      successor: { staffCode: 'bea' },
      successorFrom: 'chosen',
      effectiveAt: '2099-01-01T00:00:00.000000Z',
    })
  })

  it('fails where no line can become a plan, and where it is called wrongly', async () => {
    const file = await leaversFile('none.csv', 'nobody,,,')
    const nobody = await baton('handover', 'plan', '--leavers', file)
    expect(nobody).toMatchObject({ code: 1, out: 'No plan was made.\n' })
    expect(nobody.said).toContain('1 leaver (')
    for (const wrong of [
      ['--leavers', file, '--leaver', 'tim'],
      ['--leavers', file, '--kind', 'loan'],
      ['--leavers', inFolder('missing.csv')],
      [],
    ])
      expect((await baton('handover', 'plan', ...wrong)).code).toBe(2)
  })

  it('has a form', async () => {
    expect((await baton('template')).out).toContain('leavers')
    const form = inFolder('leavers.xlsx')
    expect(await baton('template', 'leavers', '-o', form)).toMatchObject({ code: 0 })
    const empty = await baton('handover', 'plan', '--leavers', form, '--json')
    expect(JSON.parse(empty.said).error.code).toBe('import.empty')
  })
})
