import { spawn } from 'node:child_process'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { root } from '../tools/run.ts'

describe('npm run demo', () => {
  it('tells the whole story in under a minute and leaves nothing behind', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'baton-story-'))
    try {
      const begun = performance.now()
      const { code, out } = await demo(folder)
      expect(out).toContain('6 rows: 6 new')
      expect(out).toContain('finished: 7 of 7 done')
      expect(out).toContain('no longer valid')
      expect(out).toContain('The receipt is genuine and whole.')
      expect(out).toContain('The receipt is not genuine as it stands')
      expect(out).toContain('undone: ')
      expect(out).toContain('The ledger is whole')
      expect(code).toBe(0)
      expect((await readdir(folder)).filter((name) => name.startsWith('baton'))).toEqual([])
      expect(performance.now() - begun).toBeLessThan(60_000)
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  })
})

function demo(folder: string): Promise<{ code: number | null; out: string }> {
  const environment = { PATH: process.env['PATH'], HOME: process.env['HOME'], TMPDIR: folder }
  const child = spawn('npx', ['tsx', 'tools/demo.ts'], { cwd: root, env: environment })
  let out = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (piece: string) => {
      out += piece
    })
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, out })))
}
