import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import net, { type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Ended, type Installation, openInstallation } from '../../test/command-line.ts'

const e164 = '+4930123456'
const recordCount = 300

let installation: Installation
let source: string

function baton(...args: string[]): Promise<Ended> {
  return installation.baton(args).ended
}

function inFolder(name: string): string {
  return join(installation.folder, name)
}

function record(index: number, wish: object = {}): string {
  return JSON.stringify({
    number: e164,
    kind: 'message',
    direction: 'inbound',
    otherParty: '+8613800138034',
    otherName: '陈晨',
    occurredAt: new Date(Date.now() - index * 1000).toISOString(),
    text: `Message ${index}: ${'你好 '.repeat(200)}`,
    source: 'test',
    sourceId: `s-${index}`,
    ...wish,
  })
}

beforeAll(async () => {
  installation = await openInstallation()
  await installation.api('POST', '/v1/members', { staffCode: 'li.lei', name: '李雷' })
  await installation.api('POST', '/v1/numbers', { number: e164 })
  await baton('numbers', 'assign', e164, '--to', 'li.lei')
  source = inFolder('records.ndjson')
  const lines = Array.from({ length: recordCount }, (_, index) => record(index))
  await writeFile(
    source,
    `${[...lines, record(0), 'no record', record(1, { number: '+4930999999' })].join('\n')}\n`,
  )
})
afterAll(() => installation.stop())

describe('records of a number', () => {
  it('are taken in from a file, each once, and what is refused is told by its line', async () => {
    const first = await baton('records', 'ingest', source)
    expect(first.code).toBe(1)
    expect(first.out).toMatch(/^300 taken in, 1 here already, 2 refused\./)
    expect(first.out).toContain('Line 302: record.malformed')
    expect(first.out).toMatch(/Line 303: record.number_unknown\n {2}At that time \+4930999999/)
    const again = await baton('records', 'ingest', source, '--json')
    expect(JSON.parse(again.out)).toMatchObject({ accepted: 0, duplicates: 301, refused: 2 })
    const missing = await baton('records', 'ingest', inFolder('none.ndjson'))
    expect(missing).toMatchObject({ code: 2, out: '' })
  })

  it('are refused in words also while a large file is still on its way', async () => {
    const wish = { name: 'Reader', scopes: ['records:read'] }
    const { token } = await installation.api('POST', '/v1/api-tokens', wish)
    const [tokenFile, large] = [inFolder('reader-token'), inFolder('large.ndjson')]
    await writeFile(tokenFile, token, { mode: 0o600 })
    await writeFile(large, `${record(0)}\n`.repeat(20_000))
    const words = ['records', 'ingest', large, '--token-file', tokenFile, '--json']
    const refused = await installation.baton(words, { BATON_URL: installation.address }).ended
    expect(refused).toMatchObject({ code: 1, out: '' })
    expect(JSON.parse(refused.said).error.code).toBe('token.scope_missing')
  })

  it('are listed, with their contents for who gives a reason', async () => {
    const bare = await baton('records', 'list', e164, '--limit', '2')
    expect(bare.said).toContain('add --reason')
    expect(bare.out).not.toContain('Message 0')
    const words = ['--reason', 'a complaint', '--search', '陈晨', '--limit', '2', '--from', '2026-01-01']
    const read = await baton('records', 'list', e164, ...words)
    expect(read.out).toMatch(/^AT +KIND +DIRECTION +OTHER SIDE +HELD BY +TEXT +ID$/m)
    expect(read.out).toMatch(/message +inbound +\+8613800138034 \(陈晨\) .*Message 0: 你好 .*…/)
    expect(read.said).toContain('--cursor')
    expect((await baton('records', 'list', e164, '--from', 'yesterday')).code).toBe(2)
  })

  it('are written to a file that only its owner reads, and that can be taken in again', async () => {
    const file = inFolder('out.ndjson')
    const words = ['records', 'export', e164, '--format', 'ndjson', '--output', file]
    const without = await baton(...words)
    expect(without.code).toBe(1)
    expect(without.said).toContain('--reason')
    expect(await baton(...words, '--reason', 'tax audit')).toMatchObject({
      code: 0,
      out: `The records of ${e164} are in ${file}.\n`,
    })
    expect((await readFile(file, 'utf8')).trim().split('\n')).toHaveLength(recordCount)
    expect(((await stat(file)).mode & 0o777).toString(8)).toBe('600')
    expect((await baton(...words, '--reason', 'tax audit')).said).toContain('is there already')
    expect((await baton('records', 'ingest', file)).out).toMatch(/^0 taken in, 300 here already, 0 refused\./)
    const csv = ['--format', 'csv', '--output', file, '--force', '--reason', 'tax audit']
    expect(await baton('records', 'export', e164, ...csv)).toMatchObject({ code: 0 })
    expect(await readFile(file, 'utf8')).toMatch(/^\ufeffrecordId,number,kind/)
  })

  it('leave no half file behind when the connection breaks off', async () => {
    const way = await openBreakingWay(installation.address, 50_000)
    const file = inFolder('half.csv')
    const words = ['--format', 'csv', '--output', file, '--reason', 'tax audit']
    const broken = await installation.baton(
      ['records', 'export', e164, ...words, '--token-file', installation.tokenFile],
      { BATON_URL: way.address },
    ).ended
    way.close()
    expect(broken).toMatchObject({ code: 1, out: '' })
    expect(broken.said).toContain('The answer broke off')
    expect((await readdir(installation.folder)).filter((name) => name.startsWith('half'))).toEqual([])
  })
})

/** A way to the server on which a connection breaks after so many bytes of answer. */
async function openBreakingWay(address: string, bytes: number) {
  const { port } = new URL(address)
  const server = net.createServer((client) => {
    const upstream = net.connect(Number(port), 'localhost')
    let passed = 0
    client.on('error', () => {}).on('close', () => upstream.destroy())
    upstream.on('error', () => {}).on('close', () => client.destroy())
    client.pipe(upstream)
    upstream.on('data', (part) => {
      passed += part.length
      if (passed <= bytes) return void client.write(part)
      // What is on its way still arrives.
      client.end(part.subarray(0, bytes + part.length - passed))
      upstream.destroy()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port: own } = server.address() as AddressInfo
  return { address: `http://127.0.0.1:${own}`, close: () => server.close() }
}
