import { readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import pino from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bodyOf, createCompany, type TestCompany } from '../../../test/builders.ts'
import { openWorld, type World } from '../../../test/world.ts'
import { systemCaller } from '../../kernel/caller.ts'
import { createKeyRing } from '../../platform/crypto/key-ring.ts'
import { createCheckpointFiles } from '../../platform/files/checkpoint-files.ts'
import { startSweeper } from '../../platform/jobs/sweeper.ts'
import { rotateSigningKey } from './keys.ts'
import { createSealer } from './sealer.ts'
import { record } from './store.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

/** Makes `count` decisions in one transaction each. */
async function decide(company: TestCompany, count: number): Promise<void> {
  for (let index = 0; index < count; index++) {
    await world.parts.database.inRealmOf(systemCaller(company.companyId, 'test'), async (tx) =>
      record(tx, {
        action: 'test.decided',
        subjectKind: 'test',
        subjectId: String(index),
        effect: { index },
        reason: `reason ${index}`,
        details: { name: '王芳' },
      }),
    )
  }
}

async function places(company: TestCompany): Promise<(number | null)[]> {
  const { rows } = await world.tamper(
    'select seq::int from audit_entries where company_id = $1 order by seq nulls last',
    [company.companyId],
  )
  return rows.map((row) => row.seq)
}

async function verify(company: TestCompany) {
  return bodyOf(await company.owner.get('/v1/audit/verify'), 200)
}

describe('sealing', () => {
  it('ALL-2 two sealers at once make one tree without a gap', async () => {
    const company = await createCompany(world)
    await world.runDueWork()
    const before = (await places(company)).length
    const sealers = [createSealer(world.parts), createSealer(world.parts), createSealer(world.parts)]
    let isWriting = true
    const writing = Promise.all([decide(company, 60), decide(company, 60), decide(company, 60)]).then(() => {
      isWriting = false
    })
    const sealing = sealers.map(async (sealer) => {
      while (isWriting) await sealer.run()
    })
    await Promise.all([writing, ...sealing])
    await world.runDueWork()
    expect(await places(company)).toEqual(Array.from({ length: before + 180 }, (_, place) => place))
    const report = await verify(company)
    expect(report).toMatchObject({
      ok: true,
      findings: [],
      size: before + 180,
      unsealed: 0,
      outsideBehind: 0,
    })
    expect(report.checkpoints).toBeGreaterThan(2)
  })

  it('ALL-2 seals within a second of the decision, in a sweeper at work', async () => {
    const company = await createCompany(world)
    const stop = startSweeper([createSealer(world.parts)], pino({ level: 'silent' }))
    try {
      const waits: number[] = []
      for (let round = 0; round < 5; round++) {
        await decide(company, 3)
        const started = performance.now()
        while ((await places(company)).includes(null)) {
          expect(performance.now() - started).toBeLessThan(1_000)
        }
        waits.push(performance.now() - started)
      }
      expect(Math.max(...waits)).toBeLessThan(1_000)
    } finally {
      await stop()
    }
  })

  it('ALL-2 seals more than fits into one turn', async () => {
    const company = await createCompany(world)
    await world.runDueWork()
    const { rows } = await world.tamper(
      `with made as (insert into audit_entries (company_id, entry_id, at, action, actor, subject_kind, subject_id, effect, leaf_hash)
        select $1, gen_random_uuid(), now(), 'test.many', '{"id":"x","kind":"system"}', 't', 't', '{}', decode(repeat('00', 32), 'hex')
        from generate_series(1, 20500) returning 1) select count(*)::int as made from made`,
      [company.companyId],
    )
    expect(rows[0].made).toBe(20_500)
    const sealed = (await places(company)).length - 20_500
    expect(await createSealer(world.parts).run()).toBe(20_500)
    expect(await places(company)).toEqual(Array.from({ length: sealed + 20_500 }, (_, place) => place))
  })

  it('says in the check how many entries are not sealed yet', async () => {
    const company = await createCompany(world)
    await world.runDueWork()
    const sealed = (await places(company)).length
    await decide(company, 4)
    expect(await verify(company)).toMatchObject({ ok: true, size: sealed, entries: sealed, unsealed: 4 })
  })
})

