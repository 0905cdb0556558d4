import { describe, it } from 'vitest'
import { declaredTemplates } from '../../tools/generated/messages-page.ts'
import { expectNone } from './sources.ts'

const templates = await declaredTemplates()

function valuesOf(texts: object): string {
  return [
    ...new Set(
      Object.values(texts)
        .join()
        .match(/\{\w+\}/g),
    ),
  ]
    .sort()
    .join(' ')
}

describe('each message', () => {
  it('has a name of its own, by which a gateway knows it', () => {
    const names = templates.map(({ template }) => template.name)
    expectNone(
      templates
        .filter(({ template }, index) => names.indexOf(template.name) !== index)
        .map(({ template, file }) => `${template.name} in ${file}`),
      'Operators register texts by these names, so each is declared once:',
    )
    expectNone(
      names.filter((name) => !/^[a-z_]+(?:\.[a-z_]+)*$/.test(name)),
      'A name is words in small letters with dots between them:',
    )
  })

  it('is written in both languages', () => {
    const han = /\p{Script=Han}/u
    expectNone(
      templates
        .filter(({ template: { en, zh } }) => {
          const english = [en.subject, en.text]
          return (
            english.some((text) => han.test(text)) || ![zh.subject, zh.text].every((text) => han.test(text))
          )
        })
        .map(({ template, file }) => `${template.name} in ${file}`),
      'English is English and Chinese is Chinese, subject and text:',
    )
  })

  it('says the same values in both languages', () => {
    expectNone(
      templates
        .filter(({ template: { en, zh } }) => valuesOf(en) !== valuesOf(zh))
        .map(({ template, file }) => `${template.name} in ${file}`),
      'A value that one language shows is missing in the other:',
    )
  })
})
