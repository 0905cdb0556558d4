import type { Item } from '../../api/client.ts'
import type commonWords from '../../ui/common-words.en.json'
import type { KeyOf } from '../../ui/words.ts'
import type { EntryWord } from './entry-words.ts'

export type Entry = Item<'listAudit'>
type CommonWord = KeyOf<typeof commonWords>

/** One thing that became of a decision, before it is put in words. */
export type Value =
  | { readonly kind: 'person'; readonly id: string; readonly name: string | null }
  | { readonly kind: 'department' | 'number' | 'request' | 'batch'; readonly id: string }
  | { readonly kind: 'instant'; readonly at: string }
  | { readonly kind: 'count' | 'bytes'; readonly count: number }
  | { readonly kind: 'common'; readonly word: CommonWord }
  | { readonly kind: 'own'; readonly word: EntryWord }
  | { readonly kind: 'action' | 'text' | 'phone'; readonly text: string }
  | { readonly kind: 'list'; readonly values: readonly Value[] }

export interface Fact {
  readonly label: EntryWord
  readonly value: Value
}

const uuidForm = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const instantForm = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/

export function isUuid(text: string): boolean {
  return uuidForm.test(text)
}

type Read = (value: unknown, entry: Entry) => Value | null

function text(value: unknown): Value | null {
  return typeof value === 'string' && value !== '' ? { kind: 'text', text: value } : null
}

function count(value: unknown): Value | null {
  return typeof value === 'number' ? { kind: 'count', count: value } : null
}

function bytes(value: unknown): Value | null {
  return typeof value === 'number' ? { kind: 'bytes', count: value } : null
}

function instant(value: unknown): Value | null {
  return typeof value === 'string' && instantForm.test(value) ? { kind: 'instant', at: value } : null
}

function phone(value: unknown): Value | null {
  return typeof value === 'string' ? { kind: 'phone', text: value } : null
}

/** Said only where it is so. */
function flag(value: unknown): Value | null {
  return value === true ? { kind: 'own', word: 'value.yes' } : null
}

function action(value: unknown): Value | null {
  return typeof value === 'string' ? { kind: 'action', text: value } : null
}

function thing(kind: 'department' | 'number' | 'request' | 'batch'): Read {
  return (value) => (typeof value === 'string' && isUuid(value) ? { kind, id: value } : null)
}

function person(value: unknown): Value | null {
  return typeof value === 'string' && isUuid(value) ? { kind: 'person', id: value, name: null } : null
}

function listOf(read: Read): Read {
  return (value, entry) => {
    const values = (Array.isArray(value) ? value : []).flatMap((one) => read(one, entry) ?? [])
    return values.length > 0 ? { kind: 'list', values } : null
  }
}

const commonWordsOf: Readonly<Record<string, CommonWord>> = {
  'history.keep': 'history.keep',
  'history.hide': 'history.hide',
  'history.delete': 'history.delete',
  'role.owner': 'role.owner',
  'role.admin': 'role.admin',
  'role.lead': 'role.lead',
  'role.auditor': 'role.auditor',
  'role.member': 'role.member',
  'status.active': 'status.active',
  'status.suspended': 'status.suspended',
  'status.leaving': 'status.leaving',
  'status.left': 'status.left',
  'cause.assigned': 'cause.assigned',
  'cause.reassigned': 'cause.reassigned',
  'cause.lent': 'cause.lent',
  'cause.parked': 'cause.parked',
  'cause.returned': 'cause.returned',
  'type.mobile': 'numberType.mobile',
  'type.landline': 'numberType.landline',
  'type.toll_free': 'numberType.toll_free',
}

function commonWord(room: string): Read {
  return (value) => {
    const word = commonWordsOf[`${room}.${String(value)}`]
    return word ? { kind: 'common', word } : text(value)
  }
}

const ownWords: readonly EntryWord[] = [
  'value.phone',
  'value.sip',
  'value.connect',
  'value.advanced',
  'value.max',
  'value.delete_history',
  'value.over_limit',
  'value.proposal',
  'value.country_check',
  'value.number_moves',
  'value.number_moves_undo',
  'value.move',
  'value.return',
  'value.all',
]

function own(value: unknown): Value | null {
  const word = ownWords.find((one) => one === `value.${String(value)}`)
  return word ? { kind: 'own', word } : text(value)
}

