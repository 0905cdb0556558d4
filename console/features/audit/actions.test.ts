import { describe, expect, it } from 'vitest'
import chinese from './action-words.zh-CN.json'
import { actionGroups, groupNames, knownAction } from './actions.ts'

const sources = import.meta.glob<string>('../../../src/**/*.ts', {
  query: '?raw',
  import: 'default',
  eager: true,
})
const events = import.meta.glob<string>('../../../docs/reference/events.md', {
  query: '?raw',
  import: 'default',
  eager: true,
})

/** What the code writes into the ledger, also where no route leaves it. */
function writtenActions(): Set<string> {
  const texts = Object.entries(sources)
    .filter(([file]) => !file.endsWith('.test.ts'))
    .map(([, text]) => text)
  const written = texts.flatMap((text) => [...text.matchAll(/^\s*(?:record\(tx, \{ )?action:([^\n]*)/gm)])
  const documented = Object.values(events).flatMap((text) => [
    ...text.matchAll(/^\| (`[a-z_]+\.[a-z_]+`) \|/gm),
  ])
  const found = [...written, ...documented].flatMap(([, rest = '']) => [
    ...rest.matchAll(/['`]([a-z_]+\.[a-z_]+)['`]/g),
  ])
  return new Set(found.map(([, action = '']) => action))
}

describe('decisions in words', () => {
  it('ALL-2 has words in both languages for every action that Baton writes into a ledger', () => {
    const written = writtenActions()
    expect(written.size).toBeGreaterThan(55)
    expect([...written].filter((action) => knownAction(action) === null)).toEqual([])
    for (const action of written) expect(Object.keys(chinese)).toContain(`action.${action}`)
  })

  it('offers each action in one group, and each group once', () => {
    const all = groupNames.flatMap((group) => [...actionGroups[group]])
    expect(new Set(all).size).toBe(all.length)
    expect([...groupNames].sort()).toEqual(Object.keys(actionGroups).sort())
  })

  it('has no words for an action of a later Baton', () => {
    expect(knownAction('number.painted')).toBeNull()
  })
})
