import type { ReceiptBody, ReceiptFile, ReceiptItem } from '../body.ts'
import { hashOf } from '../sign.ts'
import { namesOf } from '../verify.ts'
import { dueWords, type FormLanguage, kindWords, type Phrase, say, stateWords, words } from './words.ts'

/** A person as the form names them. */
export interface FormPerson {
  readonly name: string
  readonly staffCode: string
  readonly department: string
}

export interface FormItem {
  readonly number: string
  readonly kind: string
  readonly label: string
  readonly change: string
  readonly result: string
  readonly isException: boolean
}

/** What one person (or nobody) receives. */
export interface FormGroup {
  readonly to: FormPerson | null
  /** All that they receive; `items` are those of them that are printed. */
  readonly total: number
  readonly items: readonly FormItem[]
}

/** So many rows of a list are printed; the electronic receipt has them all. */
export const mostPrinted = 1_000

/** The rows of a list that are printed, and how many more there are. */
export interface Printed<Row> {
  readonly rows: readonly Row[]
  readonly left: number
}

/** All that stands on a form, as text. */
export interface FormContent {
  readonly kind: ReceiptBody['handover']['kind']
  readonly company: string
  readonly leaver: FormPerson
  readonly facts: readonly (readonly [Phrase, string])[]
  readonly reason: string | null
  readonly banner: string | null
  readonly groups: readonly FormGroup[]
  /** Items that are in the receipt and not on the form. */
  readonly left: number
  readonly exceptions: Printed<{ readonly number: string; readonly label: string; readonly says: string }>
  /** HAN-9: what the leaver still holds; empty as a rule. */
  readonly held: Printed<{ readonly kind: string; readonly label: string }>
  readonly due: Printed<{ readonly what: string; readonly label: string; readonly when: string }>
  readonly proof: readonly (readonly [Phrase, string])[]
}

const reasonCharacters = 600

interface Teller {
  readonly language: FormLanguage
  readonly names: ReadonlyMap<string, unknown>
  readonly timeZone: string
  readonly receipt: ReceiptBody
}

/** Puts a receipt into the words of its form; names that were erased are marked so. */
export function contentOf(file: ReceiptFile, language: FormLanguage): FormContent {
  const { receipt, supplement } = file
  const names = new Map([...namesOf(receipt), ...(supplement ? namesOf(supplement) : [])])
  const { handover } = receipt.body
  const teller: Teller = { language, names, timeZone: handover.timeZone, receipt: receipt.body }
  const later = new Map(supplement?.body.items.map((item) => [item.itemId, item]))
  const items = receipt.body.items.map((item) => later.get(item.itemId) ?? item)
  const reason = names.get('text:reason')
  return {
    kind: handover.kind,
    company: textIn(teller, `company:${receipt.body.companyId}`, 'name'),
    leaver: personOf(teller, handover.leaverId),
    facts: factsOf(teller),
    reason: typeof reason === 'string' ? shortened(reason) : null,
    banner: bannerOf(teller, supplement?.body.state),
    groups: groupsOf(teller, items),
    left: Math.max(0, items.length - mostPrinted),
    exceptions: printed(items.filter(isException), (item) => exceptionOf(teller, item)),
    held: printed(receipt.body.holdingsAfter.items, ({ kind, holdingId }) => ({
      kind: wordOf(kindWords, kind, language),
      label: textIn(teller, `holding:${kind}:${holdingId}`, 'label'),
    })),
    due: printed((supplement?.body ?? receipt.body).due, (due) => dueOf(teller, due)),
    proof: proofOf(file),
  }
}

function printed<From, Row>(all: readonly From[], rowOf: (one: From) => Row): Printed<Row> {
  return { rows: all.slice(0, mostPrinted).map(rowOf), left: Math.max(0, all.length - mostPrinted) }
}

function dueOf(teller: Teller, { kind, itemId, at }: ReceiptBody['due'][number]) {
  const item = teller.receipt.items.find((one) => one.itemId === itemId)
  return {
    what: wordOf(dueWords, kind, teller.language),
    label: labelOf(teller, item),
    when: at === null ? say(words.later, teller.language) : moment(teller, at),
  }
}

function shortened(text: string): string {
  const characters = [...text]
  return characters.length > reasonCharacters ? `${characters.slice(0, reasonCharacters).join('')}…` : text
}

function bannerOf({ language }: Teller, state: string | undefined): string | null {
  if (state === undefined) return null
  return say(state === 'undone' ? words.undone : words.closed, language)
}