function departmentPlace(value: unknown, entry: Entry): Value | null {
  const id =
    typeof value === 'object' && value !== null && 'departmentId' in value ? value.departmentId : value
  return thing('department')(id, entry)
}

/** How each member of an effect or of its details is read, in the order in which it is shown. */
const readings: readonly (readonly [string, EntryWord, Read])[] = [
  ['tierBefore', 'fact.tierBefore', own],
  ['tier', 'fact.tier', own],
  ['capBefore', 'fact.capBefore', count],
  ['cap', 'fact.cap', count],
  ['before', 'fact.licencesBefore', count],
  ['licences', 'fact.licences', count],
  ['kind', 'fact.kind', own],
  ['total', 'fact.total', count],
  ['used', 'fact.used', count],
  ['done', 'fact.done', count],
  ['waiting', 'fact.waiting', count],
  ['failed', 'fact.failed', count],
  ['count', 'fact.count', count],
  ['records', 'fact.records', count],
  ['cutOff', 'fact.cutOff', instant],
  ['erasedAt', 'fact.erasedAt', instant],
  ['undid', 'fact.undid', commonWord('cause')],
  ['history', 'fact.history', commonWord('history')],
  ['overrode', 'fact.overrode', flag],
  ['dueAt', 'fact.dueAt', instant],
  ['returnAt', 'fact.returnAt', instant],
  ['says', 'fact.says', text],
  ['code', 'fact.code', text],
  ['alone', 'fact.alone', flag],
  ['evidence', 'fact.evidence', text],
  ['operationId', 'fact.operationId', thing('batch')],
  ['undoes', 'fact.undoes', thing('batch')],
  ['requestId', 'fact.requestId', thing('request')],
  ['role', 'fact.role', commonWord('role')],
  ['status', 'fact.status', commonWord('status')],
  ['nameBefore', 'fact.nameBefore', text],
  ['name', 'fact.name', text],
  ['slug', 'fact.slug', text],
  ['staffCode', 'fact.staffCode', text],
  ['email', 'fact.email', text],
  ['mobile', 'fact.mobile', phone],
  ['managerId', 'fact.managerId', person],
  ['departments', 'fact.departments', listOf(departmentPlace)],
  ['parentId', 'fact.parentId', thing('department')],
  ['fromParentId', 'fact.fromParentId', thing('department')],
  ['toParentId', 'fact.toParentId', thing('department')],
  ['label', 'fact.label', text],
  ['type', 'fact.type', commonWord('type')],
  ['country', 'fact.country', text],
  ['timeZone', 'fact.timeZone', text],
  ['memberId', 'fact.memberId', person],
  ['scopes', 'fact.scopes', own],
  ['expiresAt', 'fact.expiresAt', instant],
  ['endedSessions', 'fact.endedSessions', count],
  ['numberId', 'fact.numberId', thing('number')],
  ['fileName', 'fact.fileName', text],
  ['byteCount', 'fact.byteCount', bytes],
  ['sources', 'fact.sources', listOf(text)],
  ['format', 'fact.format', text],
  ['action', 'fact.action', action],
  ['takenAt', 'fact.takenAt', instant],
  ['batonVersion', 'fact.batonVersion', text],
  ['missing', 'fact.missing', text],
  ['retired', 'fact.retired', listOf(text)],
]

/** What became of a decision, as far as there are words for it; everything else stands in the raw entry. */
export function factsOf(entry: Entry): readonly Fact[] {
  // What the ledger keeps for ever comes first: a count of sources, say, over their erasable names.
  const noted = { ...entry.details, ...withoutNull(entry.effect) }
  const facts = readings.flatMap(([key, label, read]) => {
    if (isSaidElsewhere(key, entry)) return []
    const value = read(noted[key], entry) ?? read(entry.details?.[key], entry)
    return value === null ? [] : [{ label: labelOf(key, label, entry), value }]
  })
  return [...endsOf(entry), ...facts]
}

function withoutNull(effect: Entry['effect']): Entry['effect'] {
  return Object.fromEntries(Object.entries(effect).filter(([, value]) => value !== null))
}

// The number of licences and of a batch's moves are both called total.
function labelOf(key: string, label: EntryWord, { action }: Entry): EntryWord {
  return key === 'total' && action === 'licences.changed' ? 'fact.licences' : label
}

