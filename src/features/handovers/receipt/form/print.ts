import { type Cell, ink, Paper } from '../../../../platform/print/paper.ts'
import type { ReceiptFile } from '../body.ts'
import { contentOf, type FormContent, type FormGroup, type FormPerson } from './content.ts'
import { type FormLanguage, type Phrase, say, titles, words } from './words.ts'

interface Form {
  readonly paper: Paper
  readonly content: FormContent
  readonly language: FormLanguage
}

const itemParts = [6.5, 13, 26, 34, 20.5]
const everyLetter =
  ' !"#$%&\'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]_`abcdefghijklmnopqrstuvwxyz{|}~·—→…'

/** HAN-11: prints a receipt as the handover form with places to sign, A4, PDF; the same receipt gives the same file. */
export async function printForm(file: ReceiptFile, language: FormLanguage): Promise<Buffer> {
  const content = contentOf(file, language)
  const title = say(titles[content.kind], language)
  const [, hash = ''] = content.proof[0] ?? []
  const paper = new Paper({
    title: `${title} · ${content.leaver.name}`,
    author: content.company,
    madeAt: new Date(file.receipt.body.madeAt),
    language: language === 'en' ? 'en' : 'zh-CN',
    text: `${everyLetter}${lettersOf(words)}${lettersOf(titles)}${lettersOf(content)}`,
    foot: `${title}, ${file.receipt.body.handoverId}, ${hash.slice(0, 16)}…`,
    pageNumber: (at, of) => say({ zh: `第 ${at} / ${of} 页`, en: `page ${at} of ${of}` }, language),
  })
  const form = { paper, content, language }
  printHead(form)
  printFacts(form)
  for (const group of content.groups) await printGroup(form, group)
  printLeft(form, content.left)
  await printExceptions(form)
  await printHeld(form)
  await printDue(form)
  printProof(form)
  printSignatures(form)
  return paper.end()
}

function lettersOf(value: unknown): string {
  return [...new Set(JSON.stringify(value))].join('')
}

function printHead({ paper, content, language }: Form): void {
  const { zh, en } = titles[content.kind]
  const main = language === 'en' ? en : zh
  paper.paragraph(content.company, { size: 10, color: ink.soft, align: 'center' })
  paper.paragraph(main, { size: 20, bold: true, align: 'center' })
  if (language === 'both') paper.paragraph(en, { size: 10.5, color: ink.soft, align: 'center' })
  paper.y += 8
  if (content.banner === null) return
  paper.row([1], [{ text: content.banner, bold: true, color: ink.warn, align: 'center' }])
  paper.y += 8
}

function label(form: Form, phrase: Phrase): Cell {
  return { text: say(phrase, form.language, '\n'), size: 8, color: ink.soft, fill: ink.fill }
}

function printFacts(form: Form): void {
  const { paper, content } = form
  const { leaver, facts, reason } = content
  const all: (readonly [Phrase, string])[] = [
    [words.leaver, leaver.name],
    [words.staffCode, leaver.staffCode],
    [words.department, leaver.department],
    ...facts,
  ]
  const parts = [15, 35, 15, 35]
  for (let at = 0; at < all.length; at += 2) {
    const pair = all.slice(at, at + 2)
    const cells = pair.flatMap(([phrase, text]): Cell[] => [label(form, phrase), { text, bold: at === 0 }])
    paper.row(parts, pair.length === 2 ? cells : stretched(cells))
  }
  if (reason !== null) paper.row(parts, stretched([label(form, words.reason), { text: reason }]))
}

function stretched(cells: readonly Cell[]): Cell[] {
  return cells.map((cell, at) => (at === 1 ? { ...cell, span: 3 } : cell))
}

function heading({ paper, language }: Form, phrase: Phrase, room: number): void {
  paper.room(room)
  paper.y += 12
  paper.paragraph(say(phrase, language, '  '), { size: 11, bold: true })
  paper.y += 3
}

function headingCells({ language }: Form, phrases: readonly Phrase[]): Cell[] {
  return phrases.map((phrase) => ({
    text: say(phrase, language, '\n'),
    size: 7.5,
    bold: true,
    fill: ink.fill,
  }))
}

function inWords({ name, staffCode, department }: FormPerson): string {
  return [name, staffCode, department].filter((text) => text !== '—').join(', ')
}