function factsOf(teller: Teller): FormContent['facts'] {
  const { handover, holdingsAfter, handoverId } = teller.receipt
  const { endsAt, approvedBy, orderedBy, undoUntil } = handover
  const held = holdingsAfter.items.length
  const rows: ([Phrase, string] | null)[] = [
    [words.effective, moment(teller, handover.effectiveAt)],
    [words.finished, moment(teller, handover.finishedAt)],
    endsAt === null ? null : [words.endsAt, moment(teller, endsAt)],
    [words.timeZone, handover.timeZone],
    [words.orderedBy, deciderOf(teller, orderedBy ?? handover.createdBy)],
    approvedBy === null ? null : [words.approvedBy, deciderOf(teller, approvedBy)],
    undoUntil === null ? null : [words.undoUntil, moment(teller, undoUntil)],
    [words.heldAfter, held === 0 ? say(words.nothing, teller.language) : String(held)],
    [words.handover, handoverId],
  ]
  return rows.filter((row) => row !== null)
}

function proofOf({ receipt }: ReceiptFile): FormContent['proof'] {
  const { signature, evidence } = receipt
  const [, size = '', root = ''] = evidence.checkpoint.split('\n')
  return [
    [words.hash, hashOf(receipt.body)],
    [words.key, `${signature.keyName}, Ed25519, ${signature.keyId}`],
    [words.checkpoint, `${size}, ${root}`],
  ]
}

function groupsOf(teller: Teller, items: readonly ReceiptItem[]): FormGroup[] {
  const groups = new Map<string | null, { total: number; items: FormItem[] }>()
  for (const [at, item] of items.entries()) {
    const group = groups.get(item.toMemberId) ?? { total: 0, items: [] }
    groups.set(item.toMemberId, group)
    group.total += 1
    if (at < mostPrinted) group.items.push(formItemOf(teller, item))
  }
  // People first, in the order in which they come; what nobody receives is last. Who receives something signs, even
  // where none of it is printed.
  return [...groups]
    .sort(([a], [b]) => Number(a === null) - Number(b === null))
    .map(([to, own]) => ({ to: to === null ? null : personOf(teller, to), ...own }))
}

const settled: ReadonlySet<string> = new Set(['observed', 'undone'])

// What was decided to stay where it is was left as planned.
function isException({ state, way }: ReceiptItem): boolean {
  return !settled.has(state) && way !== 'leave'
}

function formItemOf(teller: Teller, item: ReceiptItem): FormItem {
  const state =
    item.way === 'leave'
      ? say(words.unchanged, teller.language)
      : wordOf(stateWords, item.state, teller.language)
  return {
    number: String(item.position + 1),
    kind: wordOf(kindWords, item.kind, teller.language),
    label: labelOf(teller, item),
    change: changeOf(teller, item),
    result: item.observedAt === null ? state : `${state}\n${moment(teller, item.observedAt)}`,
    isException: isException(item),
  }
}

function changeOf(teller: Teller, { way, toMemberId, history, isReversible }: ReceiptItem): string {
  const { language, receipt } = teller
  const before =
    way === 'end' ? say(words.inForce, language) : personOf(teller, receipt.handover.leaverId).name
  const after = {
    pass_on: toMemberId === null ? '' : personOf(teller, toMemberId).name,
    park: say(words.parked, language),
    end: say(words.ended, language),
    leave: say(words.unchanged, language),
  }[way]
  const notes = [
    ...(history === null ? [] : [say(words[history], language)]),
    ...(isReversible ? [] : [say(words.irreversible, language)]),
  ]
  return `${before} → ${after}${notes.length > 0 ? `\n${notes.join(', ')}` : ''}`
}

function exceptionOf(teller: Teller, item: ReceiptItem) {
  const why = teller.names.get(`text:${item.itemId}`)
  const parts = [
    wordOf(stateWords, item.state, teller.language),
    ...(item.refusalCode === null ? [] : [item.refusalCode]),
    ...(typeof why === 'string' ? [shortened(why)] : []),
  ]
  return { number: String(item.position + 1), label: labelOf(teller, item), says: parts.join(', ') }
}

function labelOf(teller: Teller, item: ReceiptItem | undefined): string {
  return item ? textIn(teller, `holding:${item.kind}:${item.holdingId}`, 'label') : '—'
}

function personOf(teller: Teller, memberId: string): FormPerson {
  const ref = `member:${memberId}`
  return {
    name: textIn(teller, ref, 'name'),
    staffCode: textIn(teller, ref, 'staffCode'),
    department: textIn(teller, ref, 'department'),
  }
}

/** Someone who decided: a member by their id, or e.g. `operator:wang`. */
function deciderOf(teller: Teller, written: string): string {
  return teller.names.has(`member:${written}`) ? personOf(teller, written).name : written
}

function textIn({ names, language }: Teller, ref: string, member: string): string {
  const found = names.get(ref)
  if (typeof found !== 'object' || found === null) return say(words.erased, language)
  const value: unknown = (found as Record<string, unknown>)[member]
  return typeof value === 'string' && value !== '' ? value : '—'
}

function wordOf(list: Readonly<Record<string, Phrase>>, code: string, language: FormLanguage): string {
  const phrase = list[code]
  return phrase ? say(phrase, language) : code
}

function moment({ timeZone }: Teller, instant: string): string {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' })
  return format.format(new Date(instant))
}
