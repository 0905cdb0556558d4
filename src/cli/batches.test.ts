import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Ended, type Installation, openInstallation, until } from '../../test/command-line.ts'

let installation: Installation
let file: string
let lines = 0

beforeAll(async () => {
  installation = await openInstallation()
  const { api } = installation
  await api('POST', '/v1/company/licences', { change: 1_000 })
  await setPolicies({ cooldownMinutes: 0, moveLimitPerDay: null })
  for (const [staffCode, name] of [
    ['li.lei', '李雷'],
    ['han.mei', 'Han Mei'],
  ])
    await api('POST', '/v1/members', { staffCode, name })
})
afterAll(() => installation.stop())

beforeEach(() => setPolicies({ maxBatchSize: null, minBatchGapMinutes: 0 }))

async function setPolicies(policies: object): Promise<void> {
  await installation.api('PATCH', '/v1/company', { policies })
}

async function addNumbers(count: number): Promise<string[]> {
  const added: string[] = []
  for (let n = 0; n < count; n++) {
    lines += 1
    added.push(`+4930${7_000_000 + lines}`)
    await installation.api('POST', '/v1/numbers', { number: added.at(-1) })
  }
  return added
}

/** Writes a file of moves, and gives the command with further words. */
async function move(rows: readonly string[], ...words: string[]): Promise<Ended> {
  file = join(installation.folder, 'moves.csv')
  await writeFile(file, ['号码,接收人', ...rows].join('\n'))
  return installation.baton(['numbers', 'move', '--file', file, ...words]).ended
}

function baton(...args: string[]): Promise<Ended> {
  return installation.baton(args).ended
}

