import { describe, expect, it } from 'vitest'
import { lockFileFaults } from '../../tools/checks/lock-file.ts'
import { root } from '../../tools/run.ts'
import { expectNone, textOf } from './sources.ts'

const decision = 'docs/decisions/0002-runtime-dependencies.md'

/** Packages that declare a newer Node.js than they use; the tests run them on the floor. */
const runOnTheFloor: Readonly<Record<string, string>> = {
  'node_modules/pg-boss': 'declares 22.12 for its command line; as a library it works on 20.19',
  'node_modules/cookie': 'declares 22 as its policy, and uses nothing of it',
  'node_modules/content-disposition': 'declares 22 as its policy, and uses nothing of it',
  'node_modules/@mantine/dropzone': 'runs in the browser',
  'node_modules/react-dropzone': 'runs in the browser',
  'node_modules/file-selector': 'runs in the browser',
  'node_modules/attr-accept': 'runs in the browser',
}

describe('the packages that an installation gets', () => {
  const manifest = JSON.parse(textOf('package.json')) as {
    dependencies: Record<string, string>
    engines: { node: string }
  }
  const listed = new Map(
    [...textOf(decision).matchAll(/^\| `([^`]+)` \| (.+?) \|$/gm)].map(([, name = '', reason = '']) => [
      name,
      reason,
    ]),
  )

  it('are each listed with a reason', () => {
    expectNone(
      Object.keys(manifest.dependencies).filter((name) => !listed.has(name)),
      `Each package is code that we answer for: add a row to ${decision}, or do without it:`,
    )
    expectNone(
      [...listed.keys()].filter((name) => !(name in manifest.dependencies)),
      `${decision} lists a package that is no longer there:`,
    )
    expectNone(
      [...listed].filter(([, reason]) => reason.split(' ').length < 5).map(([name]) => name),
      'A reason is a sentence:',
    )
  })

  it('are locked to one version and one hash each', () => {
    expect(lockFileFaults(root)).toBe('')
  })

  it('run on the oldest Node.js that Baton promises', () => {
    const { packages } = JSON.parse(textOf('package-lock.json')) as {
      packages: Record<string, { engines?: { node?: string }; dev?: boolean; optional?: boolean }>
    }
    const tooNew = Object.entries(packages)
      .filter(([at, { dev, optional }]) => at !== '' && !dev && !optional && !(at in runOnTheFloor))
      .filter(([, { engines }]) => /^(>=|\^)?\s*2[1-9](?![^|]*\|\|)/.test(engines?.node ?? ''))
      .map(([at, { engines }]) => `${at} wants Node.js ${engines?.node}`)
    expect(manifest.engines.node).toBe('>=20.19')
    expectNone(tooNew, 'Take the last version of the package that runs on Node.js 20.19:')
  })
})
