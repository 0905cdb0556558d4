import { memberStatuses } from '../../../../src/features/people/states.ts'
import { roles } from '../../../../src/kernel/permission.ts'
import type { Input } from '../../../api/client.ts'

type Query = NonNullable<Input<'listMembers'>['query']>
type Sort = NonNullable<Query['sort']>
type MemberFilter = Omit<Query, 'sort' | 'limit' | 'cursor'>

/** Takes all filters and the search away. */
export const noFilter = {
  q: '',
  status: '',
  role: '',
  departmentId: '',
  /** Without the departments below. */
  direct: false,
  managerId: '',
  holding: false,
}

/** What the list shows, as the URL keeps it; `add` is the open dialog. */
export const shownAtFirst = { ...noFilter, sort: 'name', add: '' }
export type Shown = typeof shownAtFirst

const sorts: readonly Sort[] = ['name', '-name', 'staffCode', '-staffCode', 'createdAt', '-createdAt']
const idPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
/** As long as the API takes a search. */
export const searchCharacters = 100

/** The filter that a URL asks for; what makes no sense in it, as after a typing error, narrows nothing. */
export function filterOf(shown: Omit<Shown, 'sort' | 'add'>): MemberFilter {
  const status = memberStatuses.find((known) => known === shown.status)
  const role = roles.find((known) => known === shown.role)
  const search = shown.q.trim().slice(0, searchCharacters)
  const includeSubdepartments = shown.direct ? ('false' as const) : ('true' as const)
  return {
    ...(search && { search }),
    ...(status && { status }),
    ...(role && { role }),
    ...(idPattern.test(shown.departmentId) && { departmentId: shown.departmentId, includeSubdepartments }),
    ...(idPattern.test(shown.managerId) && { managerId: shown.managerId }),
    ...(shown.holding && { holding: 'true' as const }),
  }
}

/** The order that a URL asks for. */
export function sortOf({ sort }: Pick<Shown, 'sort'>): Sort {
  return sorts.find((known) => known === sort) ?? 'name'
}

const filters = ['status', 'role', 'departmentId', 'direct', 'managerId', 'holding'] as const
export type FilterName = (typeof filters)[number]

/** The filters that narrow the list now, the search apart, in the order of their chips. */
export function activeFilters(shown: Omit<Shown, 'sort' | 'add'>): readonly FilterName[] {
  return filters.filter(
    (name) => shown[name] !== noFilter[name] && (name !== 'direct' || shown.departmentId !== ''),
  )
}