async function printGroup(form: Form, { to, total, items }: FormGroup): Promise<void> {
  const { paper, content, language } = form
  const receiver = say(words.receiver, language)
  const whom = to === null ? say(words.nobody, language) : `${receiver}: ${inWords(to)}`
  if (content.groups[0]?.to === to) heading(form, words.items, 120)
  else {
    paper.room(80)
    paper.y += 8
  }
  const rows = items.map(({ number, kind, label: text, change, result, isException }): Cell[] => [
    { text: number, size: 8, align: 'right' },
    { text: kind, size: 8 },
    { text, bold: true },
    { text: change, size: 8 },
    { text: result, size: 8, ...(isException ? { color: ink.warn, bold: true } : {}) },
  ])
  const columns = [words.number, words.kind, words.item, words.change, words.result]
  paper.paragraph(`${whom}  (${total})`, { size: 9.5, bold: true })
  paper.y += 2
  if (items.length === 0) return
  await paper.rows(itemParts, headingCells(form, columns), rows)
}

function printLeft({ paper, language }: Form, left: number): void {
  if (left === 0) return
  paper.room(40)
  paper.y += 6
  const phrase = {
    zh: words.left.zh.replace('{count}', String(left)),
    en: words.left.en.replace('{count}', String(left)),
  }
  paper.paragraph(say(phrase, language, '\n'), { bold: true, color: ink.warn })
}

async function printExceptions(form: Form): Promise<void> {
  const { paper, content } = form
  if (content.exceptions.rows.length === 0) return
  heading(form, words.exceptions, 90)
  const rows = content.exceptions.rows.map(({ number, label: text, says }): Cell[] => [
    { text: number, size: 8, align: 'right' },
    { text },
    { text: says, size: 8 },
  ])
  await paper.rows([6.5, 30, 63.5], headingCells(form, [words.number, words.item, words.result]), rows)
  printLeft(form, content.exceptions.left)
}

async function printHeld(form: Form): Promise<void> {
  const { paper, content } = form
  if (content.held.rows.length === 0) return
  heading(form, words.stillHeld, 90)
  const rows = content.held.rows.map(({ kind, label: text }): Cell[] => [{ text: kind, size: 8 }, { text }])
  await paper.rows([35, 65], headingCells(form, [words.kind, words.item]), rows)
  printLeft(form, content.held.left)
}

async function printDue(form: Form): Promise<void> {
  const { paper, content } = form
  if (content.due.rows.length === 0) return
  heading(form, words.due, 90)
  const rows = content.due.rows.map(({ what, label: text, when }): Cell[] => [
    { text: what },
    { text },
    { text: when },
  ])
  await paper.rows([35, 40, 25], headingCells(form, [words.what, words.item, words.when]), rows)
  printLeft(form, content.due.left)
}

function printProof(form: Form): void {
  const { paper, content, language } = form
  heading(form, words.proof, 150)
  for (const [phrase, text] of content.proof) paper.row([25, 75], [label(form, phrase), { text, size: 8 }])
  paper.y += 4
  paper.paragraph(say(words.howToVerify, language, '\n'), { size: 7.5, color: ink.soft })
  if (paper.missing.length === 0) return
  const codes = paper.missing.map((one) => `${one} U+${one.codePointAt(0)?.toString(16).toUpperCase()}`)
  paper.paragraph(`${say(words.missing, language)}: ${codes.slice(0, 20).join(', ')}`, {
    size: 7.5,
    color: ink.soft,
  })
}

const signatureHeight = 46

function printSignatures(form: Form): void {
  const { paper, content } = form
  heading(form, words.signatures, 40 + 3 * signatureHeight)
  const receivers = content.groups.flatMap(({ to }) => (to === null ? [] : [to.name]))
  printSigner(form, words.leaver, content.leaver.name)
  for (const name of receivers) printSigner(form, words.receiver, name)
  printSigner(form, words.witness, '')
  paper.y += 4
}

function printSigner({ paper, language }: Form, role: Phrase, name: string): void {
  paper.room(signatureHeight)
  const { left: x, width, y } = paper
  const column = width / 3
  const small = { size: 8, color: ink.soft }
  paper.write(say(role, language), { x, y: y + 6, width: column - 10 }, small)
  paper.write(name, { x, y: y + 20, width: column - 10 }, { bold: true })
  for (const [at, phrase] of [words.signature, words.date].entries()) {
    const place = { x: x + column * (at + 1), y: y + 6, width: column - 12 }
    paper.write(say(phrase, language), place, small)
    paper.line({ ...place, y: y + 38 }, ink.text)
  }
  paper.y += signatureHeight
}