describe('NUM-8 a batch from a file', { timeout: 60_000 }, () => {
  it('shows its plan, is made, is written to a file and taken back', async () => {
    const [one, two] = await addNumbers(2)
    const rows = [`${one},李雷`, '', `${two},han.mei`]
    const planned = await move(rows, '--dry-run')
    expect(planned).toMatchObject({ code: 0, said: 'Nothing was changed: this was a dry run.\n' })
    expect(planned.out).toMatch(/^Move {6}2$/m)
    expect(planned.out).toMatch(/^Done {6}about \d\d:\d\d:\d\d \(Asia\/Shanghai\)$/m)
    expect(planned.out).toContain(`${one}  (parked)  →  李雷\n${two}  (parked)  →  Han Mei`)

    const made = await move(rows, '--reason', 'new team')
    expect(made).toMatchObject({ code: 0, out: 'Done: 2 of 2 done.\n' })
    const [, operationId = ''] = /operations undo (\S+)/.exec(made.said) ?? []
    const results = join(installation.folder, 'results.csv')
    const written = await baton('operations', 'results', operationId, '--output', results)
    expect(written).toMatchObject({ code: 0, out: `2 results in ${results}.\n` })
    const head = '\ufeffposition,number,to,state,code,title\r\n'
    expect(await readFile(results, 'utf8')).toBe(
      `${head}1,${one},li.lei,done,,\r\n2,${two},han.mei,done,,\r\n`,
    )
    expect(await baton('operations', 'results', operationId, '--output', results)).toMatchObject({ code: 2 })

    const undone = await baton('operations', 'undo', operationId, '--reason', 'too early', '--json')
    expect(undone.code).toBe(3)
    const { operationId: undoId } = JSON.parse(undone.out)
    expect((await baton('operations', 'watch', undoId)).out).toBe('Done: 2 of 2 done.\n')
    expect((await baton('numbers', 'list', '--holder', 'li.lei', '--json')).out).not.toContain(one)
  })

  it('tells what is refused by the lines of the file, and makes the other moves', async () => {
    const [one, two, three] = await addNumbers(3)
    const rows = [`${one},li.lei`, `${two},li.lei`, `${two},han.mei`, '+4930999,li.lei']
    const planned = await move(rows, '--dry-run')
    expect(planned.code).toBe(1)
    expect(planned.out).toContain(`2 lines (3-4): move.number_twice
  ${two} is in the list more than once, also at line 4.
  ${two} is in the list more than once, also at line 3.
  → Keep one line for each number: where it is to be in the end.

Line 5: move.number_unknown
  Your company has no number +4930999.`)

    const stopped = await move(rows, '--stop-on-problems', '--json')
    expect(stopped).toMatchObject({ code: 1, out: '' })
    expect(JSON.parse(stopped.said).error).toMatchObject({
      code: 'batch.has_problems',
      next: expect.stringContaining('leave out --stop-on-problems'),
      problems: [{ line: 3 }, { line: 4 }, { line: 5, code: 'move.number_unknown' }],
    })

    const made = await move(rows, '--json')
    expect(made.code).toBe(1)
    expect(JSON.parse(made.out)).toMatchObject({
      operation: { state: 'done', done: 1, failed: 3 },
      problems: [{ line: 3 }, { line: 4 }, { line: 5 }],
    })
    const none = await move([`${three},li.lai`])
    expect(none).toMatchObject({ code: 1, out: '' })
    expect(none.said).toContain('Line 2: member.unknown')
  })

  it('waits for nobody with --no-wait, and for a second person above the limit', async () => {
    const [one] = await addNumbers(1)
    const left = await move([`${one},li.lei`], '--no-wait')
    expect(left.code).toBe(3)
    expect(left.said).toContain(`npx baton operations watch ${left.out.trim()}`)
    expect((await baton('operations', 'watch', left.out.trim())).code).toBe(0)
    await setPolicies({ moveLimitPerDay: 1, moveLimitPercent: 1 })
    const held = await move([`${one},han.mei`])
    await setPolicies({ moveLimitPerDay: null })
    expect(held).toMatchObject({ code: 3, out: 'Waits for a second person: 0 of 1 done, 1 to go.\n' })
    expect(held.said).toMatch(/npx baton requests approve \S{36}/)
  })

  it('goes on in the server after Ctrl-C, and is paused, resumed and cancelled from there', async () => {
    await setPolicies({ maxBatchSize: 1, minBatchGapMinutes: 30 })
    const numbers = await addNumbers(4)
    await writeFile(file, ['number,to', ...numbers.map((number) => `${number},han.mei`)].join('\n'))
    const watching = installation.baton(['numbers', 'move', '--file', file])
    await until('progress', () => (/1 of 4 {2}25 %.* next \d/.test(watching.said()) ? true : undefined))
    watching.child.kill('SIGINT')
    const { code, out, said } = await watching.ended
    expect({ code, out }).toEqual({ code: 130, out: '' })
    const [, id = ''] = /The server goes on with operation (\S+)\./.exec(said) ?? []
    expect(said).toContain(`npx baton operations pause ${id}`)

    expect((await baton('operations', 'list', '--state', 'running')).out).toContain(id)
    const paused = await baton('operations', 'pause', id, '--reason', 'lunch')
    expect(paused).toMatchObject({ code: 0, out: 'Paused: 1 of 4 done, 3 to go.\n' })
    expect(await baton('operations', 'watch', id)).toMatchObject({ code: 3 })
    expect((await baton('operations', 'resume', id)).out).toContain('Under way: 1 of 4 done')
    expect((await baton('operations', 'cancel', id)).out).toMatch(/^Cancelled: .* left as they were\.$/m)
    const shown = await baton('operations', 'show', id)
    expect(shown.out).toMatch(/^State {6}cancelled$/m)
    const refused = await baton('operations', 'retry', id)
    expect(refused).toMatchObject({ code: 1, out: '' })
    expect(refused.said).toContain('npx baton operations show')
  })

  it('is refused when its file cannot be used, before anything is sent', async () => {
    const missing = await baton('numbers', 'move', '--file', join(installation.folder, 'none.csv'))
    expect(missing.code).toBe(1)
    expect(missing.said).toContain('cannot be read')
    expect(await baton('numbers', 'move')).toMatchObject({ code: 2 })
  })
})
