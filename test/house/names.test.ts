import path from 'node:path'
import ts from 'typescript'
import { describe, it } from 'vitest'
import { filesBelow, root } from '../../tools/run.ts'
import { expectNone, isTest, placeOf, sourceFiles, syntaxOf, textOf } from './sources.ts'

const emptyNames = /(^|[-_])(utils?|helpers?|misc|commons?|shared|stuff)([-_.]|$)/i

/** Words of other products for what GLOSSARY.md calls otherwise, in the names of code. */
const foreignWords: readonly (readonly [word: RegExp, instead: string])[] = [
  [/tenants?(?![a-z])/i, 'company'],
  [/employees?(?![a-z])/i, 'member'],
  [/(?<![a-z])users?(?![a-z])/, 'member (in a company) or account (its person)'],
  [/phoneNumberAssignment/i, 'assignment'],
]

/** Names that an outside standard or the operating system gives. */
const namesOfOthers = /^(os-?user|user|users|username|chooseOsUser)$/i

describe('files and folders', () => {
  const files = sourceFiles()

  it('have kebab-case names, so that they are the same on every machine', () => {
    const odd = files.filter(
      (file) => !file.startsWith('console/') && !/^[a-z0-9-]+([.][a-z0-9-]+)*$/.test(path.basename(file)),
    )
    expectNone(odd, 'Rename to kebab-case:')
  })

  it('have names that say what is inside', () => {
    expectNone(
      files
        .filter((file) => file !== 'console/ui/common-words.ts')
        .filter((file) => file.split('/').some((part) => emptyNames.test(part))),
      'A folder for everything hides everything: name it after what it holds.',
    )
  })

  it('of db/changes are numbered without two of one number', () => {
    const names = filesBelow(root, 'db/changes').map((file) => path.basename(file))
    const numbers = names.map((name) => name.slice(0, 4))
    expectNone(
      names.filter((name) => !/^\d{4}-[a-z0-9-]+[.]sql$/.test(name)),
      'Name it like 0012-what-it-does.sql:',
    )
    expectNone(
      names.filter((_, index) => numbers.indexOf(numbers[index] ?? '') !== index),
      'Two changes of one number have no order; give the later one the next number:',
    )
  })
})

describe('the words of the code', () => {
  const sources = sourceFiles().filter((file) => file.startsWith('src/'))

  it('are those of GLOSSARY.md, without synonyms', () => {
    const names = sources.flatMap(declaredNames).filter(({ name }) => !namesOfOthers.test(name))
    const faults = foreignWords.flatMap(([word, instead]) =>
      names
        .filter(({ name }) => word.test(name))
        .map(({ name, place }) => `${place} ${name}: say ${instead}`),
    )
    expectNone(faults, 'One thing has one word in API, code, SQL and screens:')
  })

  it('have no Hungarian interfaces, no …Impl and no …Helper', () => {
    const odd = sources
      .flatMap(declaredNames)
      .filter(({ name }) => /^I[A-Z][a-z]|(Impl|Helper|Helpers|Utils?)$/.test(name))
      .map(({ name, place }) => `${place} ${name}`)
    expectNone(odd, 'Name the thing by what it is:')
  })

  it('are English outside of texts and tests', () => {
    const faults = sources.filter((file) => !isTest(file)).flatMap((file) => foreignComments(file))
    expectNone(faults, 'Comments are English; what people read stands in refusals and words files:')
  })
})

describe('functions', () => {
  it('are declarations, so that a file reads from its front door down', () => {
    const faults = sourceFiles()
      .filter((file) => file.endsWith('.ts'))
      .flatMap(topLevelArrows)
    expectNone(faults, 'Write `function name() {}` at the top level of a file:')
  })
})

describe('a suppression', () => {
  it('says in a sentence why the rule is wrong here', () => {
    const faults: string[] = []
    for (const file of sourceFiles()) {
      const text = textOf(file)
      for (const match of text.matchAll(/^.*(?:\/\/|\/\*)\s*(?:biome-ignore|@ts-expect-error)(.*)$/gm)) {
        const reason = /(?::|\s-)\s*(.+)$/.exec(match[1] ?? '')?.[1] ?? match[1] ?? ''
        if (reason.trim().split(/\s+/).length < 4) faults.push(placeOf(file, text, match.index))
      }
    }
    expectNone(faults, 'Write `// biome-ignore <rule>: <why it does not fit here>`:')
  })

  it('is never wholesale', () => {
    const wholesale =
      /(?:\/\/|\/\*)\s*(?:@ts-ignore|@ts-nocheck|biome-ignore-all|biome-ignore lint:|eslint-disable)/
    const faults = sourceFiles().filter((file) => wholesale.test(textOf(file)))
    expectNone(faults, 'Name the one rule, on the one line:')
  })

  it('of a SQL rule has its reason in the line above', () => {
    const faults = filesBelow(root, 'db/changes').flatMap((file) => {
      const lines = textOf(file).split('\n')
      return lines.flatMap((line, index) =>
        /squawk-ignore/.test(line) && !/^\s*-- (?!squawk)\S+(\s+\S+){3,}/.test(lines[index - 1] ?? '')
          ? [`${file}:${index + 1}`]
          : [],
      )
    })
    expectNone(faults, 'Write a comment above `-- squawk-ignore <rule>`:')
  })

  it('of a test does not exist: a test runs, or it is deleted', () => {
    const faults = sourceFiles().filter(
      (file) => isTest(file) && /\b(it|test|describe)[.](skip|todo)\(/.test(textOf(file)),
    )
    expectNone(faults, 'Use runIf with the condition that the machine must meet, or repair the test:')
  })
})

interface Declared {
  readonly name: string
  readonly place: string
}

function declaredNames(file: string): Declared[] {
  const source = syntaxOf(file)
  const names: Declared[] = []
  const visit = (node: ts.Node): void => {
    if (
      (ts.isDeclarationStatement(node) || ts.isVariableDeclaration(node) || ts.isPropertySignature(node)) &&
      node.name
    ) {
      if (ts.isIdentifier(node.name))
        names.push({ name: node.name.text, place: placeOf(file, source.text, node.getStart()) })
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return names
}

function foreignComments(file: string): string[] {
  const text = textOf(file)
  const comments = text.matchAll(/(?<![:'"`])\/\/.*$|\/\*\*[\s\S]*?\*\//gm)
  return [...comments]
    .filter(([comment]) => /\p{Script=Han}{6,}/u.test(comment))
    .map(({ index }) => placeOf(file, text, index))
}

function topLevelArrows(file: string): string[] {
  const source = syntaxOf(file)
  const declarations = source.statements
    .filter(ts.isVariableStatement)
    .flatMap((node) => [...node.declarationList.declarations])
  return declarations
    .filter(
      ({ initializer }) =>
        initializer && (ts.isArrowFunction(initializer) || ts.isFunctionExpression(initializer)),
    )
    .map((node) => `${placeOf(file, source.text, node.getStart())} ${node.name.getText()}`)
}
