import { fieldNameOf } from '../model/column.ts'
import type { KnownNumber } from '../model/known.ts'
import type { CheckedRow, MoveDraft, NumberDraft } from '../model/rows.ts'
import type { FieldChange } from '../model/verdict.ts'
import {
  type Check,
  changeOf,
  choiceFor,
  countGiven,
  decide,
  type Found,
  isUnableToReceive,
  note,
  noteUnknownMember,
  undecided,
} from './check.ts'
import { stringOf } from './survey.ts'

/** What a row of numbers would do: NUM-3 and NUM-10 hold for those that get a holder. */
export function checkNumber(check: Check, found: Found): CheckedRow {
  const e164 = stringOf(found.row.values['number'])
  if (e164 === null) return undecided(found, 'error')
  const existing = check.known.numbers.get(e164) ?? null
  const subjectId = existing?.numberId ?? null
  const choice = choiceFor(check, found.row)
  if (existing !== null && choice === 'skip') return undecided(found, 'skipped', subjectId)
  checkTwice(check, found, e164)
  if (existing?.state === 'released') note(found, 'number_released', { column: 'number' })
  if (check.known.unavailable.has(e164)) note(found, 'number_not_available', { column: 'number' })
  const holder = existing?.holderStaffCode ?? null
  checkHolder(check, found, existing)
  const draft = numberDraft(found, e164, existing)
  if (existing === null) return decide({ found, verdict: 'new', draft })
  const changes = numberChanges(existing, holder, draft)
  if (changes.length === 0) return decide({ found, verdict: 'unchanged', draft, subjectId })
  if (choice === null) note(found, 'number_exists', { column: 'number' })
  return decide({ found, verdict: 'changed', draft, changes, subjectId })
}

function checkTwice(check: Check, found: Found, e164: string): void {
  const first = check.survey.rowByIdentity.get(e164)
  if (first !== undefined && first !== found.row.row) {
    note(found, 'number_twice', { column: 'number', params: { other: first } })
  }
}

function checkHolder(check: Check, found: Found, existing: KnownNumber | null): void {
  const column = 'holderStaffCode'
  const wanted = stringOf(found.row.values[column])
  const now = existing?.holderStaffCode ?? null
  if (wanted === null || wanted === now) return
  if (now !== null) {
    const name = check.known.members.get(now)?.name ?? now
    const number = stringOf(found.row.values['number']) ?? ''
    note(found, 'number_of_other_holder', { column, params: { name, value: number } })
    return
  }
  if (isUnableToReceive(check, found, column)) return
  const member = check.known.members.get(wanted)
  if (member) countGiven(check, found, { column, member })
  if (existing?.licensed) return
  check.licencesTaken += 1
  const { licencesFree } = check.known
  if (check.licencesTaken > licencesFree) {
    const value = stringOf(found.row.values['number']) ?? ''
    note(found, 'licence_short', { column, params: { value, free: licencesFree } })
  }
}

function numberDraft({ row }: Found, e164: string, existing: KnownNumber | null): NumberDraft {
  const fields: Record<string, string> = { ...existing?.fields }
  for (const [key, value] of Object.entries(row.values)) {
    const name = fieldNameOf(key)
    if (name !== null) fields[name] = String(value)
  }
  const { label, type, holderStaffCode } = row.values
  return {
    subject: 'number',
    e164,
    fields,
    ...(typeof label === 'string' ? { label } : {}),
    // A choice of the column has the values of the type.
    ...(typeof type === 'string' ? { type: type as KnownNumber['type'] } : {}),
    ...(typeof holderStaffCode === 'string' ? { holderStaffCode } : {}),
  }
}

function numberChanges(before: KnownNumber, holder: string | null, draft: NumberDraft): FieldChange[] {
  const fields = Object.entries(draft.fields).flatMap(([name, value]) =>
    changeOf(`field:${name}`, before.fields[name] ?? null, value),
  )
  return [
    ...changeOf('label', before.label, draft.label),
    ...changeOf('type', before.type, draft.type),
    ...changeOf('holderStaffCode', holder, draft.holderStaffCode),
    ...fields,
  ]
}

/** What a row of moves would do; caps are judged by where everything is in the end. */
export function checkMove(check: Check, found: Found): CheckedRow {
  const { values } = found.row
  const e164 = stringOf(values['number'])
  const to = stringOf(values['toStaffCode'])
  const number = e164 === null ? undefined : check.known.numbers.get(e164)
  if (e164 !== null) checkTwice(check, found, e164)
  if (e164 !== null && !number) note(found, 'number_unknown', { column: 'number' })
  if (number?.state === 'released') note(found, 'number_released', { column: 'number' })
  checkRecipient(check, found, number)
  checkExpected(check, found, number)
  if (values['history'] === 'delete' && values['reason'] === undefined) {
    note(found, 'reason_missing', { column: 'reason' })
  }
  if (e164 === null || to === null || !number) return undecided(found, 'error', number?.numberId ?? null)
  const draft = moveDraft(found, e164, to)
  const before = number.holderStaffCode
  const subjectId = number.numberId
  if (before === to) return decide({ found, verdict: 'unchanged', draft, subjectId })
  const changes = changeOf('toStaffCode', before, to)
  return decide({ found, verdict: 'changed', draft, changes, subjectId })
}

function checkRecipient(check: Check, found: Found, number: KnownNumber | undefined): void {
  const column = 'toStaffCode'
  const to = stringOf(found.row.values[column])
  if (to === null || number?.holderStaffCode === to) return
  if (isUnableToReceive(check, found, column)) return
  const member = check.known.members.get(to)
  if (member && number) countGiven(check, found, { column, member })
}

function checkExpected(check: Check, found: Found, number: KnownNumber | undefined): void {
  const column = 'expectedStaffCode'
  const expected = stringOf(found.row.values[column])
  if (expected === null || !number || expected === number.holderStaffCode) return
  if (!check.known.members.has(expected)) {
    noteUnknownMember(check, found, { column, code: 'member_unknown' })
    return
  }
  const holder = number.holderStaffCode
  const name = holder === null ? '—' : (check.known.members.get(holder)?.name ?? holder)
  note(found, 'holder_differs', { column, params: { name } })
}

function moveDraft({ row }: Found, e164: string, toStaffCode: string): MoveDraft {
  const { expectedStaffCode, history, at, reason } = row.values
  return {
    subject: 'move',
    e164,
    toStaffCode,
    ...(typeof expectedStaffCode === 'string' ? { expectedStaffCode } : {}),
    // A choice of the column has the values of the noun.
    ...(typeof history === 'string' ? { history: history as NonNullable<MoveDraft['history']> } : {}),
    ...(typeof at === 'string' ? { at } : {}),
    ...(typeof reason === 'string' ? { reason } : {}),
  }
}
