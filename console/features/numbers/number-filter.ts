import type { Input } from '../../api/client.ts'

/** What a list of numbers is narrowed by, as the API takes it. */
export type NumberFilter = NonNullable<Input<'countNumbers'>['query']>
type Sort = NonNullable<NonNullable<Input<'listNumbers'>['query']>['sort']>

/** What the list shows, as the URL keeps it. */
export const shownAtFirst = {
  q: '',
  state: '',
  country: '',
  type: '',
  holder: '',
  department: '',
  waiting: false,
  cooling: false,
  sort: '-createdAt',
  open: '',
}
export type Shown = typeof shownAtFirst

export const custodyStates = [
  'held',
  'parked',
  'released',
] as const satisfies readonly NumberFilter['state'][]
export const numberTypes = [
  'mobile',
  'landline',
  'toll_free',
] as const satisfies readonly NumberFilter['type'][]
const sorts: readonly Sort[] = ['createdAt', '-createdAt', 'e164', '-e164', 'heldSince', '-heldSince']
const idPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** The filter that a URL asks for; what makes no sense in it, as after a typing error, narrows nothing. */
export function filterOf(shown: Shown): NumberFilter {
  const state = custodyStates.find((known) => known === shown.state)
  const type = numberTypes.find((known) => known === shown.type)
  const search = shown.q.trim().slice(0, 80)
  return {
    ...(search && { search }),
    ...(state && { state }),
    ...(type && { type }),
    ...(/^[A-Z]{2}$/.test(shown.country) && { country: shown.country }),
    ...(idPattern.test(shown.holder) && { holderId: shown.holder }),
    ...(idPattern.test(shown.department) && { departmentId: shown.department }),
    ...(shown.waiting && { waiting: 'true' as const }),
    ...(shown.cooling && { coolingDown: 'true' as const }),
  }
}

/** The order that a URL asks for. */
export function sortOf(shown: Pick<Shown, 'sort'>): Sort {
  return sorts.find((known) => known === shown.sort) ?? '-createdAt'
}

const filters = ['state', 'country', 'type', 'holder', 'department', 'waiting', 'cooling'] as const
export type FilterName = (typeof filters)[number]

/** The filters that narrow the list now, the search apart, in the order of their chips. */
export function activeFilters(shown: Shown): readonly FilterName[] {
  return filters.filter((name) => shown[name] !== shownAtFirst[name])
}

/** Takes all filters and the search away. */
export const noFilter: Omit<Shown, 'sort' | 'open'> = {
  q: '',
  state: '',
  country: '',
  type: '',
  holder: '',
  department: '',
  waiting: false,
  cooling: false,
}
