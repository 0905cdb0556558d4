import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import http from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addressOf, ownerPassword as password, type Running, run, until } from '../../test/command-line.ts'

describe('the command line', () => {
  it('shows examples first, and takes help for no failure', async () => {
    const [all, one] = await Promise.all([run(['--help']).ended, run(['numbers', 'assign', '--help']).ended])
    expect(all).toMatchObject({ code: 0, said: '' })
    expect(all.out).toMatch(/^Examples:\n {2}\$ npx baton start/)
    expect(one.out).toMatch(/^Examples:\n {2}\$ npx baton numbers assign .*\n\nUsage: baton numbers assign/)
  })

  it('answers 2 and a suggestion to a command, an option or a setting that is mistyped', async () => {
    const [command, option, setting] = await Promise.all([
      run(['nubmers', 'list']).ended,
      run(['numbers', 'list', '--serach', 'x']).ended,
      run(['members', 'list', '--json'], { BATON_DTA: '/x', PORT: 'x' }).ended,
    ])
    expect([command.code, option.code, setting.code]).toEqual([2, 2, 2])
    expect(command.said).toContain('Did you mean numbers?')
    expect(option.said).toContain('Did you mean --search?')
    expect(JSON.parse(setting.said).error.problems).toEqual([
      'BATON_DTA is not a setting. Did you mean BATON_DATA?',
      'PORT must be a whole number from 0 to 65535, not "x".',
    ])
  })

  it('runs no worker on the embedded database, and says why', async () => {
    const worker = await run(['worker']).ended
    expect(worker.code).toBe(2)
    expect(worker.said).toContain('A worker of its own needs DATABASE_URL')
  })
})

