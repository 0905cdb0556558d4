import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ledgerOrigin, signCheckpoint } from './checkpoint.ts'
import type { LedgerEntry } from './leaf.ts'
import {
  changedRow,
  forgedEntry,
  honestLedger,
  instantOf,
  key,
  makeEntry,
  makeRow,
  origin,
  salt,
  seal,
  strangerKey,
  type Tampering,
  tampering,
  trust,
  verify,
} from './tampered-ledgers.ts'

const shape = fc.record({ size: fc.integer({ min: 3, max: 45 }), batch: fc.integer({ min: 1, max: 9 }) })

describe('verifying a ledger (ALL-2, ALL-6)', () => {
  it('ALL-2 finds nothing wrong with an honest ledger, and says how many entries wait for the sealer', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(45), fc.integer({ min: 1, max: 9 }), async (size, batch) => {
        expect(await verify(honestLedger({ size, batch }))).toEqual({
          ok: true,
          entries: size,
          sealedSize: size,
          unsealed: 3,
          provenSize: size,
          detailsErased: 0,
          reasonsErased: 0,
          outsideOfOtherLedgers: 0,
          findings: [],
          findingsOmitted: 0,
        })
      }),
      { seed: 2, numRuns: 100 },
    )
  })

  describe.each(Object.entries<Tampering>(tampering))('ALL-2 ALL-6 someone %s', (_, { kinds, tamper }) => {
    it('is found at each of 60 random places', async () => {
      await fc.assert(
        fc.asyncProperty(shape, fc.nat(), async (made, pick) => {
          const at = pick % (made.size - 1)
          const report = await verify(tamper(honestLedger(made), at))
          expect(report.ok).toBe(false)
          expect(kinds).toContain(report.findings.find(({ kind }) => kinds.includes(kind))?.kind)
          for (const { says } of report.findings) expect(says).toMatch(/^[A-Z0-9].{40,}\.$/)
        }),
        { seed: 11, numRuns: 60 },
      )
    })
  })

  it('ALL-2 names the very entry that was edited, and still vouches for the others', async () => {
    const report = await verify(tampering['edits an entry'].tamper(honestLedger({ size: 20, batch: 4 }), 7))
    expect(report.findings).toEqual([
      expect.objectContaining({ kind: 'edited', seq: 7, entryId: makeEntry(7).id }),
    ])
    expect(report.provenSize).toBe(20)
  })

  it('ALL-2 narrows a careful edit down to one batch, and vouches for what lies before', async () => {
    const report = await verify(
      tampering['edits an entry and its leaf hash']?.tamper(honestLedger({ size: 20, batch: 4 }), 9) ??
        expect.fail(),
    )
    expect(report.findings).toEqual([expect.objectContaining({ kind: 'edited', seq: 8, lastSeq: 11 })])
    expect(report.provenSize).toBe(8)
  })

  it('ALL-2 finds every one of several independent changes', async () => {
    const ledger = honestLedger({ size: 30, batch: 5 })
    const edited = [3, 12, 28].reduce((l, at) => changedRow(l, at, { entry: forgedEntry(at) }), ledger)
    const report = await verify({ ...edited, rows: edited.rows.slice(0, 29) })
    expect(report.findings.map(({ kind, seq }) => [kind, seq])).toEqual([
      ['edited', 3],
      ['edited', 12],
      ['edited', 28],
      ['truncated', 29],
    ])
  })

  it('ALL-2 says whether the entry or only its stored hash was changed, each on its own', async () => {
    const ledger = honestLedger({ size: 30, batch: 5 })
    const report = await verify(
      changedRow(changedRow(ledger, 3, { leafHash: salt }), 12, { entry: forgedEntry(12) }),
    )
    expect(report.provenSize).toBe(30)
    expect(report.findings).toEqual([
      expect.objectContaining({
        seq: 3,
        says: expect.stringContaining('the entry itself is as it was sealed'),
      }),
      expect.objectContaining({ seq: 12, says: expect.stringContaining('is not what was sealed') }),
    ])
  })

  it('ALL-2 does not let an open change distract from a careful one later', async () => {
    const ledger = changedRow(honestLedger({ size: 30, batch: 5 }), 3, { entry: forgedEntry(3) })
    const report = await verify(tampering['edits an entry and its leaf hash'].tamper(ledger, 12))
    expect(report.findings.map(({ kind, seq, lastSeq }) => [kind, seq, lastSeq])).toEqual([
      ['edited', 3, undefined],
      ['edited', 10, 14],
    ])
  })

  it('ALL-2 reports a gap or a swap once, and not again at every checkpoint after it', async () => {
    const ledger = honestLedger({ size: 30, batch: 10 })
    const gap = await verify(tampering['deletes an entry in the middle'].tamper(ledger, 4))
    expect(gap.findings).toEqual([expect.objectContaining({ kind: 'removed', seq: 4, lastSeq: 4 })])
    const swap = await verify(tampering['swaps two entries with their leaf hashes'].tamper(ledger, 2))
    expect(swap.findings).toEqual([expect.objectContaining({ kind: 'reordered', seq: 0, lastSeq: 9 })])
  })

  it('ALL-6 calls a second history by its name and nothing else', async () => {
    const report = await verify(
      tampering['forks the ledger with the true key'].tamper(honestLedger({ size: 12, batch: 5 }), 2),
    )
    expect(report.findings.map(({ kind, seq }) => [kind, seq])).toEqual([
      ['forked', 4],
      ['forked', 11],
    ])
  })

  it('ALL-6 finds a database set back by a single entry', async () => {
    const ledger = honestLedger({ size: 9, batch: 1 })
    const rows = ledger.rows.slice(0, 8)
    const { findings } = await verify({ ...ledger, rows, ...seal(rows, 1) })
    expect(findings).toEqual([expect.objectContaining({ kind: 'rolled-back', seq: 8, lastSeq: 8 })])
  })

  it('ALL-2 vouches for nothing when no checkpoint is left, whatever the head says', async () => {
    const report = await verify({ ...honestLedger({ size: 9, batch: 3 }), checkpoints: [], outside: [] })
    expect(report.provenSize).toBe(0)
    expect(report.findings).toEqual([expect.objectContaining({ kind: 'inserted', seq: 0, lastSeq: 8 })])
  })

  it('ALL-2 takes an entry whose content makes no sense any more for an edited one', async () => {
    const ledger = honestLedger({ size: 5, batch: 2 })
    const timeless = { ...makeEntry(2), at: 'sometime' }
    const nobodys: LedgerEntry = JSON.parse(JSON.stringify({ ...makeEntry(2), actor: null }))
    for (const entry of [timeless, nobodys]) {
      const { findings } = await verify(changedRow(ledger, 2, { entry, leafHash: Buffer.of(1) }))
      expect(findings).toEqual([
        expect.objectContaining({
          kind: 'edited',
          seq: 2,
          says: expect.stringContaining('no longer be read'),
        }),
      ])
    }
  })

  it('ALL-2 stays verifiable after the details of a person are erased', async () => {
    const ledger = honestLedger({ size: 12, batch: 5 })
    const erased = [2, 3].reduce((l, at) => changedRow(l, at, { details: null, reason: null }), ledger)
    expect(await verify(erased)).toMatchObject({ ok: true, detailsErased: 2, reasonsErased: 2 })
  })

  it('ALL-2 finds details put beside an entry that was sealed without any', async () => {
    const bare = makeRow(0, makeEntry(0, { detailsDigest: null, reasonDigest: null }))
    const rows = [{ ...bare, details: null, reason: null }]
    const ledger = { ...honestLedger({ size: 0, batch: 1 }), rows, ...seal(rows, 1) }
    expect(await verify(ledger)).toMatchObject({ ok: true, detailsErased: 0, reasonsErased: 0 })
    const findings = (await verify({ ...ledger, rows: [bare] })).findings
    expect(findings.map(({ kind }) => kind)).toEqual(['details-changed', 'details-changed'])
  })

  it('ALL-6 keeps the checkpoints of a key that was rotated out', async () => {
    const rows = honestLedger({ size: 12, batch: 1 }).rows
    const before = seal(rows.slice(0, 6), 2)
    const after = seal(rows, 3, strangerKey)
    const ledger = {
      rows,
      head: after.head,
      checkpoints: [...before.checkpoints, ...after.checkpoints.slice(2)],
      outside: before.checkpoints,
    }
    const keys = [trust(key, instantOf(5)), trust(strangerKey)]
    expect(await verify({ ...ledger, trustedKeys: keys })).toMatchObject({ ok: true, provenSize: 12 })
    expect((await verify({ ...ledger, trustedKeys: [trust(strangerKey)] })).findings).toHaveLength(2)
  })

  it('ALL-6 counts outside checkpoints of other companies, and reports them inside the database', async () => {
    const ledger = honestLedger({ size: 4, batch: 2 })
    const other = signCheckpoint(
      { origin: ledgerOrigin('i1', 'c2'), size: 9, root: salt, at: instantOf(9) },
      key,
    )
    expect(await verify({ ...ledger, outside: [other] })).toMatchObject({
      ok: true,
      outsideOfOtherLedgers: 1,
    })
    const findings = (await verify({ ...ledger, checkpoints: [...ledger.checkpoints, other] })).findings
    expect(findings.map(({ kind }) => kind)).toEqual(['forked'])
  })

  it('ALL-6 finds two outside checkpoints of one size with different roots, even beyond what is left', async () => {
    const ledger = honestLedger({ size: 4, batch: 2 })
    const at = instantOf(9)
    const views = [1, 2].map((fill) =>
      signCheckpoint({ origin, size: 9, root: Buffer.alloc(32, fill), at }, key),
    )
    const kinds = (await verify({ ...ledger, outside: views })).findings.map(({ kind }) => kind)
    expect(kinds).toEqual(['forked', 'rolled-back'])
  })

  it('ALL-2 keeps the report small when everything was changed', async () => {
    const ledger = honestLedger({ size: 2_500, batch: 500 })
    const rows = ledger.rows.map((row) => ({ ...row, entry: forgedEntry(row.seq) }))
    const report = await verify({ ...ledger, rows })
    expect(report.findings).toHaveLength(1_000)
    expect(report.findingsOmitted).toBe(1_500)
  })
})
