import { describe, it } from 'vitest'
import { declaredRefusals } from '../../tools/generated/refusals.ts'
import { allRoutes } from '../../tools/generated/routes.ts'
import { expectNone, isTest, sourceFiles, textOf } from './sources.ts'

const refusals = await declaredRefusals()

describe('each refusal', () => {
  it('has a code of its own, noun.reason', () => {
    const codes = refusals.map(({ rule }) => rule.code)
    expectNone(
      codes.filter((code) => !/^[a-z_]+[.][a-z_]+$/.test(code)),
      'A code is noun.reason in small letters:',
    )
    expectNone(
      refusals
        .filter(({ rule }, index) => codes.indexOf(rule.code) !== index)
        .map(({ rule, file }) => `${rule.code} in ${file}`),
      'Programs tell refusals apart by their code, so each is declared once:',
    )
  })

  it('ALL-3 says in both languages what is wrong and what to do next', () => {
    const faults = refusals.flatMap(({ rule, file }) => {
      const isEnglish = [rule.en.title, rule.en.next].every((text) => /^[A-Z{`"].*[.?!]$/su.test(text))
      const isChinese = [rule.zh.title, rule.zh.next].every(
        (text) => /\p{Script=Han}/u.test(text) && /[。？！]$/u.test(text),
      )
      return isEnglish && isChinese ? [] : [`${rule.code} in ${file}`]
    })
    expectNone(
      faults,
      'English begins with a capital and ends with a full stop; Chinese is Chinese and ends with 。:',
    )
  })

  it('fills in the same values in both languages', () => {
    const valuesOf = (texts: readonly string[]) =>
      [...new Set(texts.join().match(/\{\w+\}/g))].sort().join(' ')
    expectNone(
      refusals
        .filter(({ rule }) => valuesOf(Object.values(rule.en)) !== valuesOf(Object.values(rule.zh)))
        .map(({ rule }) => rule.code),
      'A value that one language shows is missing in the other:',
    )
  })

  it('is proven by a test that names it', () => {
    const texts = sourceFiles()
      .filter((file) => isTest(file) && !file.startsWith('test/house/'))
      .map(textOf)
    const known = new Set([
      ...refusals.map(({ rule }) => rule.code),
      ...allRoutes().flatMap(({ route }) => route.refusals.map((rule) => rule.code)),
    ])
    const names = new Map(refusals.map(({ rule, name }) => [rule.code, name]))
    const isNamed = (code: string) =>
      texts.some((text) => text.includes(code) || (names.has(code) && text.includes(names.get(code) ?? code)))
    expectNone(
      [...known].filter((code) => !isNamed(code)),
      'A refusal that no test provokes may never come, or come wrongly: write the test that gets it:',
    )
  })

  it('of a route is declared where the reference page finds it', () => {
    const declared = new Set(refusals.map(({ rule }) => rule.code))
    expectNone(
      allRoutes().flatMap(({ route }) =>
        route.refusals.filter((rule) => !declared.has(rule.code)).map((rule) => rule.code),
      ),
      'Export the object that defineRefusals returns:',
    )
  })
})