describe('checkpoints outside the database', () => {
  it('ALL-6 are signed notes in a file of the company, all of them, in order', async () => {
    const company = await createCompany(world)
    for (let round = 0; round < 3; round++) {
      await decide(company, 2)
      await world.runDueWork()
    }
    const inside = await world.tamper(
      'select note from audit_checkpoints where company_id = $1 order by size',
      [company.companyId],
    )
    expect(await world.parts.checkpointFiles.notes(company.companyId)).toEqual(
      inside.rows.map((row) => row.note),
    )
    expect(await world.parts.checkpointFiles.lastNote(company.companyId)).toBe(inside.rows.at(-1)?.note)
  })

  it('ALL-6 are written later when the outside was out of reach; until then the check says so', async () => {
    const company = await createCompany(world)
    const sealer = createSealer(world.parts)
    await sealer.run()
    const folder = path.join(world.dataFolder, 'checkpoints')
    await rename(folder, `${folder}-away`)
    await writeFile(folder, 'a file where a folder should be')
    await decide(company, 3)
    expect(await sealer.run()).toBe(3)
    await rm(folder)
    await rename(`${folder}-away`, folder)
    expect(await verify(company)).toMatchObject({ ok: true, unsealed: 0, outsideBehind: 3 })
    expect(await sealer.run()).toBe(0)
    expect(await verify(company)).toMatchObject({ ok: true, outsideBehind: 0 })
  })

  it('ALL-6 that a crash kept from being written go outside at the next start', async () => {
    const company = await createCompany(world)
    await decide(company, 2)
    await world.runDueWork()
    await rm(path.join(world.dataFolder, 'checkpoints', `${company.companyId}.log`))
    expect((await verify(company)).outside).toBeNull()
    await createSealer(world.parts).run()
    expect(await verify(company)).toMatchObject({ ok: true, outsideBehind: 0 })
  })

  it('a half-written note at the end of the file spoils neither the file nor the check', async () => {
    const company = await createCompany(world)
    await world.runDueWork()
    const file = path.join(world.dataFolder, 'checkpoints', `${company.companyId}.log`)
    await writeFile(file, 'baton/x/y\n99\nhalf a no', { flag: 'a' })
    await decide(company, 1)
    await world.runDueWork()
    expect(await verify(company)).toMatchObject({ ok: true, outsideBehind: 0 })
  })
})

describe('signing keys', () => {
  it('ALL-6 are readable by their owner only', async () => {
    await world.runDueWork()
    const folder = path.join(world.dataFolder, 'keys')
    const files = (await readdir(folder)).filter((file) => file.endsWith('.key.pem'))
    expect(files).toHaveLength(1)
    for (const file of files) expect((await stat(path.join(folder, file))).mode & 0o777).toBe(0o600)
    expect((await stat(folder)).mode & 0o777).toBe(0o700)
  })

  it('ALL-6 rotate: what the old key signed stays proven, the old private half is gone, the ledger says so', async () => {
    const company = await createCompany(world)
    await decide(company, 2)
    await world.runDueWork()
    const before = await verify(company)
    const keyName = await rotateSigningKey(world.parts, 'tester')
    await decide(company, 2)
    await world.runDueWork()
    const after = await verify(company)
    expect(after).toMatchObject({ ok: true, provenSize: after.size, inside: { keyName } })
    expect(before.inside.keyName).not.toBe(keyName)
    expect(await world.parts.keys.privateKey(before.inside.keyName)).toBeNull()
    const entries = bodyOf(await company.owner.get('/v1/audit?action=signing_key.rotated'), 200).items
    expect(entries[0]).toMatchObject({ subjectId: keyName, actor: { kind: 'operator', id: 'tester' } })
  })

  it('ALL-6 a rotation beside sealers at work leaves every checkpoint believed', async () => {
    const company = await createCompany(world)
    const sealers = [createSealer(world.parts), createSealer(world.parts)]
    let isRotating = true
    const work = sealers.map(async (sealer) => {
      while (isRotating) {
        await decide(company, 2)
        await sealer.run()
      }
    })
    for (let round = 0; round < 5; round++) await rotateSigningKey(world.parts, 'tester')
    isRotating = false
    await Promise.all(work)
    await world.runDueWork()
    expect(await verify(company)).toMatchObject({ ok: true, findings: [] })
  })

  it('ALL-6 a private half that is gone is replaced at the next start, and every ledger says so', async () => {
    const company = await createCompany(world)
    await world.runDueWork()
    const lost = (await verify(company)).inside.keyName
    const emptied = {
      ...world.parts,
      keys: createKeyRing(path.join(world.dataFolder, 'keys-after-a-loss')),
      checkpointFiles: createCheckpointFiles(path.join(world.dataFolder, 'checkpoints')),
    }
    const sealer = createSealer(emptied)
    await sealer.run()
    const entry = bodyOf(await company.owner.get('/v1/audit?action=signing_key.replaced'), 200).items[0]
    expect(entry.effect.missing).toEqual([lost])
    const pinned = (await emptied.keys.pinned()).map((key) => key.keyName)
    expect(pinned).toContain(lost)
    expect(pinned).toContain(entry.subjectId)
  })
})
