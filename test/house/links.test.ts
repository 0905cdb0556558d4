import { existsSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { filesBelow, root } from '../../tools/run.ts'
import { expectNone, placeOf, textOf } from './sources.ts'

const folders = ['docs', 'src', 'test', 'tools', 'db', 'bench', 'examples', 'console']
const pages = [...pagesAtTheTop(), ...folders.flatMap((folder) => filesBelow(root, folder))].filter((file) =>
  file.endsWith('.md'),
)

function pagesAtTheTop(): string[] {
  const known = 'README README.zh-CN ARCHITECTURE GLOSSARY CONTRIBUTING SECURITY CHANGELOG'
  return known.split(' ').map((name) => `${name}.md`)
}

const fence = /^(```|~~~)[^\n]*\n[\s\S]*?^\1[ \t]*$/gm
const code = /`[^`\n]*`/g
const link = /!?\[(?:[^\][]|\[[^\]]*\])*\]\(\s*<?([^()\s>]+)>?(?:\s+"[^"]*")?\s*\)/g
const heading = /^(#{1,6})[ \t]+(.+?)[ \t#]*$/gm

// Blanked rather than taken out, so that places stay true.
function blank(text: string, what: RegExp): string {
  return text.replace(what, (found) => found.replace(/[^\n]/g, ' '))
}

function headingsOf(text: string): string[] {
  return [...blank(text, fence).matchAll(heading)].map((found) => `${found[1]} ${found[2]}`)
}

/** The addresses of a page's headings, as GitHub makes them. */
function anchorsOf(text: string): Set<string> {
  const seen = new Map<string, number>()
  const anchors = headingsOf(text).map((line) => {
    const words = line
      .replace(/^#+ /, '')
      .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
      .toLowerCase()
    const anchor = words.replace(/[^\p{L}\p{N}\p{M}\s_-]/gu, '').replace(/\s/g, '-')
    const before = seen.get(anchor) ?? 0
    seen.set(anchor, before + 1)
    return before === 0 ? anchor : `${anchor}-${before}`
  })
  return new Set(anchors)
}

/** What is wrong with the links of a page: `place: target, reason`. */
function brokenLinks(page: string, text: string): string[] {
  const plain = blank(blank(text, fence), code)
  return [...plain.matchAll(link)].flatMap((found) => {
    const target = found[1] ?? ''
    const fault = /^[a-z][a-z0-9+.-]*:/i.test(target) ? null : faultOf(page, text, target)
    return fault === null ? [] : [`${placeOf(page, text, found.index)}: ${target} ${fault}`]
  })
}

function faultOf(page: string, text: string, target: string): string | null {
  if (target.startsWith('/')) return 'is absolute: write it from this page on'
  const [file = '', anchor] = target.split('#', 2)
  const wanted = path.join(path.dirname(page), decodeURIComponent(file))
  if (wanted.startsWith('..')) return 'leads out of the repository'
  if (file !== '' && !existsSync(path.join(root, wanted))) return 'is not there'
  if (anchor === undefined) return null
  if (file !== '' && !file.endsWith('.md')) return 'has an anchor, but is no page'
  const anchors = anchorsOf(file === '' ? text : textOf(wanted))
  return anchors.has(decodeURIComponent(anchor)) ? null : 'has no such heading'
}

describe('the links of the documents', () => {
  it('lead to files and headings that exist', () => {
    expectNone(
      pages.flatMap((page) => brokenLinks(page, textOf(page))),
      'Whoever follows this link finds nothing:',
    )
  })

  it('are noticed when they lead nowhere', () => {
    const page = [
      '# A page (about `links`)',
      '[gone](gone.md) [kept](README.md) [out](../elsewhere.md) [absolute](/README.md)',
      '[here](#a-page-about-links) [nowhere](#b-page) [web](https://example.com) `[code](gone.md)`',
      '```',
      '[example](gone.md)',
      '```',
      '![picture](gone.png "with a title") [far](docs/decisions/README.md#no-such-heading)',
    ].join('\n')
    expect(brokenLinks('page.md', page)).toEqual([
      'page.md:2: gone.md is not there',
      'page.md:2: ../elsewhere.md leads out of the repository',
      'page.md:2: /README.md is absolute: write it from this page on',
      'page.md:3: #b-page has no such heading',
      'page.md:7: gone.png is not there',
      'page.md:7: docs/decisions/README.md#no-such-heading has no such heading',
    ])
  })
})

/** Blocks of code with what a reader would copy: without comments, which are translated. */
function blocksOf(text: string): string[] {
  return (text.match(fence) ?? []).map((block) =>
    block
      .split('\n')
      .map((line) => line.replace(/(^|\s+)#\s.*$/, '').trimEnd())
      .filter((line) => line !== '')
      .join('\n'),
  )
}

describe('the two languages of the README', () => {
  const english = textOf('README.md')
  const chinese = textOf('README.zh-CN.md')
  const levelsOf = (text: string) => headingsOf(text).map((line) => line.replace(/ .*/, ''))

  it('have the same sections in the same order', () => {
    expect(levelsOf(chinese)).toEqual(levelsOf(english))
  })

  it('have the same code to copy, so that both walks lead to the same place', () => {
    const isPicture = (block: string) => block.startsWith('```mermaid')
    expect(blocksOf(chinese).map(isPicture)).toEqual(blocksOf(english).map(isPicture))
    const copied = (text: string) => blocksOf(text).filter((block) => !isPicture(block))
    expect(copied(chinese)).toEqual(copied(english))
  })

  it('name each other at the top', () => {
    expect(english.slice(0, 400)).toContain('(README.zh-CN.md)')
    expect(chinese.slice(0, 400)).toContain('(README.md)')
  })
})

describe('the decisions', () => {
  const files = filesBelow(root, 'docs/decisions').filter((file) => /\/\d{4}-[a-z0-9-]+[.]md$/.test(file))

  it('are numbered without a gap and stand in the list', () => {
    const numbers = files.map((file) => Number(path.basename(file).slice(0, 4)))
    expect(numbers).toEqual(numbers.map((_, index) => index + 1))
    const list = textOf('docs/decisions/README.md')
    expectNone(
      files.filter((file) => !list.includes(`(${path.basename(file)})`)),
      'Add it to docs/decisions/README.md:',
    )
  })

  it('each have their four parts', () => {
    const parts = ['## Background', '## Decision', '## Consequences', '## What would change our mind']
    expectNone(
      files.filter((file) => !parts.every((part) => headingsOf(textOf(file)).includes(part))),
      `A decision has ${parts.join(', ')}:`,
    )
  })
})
