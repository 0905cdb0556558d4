import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { hardTexts } from './console-texts.ts'
import { expectNone, isTest, placeOf, sourceFiles, syntaxOf } from './sources.ts'

function found(text: string): string[] {
  const source = ts.createSourceFile('seed.tsx', text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX)
  return hardTexts(source).map((one) => one.text)
}

describe('the screens', () => {
  it('say nothing in one language only', () => {
    const faults = sourceFiles()
      .filter((file) => file.startsWith('console/') && !isTest(file))
      .flatMap((file) => {
        const source = syntaxOf(file)
        return hardTexts(source).map(({ text, offset }) => `${placeOf(file, source.text, offset)} “${text}”`)
      })
    expectNone(
      faults,
      'Put it into words.en.json and words.zh-CN.json beside the screen, and say it with t():',
    )
  })
})

describe('the check of texts', () => {
  it.each([
    ['<p>Reassign</p>', 'Reassign'],
    ['<p>转派</p>', '转派'],
    ["<p>{'Reassign'}</p>", 'Reassign'],
    ["<p>{isDone ? 'Done' : null}</p>", 'Done'],
    ["<p>{name ?? 'Nobody'}</p>", 'Nobody'],
    ["<p>{isNew && 'New'}</p>", 'New'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the seed is code with a template of its own
    ['<p>{`Number ${e164}`}</p>', 'Number'],
    ['<button aria-label="Close" />', 'Close'],
    ['<TextInput label="Name" />', 'Name'],
    ["<TextInput placeholder={isNew ? 'any' : ''} />", 'any'],
    ['<img alt="chart" src={chart} />', 'chart'],
    ["toast.done('Saved')", 'Saved'],
    ["notifications.show({ title: 'Saved' })", 'Saved'],
    ["const columns = [{ id: 'holder', header: 'Holder' }]", 'Holder'],
    ["const tabs = [{ label: 'all numbers' }]", 'all numbers'],
  ])('notices %s', (text, said) => {
    expect(found(text)).toContain(said)
  })

  it.each([
    ["<p>{t('reassign.title', { number })}</p>"],
    ['<p>{count} · {percent} %</p>'],
    ['<Kbd>Enter</Kbd>'],
    ['<Title>Baton</Title>'],
    ["<Badge variant={isOn ? 'outline' : 'light'}>{t('on')}</Badge>"],
    ['<button type="submit" aria-label={t("close")} />'],
    ["const tabs = [{ label: 'tab.all', header: t('holder') }]"],
    ["toast.done(t('saved'), { undo })"],
    ["<p>{list.join(', ')}</p>"],
  ])('leaves %s alone', (text) => {
    expect(found(text)).toEqual([])
  })
})
