import { accountKey, systemKey } from '../model/known.ts'
import type { CheckedRow, RecordDraft, SystemDraft } from '../model/rows.ts'
import { type Check, decide, type Found, note, noteUnknownMember, undecided } from './check.ts'
import { identityOf, stringOf } from './survey.ts'

const recordFields = [
  'number',
  'kind',
  'direction',
  'otherParty',
  'otherName',
  'occurredAt',
  'durationSeconds',
  'answered',
  'text',
  'sourceId',
] as const
const systemFields = [
  'system',
  'link',
  'instructions',
  'login',
  'holderStaffCode',
  'usedFor',
  'note',
] as const

/** What a row of records would do. */
export function checkRecord(check: Check, found: Found): CheckedRow {
  const { values } = found.row
  const number = stringOf(values['number'])
  if (number !== null && !check.known.numbers.has(number)) note(found, 'number_unknown', { column: 'number' })
  if (values['kind'] === 'call' && values['answered'] === undefined && !hasProblem(found, 'answered')) {
    note(found, 'answered_missing', { column: 'answered' })
  }
  if (values['kind'] === 'voicemail' && values['direction'] === 'outbound') {
    note(found, 'voicemail_outbound', { column: 'direction' })
  }
  const source = stringOf(values['source']) ?? check.options.source
  if (source === null && !hasProblem(found, 'source')) note(found, 'missing', { column: 'source' })
  checkTwice(check, found, { code: 'record_twice', column: 'sourceId' })
  const draft: Record<string, unknown> = { subject: 'record', source }
  for (const field of recordFields) if (values[field] !== undefined) draft[field] = values[field]
  // Without an error, every required column has its value.
  return decide({ found, verdict: 'new', draft: draft as unknown as RecordDraft })
}

function hasProblem({ problems }: Found, column: string): boolean {
  return problems.some((problem) => problem.column === column)
}

function checkTwice(check: Check, found: Found, told: { code: string; column: string }): void {
  const identity = identityOf(check.template, found.row.values)
  const first = identity === null ? undefined : check.survey.rowByIdentity.get(identity)
  if (first === undefined || first === found.row.row) return
  note(found, told.code, { column: told.column, params: { other: first } })
}

/** What a row of other systems would do (WRK-6). */
export function checkSystem(check: Check, found: Found): CheckedRow {
  const { values } = found.row
  const system = stringOf(values['system'])
  if (system === null) return undecided(found, 'error')
  const login = stringOf(values['login'])
  const number = stringOf(values['number'])
  if (number !== null && !check.known.numbers.has(number)) note(found, 'number_unknown', { column: 'number' })
  checkTwice(check, found, { code: 'account_twice', column: 'login' })
  checkAccountHolder(check, found, login === null ? null : accountKey(system, login))
  const draft: Record<string, unknown> = { subject: 'system' }
  for (const field of systemFields) if (values[field] !== undefined) draft[field] = values[field]
  if (number !== null) draft['e164'] = number
  const isThere =
    login === null
      ? check.known.systems.has(systemKey(system))
      : check.known.systemAccounts.has(accountKey(system, login))
  return decide({ found, verdict: isThere ? 'unchanged' : 'new', draft: draft as unknown as SystemDraft })
}

function checkAccountHolder(check: Check, found: Found, key: string | null): void {
  const column = 'holderStaffCode'
  const code = stringOf(found.row.values[column])
  if (code === null) return
  const now = key === null ? undefined : check.known.systemAccounts.get(key)
  if (now === code) return
  const member = check.known.members.get(code)
  if (!member) noteUnknownMember(check, found, { column, code: 'member_unknown' })
  else if (member.status === 'left') {
    note(found, 'member_not_active', { column, params: { name: member.name, status: member.status } })
  } else if (now !== undefined && now !== null) {
    const name = check.known.members.get(now)?.name ?? now
    const login = stringOf(found.row.values['login']) ?? ''
    note(found, 'account_of_other_holder', { column, params: { name, value: login } })
  }
}
