import { readdir, readFile, stat, utimes, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aRecord, ingest } from '../../../test/builders/ingest.ts'
import { samples } from '../../../test/builders/media.ts'
import { heldNumber, hire } from '../../../test/builders/numbers.ts'
import { ledgerOf } from '../../../test/builders/people.ts'
import { bodyOf, createCompany, type TestCompany, tokenFor } from '../../../test/builders.ts'
import { openWorld, type World } from '../../../test/world.ts'

let world: World
let company: TestCompany
let anna: string
let e164: string
let numberId: string
let places = 0
beforeAll(async () => {
  world = await openWorld()
  company = await createCompany(world)
  anna = await hire(company, 'Anna')
  ;({ e164, numberId } = await heldNumber(company, anna))
})
afterAll(() => world.close())

/** The address of the files of a new record. */
async function placeForMedia(): Promise<string> {
  places += 1
  const sourceId = `with-media-${places}`
  await ingest(company, [aRecord(e164, { kind: 'voicemail', text: undefined, sourceId })])
  const { rows } = await world.tamper('select record_id from records where source_id = $1', [sourceId])
  return `/v1/records/${rows[0].record_id}/media`
}

async function filesThere(): Promise<string[]> {
  const names = await readdir(path.join(world.dataFolder, 'media'), { recursive: true }).catch(() => [])
  return names.filter(
    (name) => /[0-9a-f-]{24,}(\.unfinished)?$/.test(path.basename(name)) && name.includes('/'),
  )
}

