import { rm } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { samples } from '../../../test/builders/media.ts'
import { hire } from '../../../test/builders/numbers.ts'
import { openTask } from '../../../test/builders/tasks.ts'
import { bodyOf, createCompany, type TestCompany, tokenFor } from '../../../test/builders.ts'
import { type Client, openWorld, type World } from '../../../test/world.ts'

let world: World
let company: TestCompany
let anna: Client
let url: string
beforeAll(async () => {
  world = await openWorld()
})
beforeEach(async () => {
  company = await createCompany(world)
  const annaId = await hire(company, 'Anna')
  anna = await tokenFor(world, company, annaId)
  const { taskId } = await openTask(company, annaId, { forMemberId: annaId })
  url = `/v1/tasks/${taskId}/evidence`
})
afterAll(() => world.close())

describe('evidence of a task', () => {
  it('is kept by what its bytes are, read back as it was, and lets the claim stand on it alone', async () => {
    const added = bodyOf(await anna.upload(`${url}?fileName=shot.png`, samples.png, 'image/jpeg'), 201)
    expect(added).toMatchObject({
      contentType: 'image/png',
      byteCount: samples.png.length,
      fileName: 'shot.png',
    })
    const read = await company.owner.download(`${url}/${added.mediaId}`)
    expect(read.bytes.equals(samples.png)).toBe(true)
    expect(read.headers['content-security-policy']).toContain('sandbox')
    bodyOf(await anna.post(url.replace('/evidence', '/claim')), 200)
    const seen = await company.owner.post(url.replace('/evidence', '/observe'), { how: 'evidence' })
    expect(bodyOf(seen, 200)).toMatchObject({ evidenceCount: 1 })
    expect((await anna.upload(url, samples.pdf, 'application/pdf')).body.code).toBe('task.not_in_state')
  })

  it('that came twice is one file, of ten different ones at most', async () => {
    const first = bodyOf(await anna.upload(url, samples.png, 'image/png'), 201)
    expect(bodyOf(await anna.upload(url, samples.png, 'image/png'), 201).mediaId).toBe(first.mediaId)
    const different = (index: number) => Buffer.concat([samples.pdf, Buffer.from(`%${index}\n`)])
    for (let index = 1; index < 10; index += 1) {
      bodyOf(await anna.upload(url, different(index), 'application/pdf'), 201)
    }
    expect((await anna.upload(url, different(10), 'application/pdf')).body.code).toBe('evidence.too_many')
  })

  it('is refused when it is empty, too large, or no picture or PDF', async () => {
    expect((await anna.upload(url, Buffer.alloc(0), 'image/png')).body.code).toBe('evidence.empty')
    expect((await anna.post(url)).body.code).toMatch(/evidence\.(empty|type_not_allowed)/)
    const large = Buffer.concat([samples.png, Buffer.alloc(1_048_576)])
    expect((await anna.upload(url, large, 'image/png')).body.code).toBe('evidence.too_large')
    for (const bytes of [samples.html, samples.svg, samples.zip, samples.mp3, samples.text]) {
      expect((await anna.upload(url, bytes, 'image/png')).body.code).toBe('evidence.type_not_allowed')
    }
    expect(bodyOf(await anna.get(url.replace('/evidence', '')), 200).evidence).toEqual([])
  })

  it('is added by nobody whom the task is not for, and read by nobody who does not see it', async () => {
    const bela = await tokenFor(world, company, await hire(company, 'Béla'))
    expect((await bela.upload(url, samples.png, 'image/png')).status).toBe(404)
    const auditor = await tokenFor(world, company, await hire(company, 'Audrey', { role: 'auditor' }))
    expect((await auditor.upload(url, samples.png, 'image/png')).body.code).toBe('task.not_yours')
    const { mediaId } = bodyOf(await anna.upload(url, samples.png, 'image/png'), 201)
    expect((await bela.get(`${url}/${mediaId}`)).status).toBe(404)
    expect((await auditor.download(`${url}/${mediaId}`)).status).toBe(200)
  })

  it('is not swept away as a file that nothing names, and is missed aloud', async () => {
    const { mediaId } = bodyOf(await anna.upload(url, samples.png, 'image/png'), 201)
    world.clock.advance({ hours: 48 })
    await world.runDueWork()
    expect((await company.owner.download(`${url}/${mediaId}`)).status).toBe(200)
    await rm(path.join(world.dataFolder, 'media'), { recursive: true })
    expect((await company.owner.get(`${url}/${mediaId}`)).body.code).toBe('evidence.missing')
  })
})