// The name is the title already, unless it changed.
function isSaidElsewhere(key: string, { details, subjectKind }: Entry): boolean {
  if (key === 'kind' && subjectKind === 'notice') return true
  if (key === 'numberId' && subjectKind === 'record') return true
  return (
    key === 'name' && (details?.['nameBefore'] === undefined || details['nameBefore'] === details['name'])
  )
}

const endRooms: Readonly<Record<string, Read>> = {
  'member.role_changed': commonWord('role'),
  'member.destination_changed': own,
}

/** From what to what: holders, states, or a stretch of time. */
function endsOf(entry: Entry): readonly Fact[] {
  const { effect, details, subjectKind, action } = entry
  const stretch = [instant(effect['from']), instant(effect['to'])]
  if (stretch.some((end) => end !== null))
    return [fact('fact.since', stretch[0]), fact('fact.until', stretch[1])].flat()
  if (subjectKind === 'member' && ('from' in effect || 'to' in effect)) {
    const read = endRooms[action] ?? commonWord('status')
    return [
      fact('fact.before', read(effect['from'], entry)),
      fact('fact.after', read(effect['to'], entry)),
    ].flat()
  }
  if (subjectKind !== 'number') return []
  return [
    fact('fact.from', holder(effect, 'from', null)),
    fact('fact.to', holder(effect, 'to', details?.['to'])),
  ].flat()
}

function fact(label: EntryWord, value: Value | null | undefined): Fact[] {
  return value ? [{ label, value }] : []
}

function holder(effect: Entry['effect'], key: 'from' | 'to', name: unknown): Value | null {
  const id = effect[key]
  if (id === null) return { kind: 'common', word: 'nobody' }
  if (typeof id !== 'string' || !isUuid(id)) return null
  return { kind: 'person', id, name: typeof name === 'string' ? name : null }
}

export interface Change {
  /** As the ledger calls it: `name`, or a company's own field. */
  readonly field: string
  readonly before: string | null
  readonly after: string | null
}

/** What was changed about a person or a number, field by field, where it was not erased since. */
export function changesOf({ details }: Entry): readonly Change[] {
  const before = flat('destination', details?.['before'])
  const after = flat('destination', details?.['after'])
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  return fields
    .map((field) => ({ field, before: before[field] ?? null, after: after[field] ?? null }))
    .filter((change) => change.before !== change.after)
}

function flat(name: string, value: unknown): Readonly<Record<string, string>> {
  if (value === null || value === undefined || value === '') return {}
  if (typeof value !== 'object') return { [name]: String(value) }
  return Object.assign({}, ...Object.entries(value).map(([key, inner]) => flat(key, inner)))
}

export interface About {
  readonly kind: string
  readonly id: string
  /** Its name or number as it was noted that day; null where none was noted or it was erased. */
  readonly label: string | null
}

/** What a decision is about: of a request or a hold, what that is about; of a record, its number. */
export function aboutOf({ subjectKind, subjectId, effect, details }: Entry): About {
  const kind = effect['subjectKind']
  const id = effect['subjectId']
  if (
    (subjectKind === 'request' || subjectKind === 'hold') &&
    typeof kind === 'string' &&
    typeof id === 'string'
  )
    return { kind, id, label: null }
  const numberId = effect['numberId']
  if (subjectKind === 'record' && typeof numberId === 'string')
    return { kind: 'number', id: numberId, label: null }
  const after = details?.['after']
  const name = typeof after === 'object' && after !== null && 'name' in after ? after.name : details?.['name']
  const label = subjectKind === 'number' ? details?.['e164'] : name
  return { kind: subjectKind, id: subjectId, label: typeof label === 'string' ? label : null }
}

const gists: readonly EntryWord[] = [
  'fact.to',
  'fact.after',
  'fact.tier',
  'fact.licences',
  'fact.total',
  'fact.count',
  'fact.records',
  'fact.kind',
]

/** The one fact that a line of the list has room for; null where there is none. */
export function gistOf(entry: Entry): Fact | null {
  const facts = new Map(factsOf(entry).map((fact) => [fact.label, fact]))
  const label = gists.find((one) => facts.has(one) && !isInAction(one, entry))
  return (label && facts.get(label)) ?? null
}

// That somebody is leaving says the status already.
function isInAction(label: EntryWord, { action }: Entry): boolean {
  return label === 'fact.after' && !(action in endRooms)
}