describe('a file of a record', () => {
  it.each([
    ['mp3', 'audio/mpeg', 'audio/mpeg'],
    ['wav', 'audio/x-wav', 'audio/wav'],
    ['opus', 'audio/ogg; codecs=opus', 'audio/ogg'],
    ['m4a', 'audio/mp4', 'audio/mp4'],
    ['mp4', 'video/mp4', 'video/mp4'],
    ['amr', 'audio/amr', 'audio/amr'],
    ['jpeg', 'image/jpeg', 'image/jpeg'],
    ['png', 'application/octet-stream', 'image/png'],
    ['webp', undefined, 'image/webp'],
    ['gif', 'IMAGE/GIF', 'image/gif'],
    ['pdf', 'application/pdf', 'application/pdf'],
  ] as const)('%s sent as %s is kept as %s and read again', async (name, declared, contentType) => {
    const place = await placeForMedia()
    const bytes = samples[name]
    const added = bodyOf(await company.owner.upload(`${place}?fileName=call.${name}`, bytes, declared), 201)
    expect(added).toEqual({
      mediaId: expect.any(String),
      contentType,
      byteCount: bytes.length,
      fileName: `call.${name}`,
    })
    const holder = await tokenFor(world, company, anna)
    const read = await holder.download(place)
    expect(read).toMatchObject({ status: 200, bytes })
    expect(read.headers).toMatchObject({
      'content-type': contentType,
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'accept-ranges': 'bytes',
    })
    expect(read.headers['content-disposition']).toMatch(name === 'pdf' ? /^attachment/ : /^inline/)
  })

  it.each([
    ['an image that says it is sound', 'png', 'audio/mpeg', 415, 'media.type_mismatch'],
    ['a page that says it is an image', 'html', 'image/png', 415, 'media.type_not_allowed'],
    ['a page', 'html', 'text/html', 415, 'media.type_not_allowed'],
    ['a drawing with a script', 'svg', 'application/octet-stream', 415, 'media.type_not_allowed'],
    ['a drawing that says so', 'svg', 'image/svg+xml', 415, 'media.type_not_allowed'],
    ['an archive', 'zip', undefined, 415, 'media.type_not_allowed'],
    ['words', 'text', 'application/octet-stream', 415, 'media.type_not_allowed'],
    ['JSON', 'text', 'application/json', 415, 'media.type_not_allowed'],
  ] as const)('%s is refused and leaves nothing', async (_, name, declared, status, code) => {
    const place = await placeForMedia()
    const before = await filesThere()
    expect(await company.owner.upload(place, samples[name], declared)).toMatchObject({
      status,
      body: { code },
    })
    expect(await filesThere()).toEqual(before)
  })

  it('without bytes is refused', async () => {
    const place = await placeForMedia()
    for (const type of ['audio/mpeg', undefined]) {
      expect((await company.owner.upload(place, '', type)).body.code).toBe('media.empty')
    }
  })

  it('above the limit is refused whatever its length was said to be, and leaves nothing', async () => {
    const place = await placeForMedia()
    const before = await filesThere()
    const large = Buffer.concat([samples.mp3, Buffer.alloc(1_048_577 - samples.mp3.length)])
    for (const length of [String(large.length), '10']) {
      const answer = await company.owner.with({ 'content-length': length }).upload(place, large, 'audio/mpeg')
      expect(answer).toMatchObject({ status: 413, body: { code: 'media.too_large', limitMb: 1 } })
    }
    expect(await filesThere()).toEqual(before)
    const atLimit = large.subarray(0, 1_048_576)
    expect((await company.owner.upload(place, atLimit, 'audio/mpeg')).status).toBe(201)
  })

  it('sent twice is one file, answered as the first time', async () => {
    const place = await placeForMedia()
    const first = bodyOf(
      await company.owner.upload(`${place}?fileName=a.mp3`, samples.mp3, 'audio/mpeg'),
      201,
    )
    const before = await filesThere()
    expect(bodyOf(await company.owner.upload(`${place}?fileName=b.mp3`, samples.mp3), 201)).toEqual(first)
    const both = await Promise.all([1, 2].map(() => company.owner.upload(place, samples.png)))
    expect(new Set(both.map(({ body }) => body.mediaId)).size).toBe(1)
    expect(await filesThere()).toHaveLength(before.length + 1)
    expect((await company.owner.get('/v1/audit?action=media.added')).body.items[0].effect.byteCount).toBe(
      samples.png.length,
    )
  })

  it('is read one of several, by its id; the first without', async () => {
    const place = await placeForMedia()
    const ids: string[] = []
    for (const name of ['mp3', 'png'] as const) {
      ids.push(bodyOf(await company.owner.upload(place, samples[name]), 201).mediaId)
    }
    const holder = await tokenFor(world, company, anna)
    expect((await holder.download(place)).bytes).toEqual(samples.mp3)
    expect((await holder.download(`${place}?mediaId=${ids[1]}`)).bytes).toEqual(samples.png)
    const foreign = await placeForMedia()
    expect((await holder.get(`${foreign}?mediaId=${ids[1]}`)).body).toMatchObject({
      code: 'thing.not_found',
      thing: 'file',
    })
  })

  it('is one of 50 at most', async () => {
    const place = await placeForMedia()
    for (let count = 0; count < 50; count++) {
      bodyOf(await company.owner.upload(place, Buffer.concat([samples.pdf, Buffer.from([count])])), 201)
    }
    expect((await company.owner.upload(place, samples.png)).body.code).toBe('media.too_many')
    expect((await company.owner.upload(place, Buffer.concat([samples.pdf, Buffer.from([7])]))).status).toBe(
      201,
    )
  })

  it('is read in parts', async () => {
    const place = await placeForMedia()
    bodyOf(await company.owner.upload(place, samples.pdf), 201)
    const holder = await tokenFor(world, company, anna)
    const part = await holder.with({ range: 'bytes=5-8' }).download(place)
    expect([
      part.status,
      part.bytes.toString(),
      part.headers['content-range'],
      part.headers['content-length'],
    ]).toEqual([206, '1.7\n', `bytes 5-8/${samples.pdf.length}`, '4'])
    const end = await holder.with({ range: 'bytes=-3' }).download(place)
    expect(end.bytes).toEqual(samples.pdf.subarray(-3))
    const beyond = await holder.with({ range: 'bytes=5000-' }).get(place)
    expect(beyond).toMatchObject({ status: 416, body: { code: 'media.range_invalid' } })
  })

  it('ALL-7 is read by who does not hold the number with a reason only, which the ledger has', async () => {
    const place = await placeForMedia()
    bodyOf(await company.owner.upload(place, samples.png), 201)
    world.clock.advance({ hours: 1 })
    const readings = async () =>
      (await ledgerOf(company, numberId)).filter((action) => action === 'records.read').length
    const before = await readings()
    expect((await company.owner.get(place)).body.code).toBe('record.reason_needed')
    expect(await readings()).toBe(before)
    expect((await company.owner.download(`${place}?reason=complaint`)).bytes).toEqual(samples.png)
    expect(await readings()).toBe(before + 1)
    const auditor = await tokenFor(world, company, await hire(company, 'Ada', { role: 'auditor' }))
    expect((await auditor.get(`${place}?reason=audit`)).body.code).toBe('record.not_granted')
    const stranger = await tokenFor(world, company, await hire(company, 'Sam'))
    expect((await stranger.get(place)).body).toMatchObject({ code: 'thing.not_found', thing: 'record' })
  })

  it('has a name that no header is broken by', async () => {
    const place = await placeForMedia()
    const name = '录音 "1"; x=\'é\'.mp3'
    bodyOf(await company.owner.upload(`${place}?fileName=${encodeURIComponent(name)}`, samples.mp3), 201)
    const { headers } = await (await tokenFor(world, company, anna)).download(place)
    expect(headers['content-disposition']).toBe(
      `inline; filename="__ _1__ x____.mp3"; filename*=UTF-8''${'%E5%BD%95%E9%9F%B3%20%221%22%3B%20x%3D%27%C3%A9%27.mp3'}`,
    )
  })

  it('whose bytes are lost says so', async () => {
    const place = await placeForMedia()
    const { mediaId } = bodyOf(await company.owner.upload(place, samples.png), 201)
    await world.parts.mediaFiles.remove({ companyId: company.companyId, mediaId })
    const answer = await company.owner.get(`${place}?reason=look`)
    expect(answer).toMatchObject({ status: 410, body: { code: 'media.missing' } })
  })

  it('is for a record that is there, and takes no Idempotency-Key', async () => {
    const gone = '/v1/records/019b0000-0000-7000-8000-000000000000/media'
    expect((await company.owner.upload(gone, samples.png)).body).toMatchObject({
      code: 'thing.not_found',
      thing: 'record',
    })
    expect(
      (await company.owner.upload('/v1/records/ffffffff-ffff-4fff-8fff-ffffffffffff/media', samples.png))
        .status,
    ).toBe(404)
    const keyed = company.owner.with({ 'idempotency-key': 'media-1' })
    expect((await keyed.upload(await placeForMedia(), samples.png)).body.code).toBe(
      'idempotency.not_for_streams',
    )
  })
})