describe('Baton on a data folder', () => {
  let folder: string
  let environment: Record<string, string>
  let server: Running
  let address: string

  const baton = (args: readonly string[], input?: string) => run(args, environment, input).ended

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'baton-cli-'))
    environment = { BATON_DATA: join(folder, 'data'), PORT: '0' }
    server = run(['start'], environment)
    address = await addressOf(server)
  })
  afterAll(async () => {
    server.child.kill('SIGTERM')
    await server.ended
    await rm(folder, { recursive: true, force: true })
  })

  it('answers on its port and keeps the socket for commands to its own user', async () => {
    expect(await (await fetch(`${address}/readyz`)).json()).toMatchObject({ status: 'ready' })
    expect(await (await fetch(`${address}/metrics`)).text()).toContain('baton_database_up 1')
    const { mode } = await stat(join(folder, 'data/baton.sock'))
    expect((mode & 0o777).toString(8)).toBe('600')
    expect(server.said()).toContain('npx baton setup')
  })

  it('refuses a second start on the same folder, naming the first', async () => {
    const second = await baton(['start'])
    expect(second.code).toBe(1)
    expect(second.said).toContain(`in use by another Baton: process ${server.child.pid}`)
    expect(second.said).toContain('BATON_DATA')
  })

  it('asks for no password where there is no terminal, and says how to give it', async () => {
    const asked = await baton(['setup', '--company', 'Acme', '--owner-email', 'wang@example.com'])
    expect(asked).toMatchObject({ code: 2, out: '' })
    expect(asked.said).toContain('--password-file')
  })

  it('shows a sample company, and takes it away again before it is set up', async () => {
    const loaded = await baton(['sample', 'load', '--language', 'zh', '--json'])
    expect(loaded).toMatchObject({ code: 0, said: '' })
    expect(JSON.parse(loaded.out)).toMatchObject({ slug: 'sample' })
    expect((await baton(['members', 'list', '--search', 'zhaomin'])).out).toContain('Zhao Min')
    const again = await baton(['sample', 'load', '--json'])
    expect(again.code).toBe(1)
    expect(JSON.parse(again.said).error.code).toBe('setup.done')
    expect(await baton(['sample', 'remove'])).toMatchObject({ code: 0 })
    expect(JSON.parse((await baton(['company', 'list', '--json'])).out).items).toEqual([])
  }, 120_000)

  it('is set up, and works for its operator without naming the only company', async () => {
    const words = [
      'setup',
      '--company',
      'Acme 有限公司',
      '--owner',
      '王芳',
      '--owner-email',
      'wang@example.com',
    ]
    const made = await baton([...words, '--password-file', '-', '--json'], `${password}\n`)
    expect(made.said).toBe('')
    expect(JSON.parse(made.out)).toMatchObject({
      companyId: expect.any(String),
      memberId: expect.any(String),
      token: expect.stringMatching(/^baton_/),
    })
    expect((await baton([...words, '--password-file', '-', '--json'], password)).code).toBe(1)

    await writeFile(join(folder, 'token'), JSON.parse(made.out).token, { mode: 0o600 })
    const byToken = await run(['company', 'show', '--json', '--token-file', join(folder, 'token')], {
      BATON_URL: address,
    }).ended
    expect(JSON.parse(byToken.out)).toMatchObject({ name: 'Acme 有限公司' })

    const added = await baton(['members', 'add', 'li.lei', '--name', '李雷', '--json'])
    expect(JSON.parse(added.out)).toMatchObject({ staffCode: 'li.lei', status: 'active' })
    const listed = await baton(['members', 'list'])
    expect(listed.out).toMatch(/^STAFF CODE {2}NAME {2}ROLE/)
    expect(listed.out).toMatch(/^li\.lei {6}李雷 {2}member/m)
  })

  it('answers 3 to a move that waits, and 1 with what to do next to one that is refused', async () => {
    const added = await baton(['numbers', 'add', '138 0013 8000', '--json'])
    expect(JSON.parse(added.out)).toMatchObject({ e164: '+8613800138000', state: 'parked' })
    const waits = await baton(['numbers', 'assign', '138-0013-8000', '--to', '李雷', '--json'])
    expect(JSON.parse(waits.out)).toMatchObject({ outcome: 'pending_check' })
    expect(waits.code).toBe(3)
    const refused = await baton(['numbers', 'reassign', '+8613800138000', '--to', 'li.lei', '--json'])
    expect(refused).toMatchObject({ code: 1, out: '' })
    expect(JSON.parse(refused.said).error).toMatchObject({ code: 'number.parked', next: expect.any(String) })
    expect(await baton(['numbers', 'park', '13900139000'])).toMatchObject({ code: 1 })
  })

  it('NUM-6 tells its operator, and a machine with a token of the installation, where a number rings', async () => {
    const rings = await baton(['members', 'set-destination', 'li.lei', 'sip:li@pbx.example.com'])
    expect(rings).toMatchObject({ code: 0 })
    expect((await baton(['members', 'set-destination', 'li.lei'])).code).toBe(2)
    await baton(['numbers', 'add', '+49 30 123456'])
    await baton(['numbers', 'assign', '+4930123456', '--to', 'li.lei'])
    expect((await baton(['route', '+49 30 123456'])).out).toMatch(/^Rings +sip:li@pbx.example.com \(sip\)$/m)
    expect((await baton(['route', '030123456'])).code).toBe(2)

    const token = ['installation', 'token']
    const made = await baton([...token, 'create', '--name', 'SIP proxy'])
    expect(made.out).toMatch(/^baton_0{32}_\S{43}\n$/)
    await writeFile(join(folder, 'proxy-token'), made.out, { mode: 0o600 })
    const ask = ['route', '+4930123456', '--json', '--token-file', join(folder, 'proxy-token')]
    const answer = await run(ask, { BATON_URL: address }).ended
    expect(JSON.parse(answer.out)).toMatchObject({ state: 'held', companyId: expect.any(String) })
    expect(answer.out).not.toContain('李雷')

    const [{ tokenId }] = JSON.parse((await baton([...token, 'list', '--json'])).out).items
    expect((await baton([...token, 'list'])).out).toMatch(/^SIP proxy /m)
    expect((await baton([...token, 'revoke', tokenId])).code).toBe(0)
    expect(await run(ask, { BATON_URL: address }).ended).toMatchObject({ code: 1, out: '' })
    expect((await baton(['members', 'set-destination', 'li.lei', '--none'])).out).toContain('announcement')
    expect((await baton(['route', '+4930123456'])).out).toContain('announcement:unavailable (announcement)')
  })

  it('ALL-2 finds its ledger whole', async () => {
    const verified = await baton(['audit', 'verify', '--json'])
    expect(verified.code).toBe(0)
    expect(JSON.parse(verified.out)).toMatchObject({ ok: true })
  })

  it('has nothing to complain about to the doctor', async () => {
    const examined = await baton(['doctor', '--json'])
    const findings: { check: string; status: string }[] = JSON.parse(examined.out)
    expect(findings.filter((finding) => finding.status === 'fail')).toEqual([])
    expect(findings.map((finding) => finding.check)).toEqual([
      'Node.js',
      'Settings',
      'Data folder',
      'Disk',
      'Database',
      'Changes',
      'Clock',
      'TLS',
      'Port',
      'Checkpoints',
      'Messages',
      'Outside accounts',
    ])
  })

  it('refuses in words while its database is away, and starts it again when it died', async () => {
    const pid = Number((await readFile(join(folder, 'data/postgres/postmaster.pid'), 'utf8')).split('\n')[0])
    process.kill(pid, 'SIGKILL')
    await until('503', async () => ((await fetch(`${address}/readyz`)).status === 503 ? true : undefined))
    expect((await fetch(`${address}/healthz`)).status).toBe(200)
    const token = await readFile(join(folder, 'token'), 'utf8')
    const refused = await fetch(`${address}/v1/company`, { headers: { authorization: `Bearer ${token}` } })
    expect(refused.status).toBe(503)
    expect(await refused.json()).toMatchObject({ code: 'database.unavailable' })
    await until('200', async () => ((await fetch(`${address}/readyz`)).status === 200 ? true : undefined))
    expect(
      (await fetch(`${address}/v1/company`, { headers: { authorization: `Bearer ${token}` } })).status,
    ).toBe(200)
  })

  it('ends live streams, lets its folder go and ends with 0 when it is told to stop', async () => {
    const token = await readFile(join(folder, 'token'), 'utf8')
    const stream = await openStream(`${address}/v1/events`, token)
    const before = performance.now()
    server.child.kill('SIGTERM')
    const { code, out } = await server.ended
    expect(code).toBe(0)
    expect(performance.now() - before).toBeLessThan(4_000)
    await stream.ended
    expect(out).not.toMatch(/"level":"(error|fatal)"(?!.*(database|postgres))/)
    expect(out).not.toContain(token)
    expect(out).not.toContain('13800138000')
    expect(await stat(join(folder, 'data/baton.sock')).catch(() => null)).toBeNull()
  })

  it('serves a command without a running server, on no TCP port, with all that was saved', async () => {
    const listed = await baton(['members', 'list', '--json'])
    expect(listed.code).toBe(0)
    expect(JSON.parse(listed.out).items).toHaveLength(2)
    expect(await stat(join(folder, 'data/baton.sock')).catch(() => null)).toBeNull()
  })
})

function openStream(url: string, token: string): Promise<{ ended: Promise<void> }> {
  return new Promise((resolve, reject) => {
    const request = http.get(url, { headers: { authorization: `Bearer ${token}` } })
    request.on('error', reject)
    request.on('response', (response) => {
      if (response.statusCode !== 200) return reject(new Error(`the stream answered ${response.statusCode}`))
      const ended = new Promise<void>((settle) => response.resume().on('close', () => settle()))
      resolve({ ended })
    })
  })
}
