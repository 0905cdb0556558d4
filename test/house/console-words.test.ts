import { existsSync } from 'node:fs'
import path from 'node:path'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { filesBelow, root } from '../../tools/run.ts'
import { expectNone, isTest, sourceFiles, syntaxOf, textOf } from './sources.ts'

type Words = Readonly<Record<string, string>>

const english = filesBelow(root, 'console').filter((file) => file.endsWith('words.en.json'))

function wordsOf(file: string): Words {
  return JSON.parse(textOf(file)) as Words
}

function chineseOf(file: string): string {
  return file.replace(/en[.]json$/, 'zh-CN.json')
}

function stemOf(key: string): string {
  return key.replace(/_(zero|one|two|few|many|other)$/, '')
}

/** The names that the forms of each key fill in. */
function valuesOf(words: Words): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>()
  for (const [key, text] of Object.entries(words)) {
    const names = found.get(stemOf(key)) ?? new Set<string>()
    for (const [, name = ''] of text.matchAll(/\{\{\s*([^},\s]+)[^}]*\}\}/g)) names.add(name)
    found.set(stemOf(key), names)
  }
  return found
}

/** What differs between a words file and its other language. */
function differences(en: Words, zh: Words): string[] {
  const [left, right] = [valuesOf(en), valuesOf(zh)]
  return [
    ...[...left.keys()].filter((key) => !right.has(key)).map((key) => `${key} has no Chinese`),
    ...[...right.keys()].filter((key) => !left.has(key)).map((key) => `${key} has no English`),
    ...[...left]
      .filter(([key, names]) => right.has(key) && !sameNames(names, right.get(key) ?? new Set()))
      .map(([key]) => `${key} does not fill in the same names`),
    ...Object.keys(en)
      .filter((key) => key.endsWith('_one') && !(`${stemOf(key)}_other` in en))
      .map((key) => `${stemOf(key)} lacks its _other`),
    ...Object.keys(en)
      .filter((key) => key.endsWith('_other') && !(`${stemOf(key)}_one` in en))
      .map((key) => `${stemOf(key)} lacks its _one`),
    ...Object.keys(zh)
      .filter((key) => stemOf(key) !== key && !key.endsWith('_other'))
      .map((key) => `${key}: Chinese has one form, _other`),
    ...[...Object.entries(en), ...Object.entries(zh)]
      .filter(([, text]) => text.trim() === '')
      .map(([key]) => `${key} is empty`),
  ]
}

function sameNames(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  return one.size === other.size && [...one].every((name) => other.has(name))
}

/** Texts of code that may be keys: whole ones, and templates as patterns. */
function sayingsOf(source: ts.SourceFile): { whole: Set<string>; patterns: RegExp[] } {
  const whole = new Set<string>()
  const patterns: RegExp[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node)) whole.add(node.text)
    if (ts.isTemplateExpression(node)) {
      const parts = [node.head.text, ...node.templateSpans.map((span) => span.literal.text)]
      // A template of variables only could be any key.
      if (parts.some((part) => part.length > 2))
        patterns.push(new RegExp(`^${parts.map(escaped).join('.+')}$`))
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return { whole, patterns }
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|-]/g, '\\$&')
}

/** The keys that none of these sources says. */
function unsaid(words: Words, sources: readonly ts.SourceFile[]): string[] {
  const sayings = sources.map(sayingsOf)
  return [...new Set(Object.keys(words).map(stemOf))].filter(
    (key) => !sayings.some(({ whole, patterns }) => whole.has(key) || patterns.some((one) => one.test(key))),
  )
}

const consoleFiles = sourceFiles().filter((file) => file.startsWith('console/') && !isTest(file))

/**
 * The files that may say the words of a file: those that import what defines them, those beside it, and the tables of src/
 * that these name their words after.
 */
function speakersOf(words: string): string[] {
  const folder = path.dirname(words)
  const definitions = consoleFiles.filter(
    (file) => path.dirname(file) === folder && textOf(file).includes(`./${path.basename(words)}'`),
  )
  const speakers = consoleFiles.filter(
    (file) =>
      path.dirname(file).startsWith(folder) ||
      definitions.some((definition) => importsOf(file).includes(definition)),
  )
  return [...speakers, ...new Set(speakers.flatMap(importsOf).filter((file) => file.startsWith('src/')))]
}

function importsOf(file: string): string[] {
  return [...textOf(file).matchAll(/from '(\.[^']+)'/g)].map(([, to = '']) =>
    path.join(path.dirname(file), to),
  )
}

describe('the words files of the console', () => {
  it('are there', () => {
    expect(english.length).toBeGreaterThan(2)
    expectNone(
      english.filter((file) => !existsSync(path.join(root, chineseOf(file)))),
      'Each has a words.zh-CN.json beside it:',
    )
  })

  it('say the same in both languages', () => {
    const faults = english.flatMap((file) =>
      differences(wordsOf(file), wordsOf(chineseOf(file))).map((fault) => `${file}: ${fault}`),
    )
    expectNone(faults, 'Both languages have the same keys and fill in the same names:')
  })

  it('hold no word that nobody says', () => {
    const faults = english.flatMap((file) =>
      unsaid(wordsOf(file), speakersOf(file).map(syntaxOf)).map((key) => `${file}: ${key}`),
    )
    expectNone(faults, 'Delete it in both languages, or say it:')
  })
})

describe('the check of words', () => {
  it.each<[string, Words, Words]>([
    ['a missing key', { hello: 'Hello' }, {}],
    ['a surplus key', {}, { hello: '你好' }],
    ['a name that is not filled in', { hello: 'Hello, {{name}}' }, { hello: '你好' }],
    ['a plural without its general form', { n_one: 'one' }, { n_other: '{{count}}' }],
    ['a form that Chinese does not have', { n: '{{count}}' }, { n_one: '{{count}}' }],
    ['an empty text', { hello: '' }, { hello: '你好' }],
  ])('notices %s', (_, en, zh) => {
    expect(differences(en, zh)).not.toEqual([])
  })

  it('takes the forms of a plural as one key', () => {
    const en = { n_one: 'one number', n_other: '{{count}} numbers' }
    expect(differences(en, { n_other: '{{count}} 个号码' })).toEqual([])
  })

  it('knows what is said in full, in part, and not at all', () => {
    const source = ts.createSourceFile(
      'seed.tsx',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: the seed is code with a template of its own
      't("title"); t(`state.${state}.short`); t("count", { count })',
      ts.ScriptTarget.Latest,
      true,
    )
    const words = { title: '', 'state.open.short': '', 'state.open.long': '', count_one: '', count_other: '' }
    expect(unsaid(words, [source])).toEqual(['state.open.long'])
  })
})