describe('bytes that no row names', () => {
  it('of an upload that is cut off are gone at once', async () => {
    const place = await placeForMedia()
    const before = await filesThere()
    await world.app.http.listen({ port: 0, host: '127.0.0.1' })
    const address = world.app.http.server.address()
    if (address === null || typeof address === 'string') throw new Error('no port')
    const socket = connect(address.port, '127.0.0.1')
    socket.write(
      `POST ${place} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${company.token}\r\nContent-Type: audio/mpeg\r\nContent-Length: 100000\r\n\r\n`,
    )
    socket.write(samples.mp3)
    while ((await filesThere()).length === before.length) await sleep(10)
    socket.destroy()
    for (let wait = 0; wait < 100 && (await filesThere()).length > before.length; wait++) await sleep(20)
    expect(await filesThere()).toEqual(before)
  })

  it('are found after a day, and nothing else is', async () => {
    const place = await placeForMedia()
    bodyOf(await company.owner.upload(place, samples.png), 201)
    const kept = await filesThere()
    const folder = path.join(world.dataFolder, 'media', company.companyId)
    const orphans = [
      path.join(folder, '0123456789abcdef01234567.unfinished'),
      path.join(folder, path.basename(path.dirname(kept[0] ?? '')), '019b0000-0000-7000-8000-0000000000aa'),
    ]
    const notOurs = path.join(folder, 'README')
    for (const file of [...orphans, notOurs]) await writeFile(file, 'x')
    await world.runDueWork()
    for (const file of orphans) expect((await stat(file)).isFile()).toBe(true)
    const dayBefore = new Date(world.clock.now().getTime() - 25 * 3_600_000)
    for (const file of [...orphans, notOurs]) await utimes(file, dayBefore, dayBefore)
    for (const file of kept) await utimes(path.join(world.dataFolder, 'media', file), dayBefore, dayBefore)
    await world.runDueWork()
    expect(await filesThere()).toEqual(kept)
    expect(await readFile(notOurs, 'utf8')).toBe('x')
  })
})
