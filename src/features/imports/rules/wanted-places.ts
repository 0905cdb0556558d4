import type { DepartmentPath } from '../model/column.ts'
import { type KnownMember, pathKey } from '../model/known.ts'
import type { WantedPlace } from '../model/rows.ts'
import { mostLevels } from '../model/templates/member-columns.ts'
import { type Check, type Found, note } from './check.ts'

/** The departments that a row wants the member to be in; null when it says nothing of them. */
export function placesOf(
  check: Check,
  found: Found,
  existing: KnownMember | null,
): readonly WantedPlace[] | null {
  const { departments, departmentIds } = found.row.values
  const wanted =
    departmentIds === undefined
      ? byPath(check, found, (departments ?? []) as readonly DepartmentPath[])
      : byId(check, found, departmentIds as readonly string[])
  const places = withoutTwins(wanted)
  if (places.length > 0) return saysLeads(check) ? places : withLeads(places, existing)
  const { destinationDepartmentId } = check.options
  if (existing !== null || destinationDepartmentId === null) return null
  const path = check.known.departmentPaths.get(destinationDepartmentId) ?? []
  return [{ departmentId: destinationDepartmentId, path, isLead: false }]
}

function byPath(check: Check, found: Found, paths: readonly DepartmentPath[]): readonly WantedPlace[] {
  return paths.flatMap(({ names, isLead }) => {
    const place = placeAt(check, names)
    if (place === null) return []
    if (place.path.length > mostLevels) {
      const params = { value: place.path.join('/'), levels: place.path.length, max: mostLevels }
      note(found, 'department_too_deep', { column: 'departments', params })
    }
    return [isLead ? { ...place, isLead } : place]
  })
}

/** Null for the company itself, which is no department. */
function placeAt(check: Check, names: readonly string[]): WantedPlace | null {
  const key = pathKey(names)
  const cached = check.places.get(key)
  if (cached) return cached
  const path = fullPath(check, names)
  if (path.length === 0) return null
  const place = { departmentId: check.known.departmentIds.get(pathKey(path)) ?? null, path, isLead: false }
  check.places.set(key, place)
  return place
}

/** MIG-6: the own company's name falls away, another company's goes below the destination. */
function fullPath({ known, options, foreignCompany }: Check, names: readonly string[]): readonly string[] {
  const [top = '', ...rest] = names
  if (top === known.companyName && !known.departmentIds.has(pathKey([top]))) return rest
  if (top !== foreignCompany || options.destinationDepartmentId === null) return names
  return [...(known.departmentPaths.get(options.destinationDepartmentId) ?? []), ...names]
}

function byId(check: Check, found: Found, ids: readonly string[]): readonly WantedPlace[] {
  const { leads } = found.row.values
  const flags = (leads ?? []) as readonly boolean[]
  if (flags.length > 0 && flags.length !== ids.length) note(found, 'flags_invalid', { column: 'leads' })
  return ids.flatMap((id, index) => {
    const departmentId = check.options.departmentIds[id]
    if (departmentId === undefined) {
      note(found, 'department_id_unknown', { column: 'departmentIds', params: { id, value: ids.join(';') } })
      return []
    }
    const path = check.known.departmentPaths.get(departmentId) ?? []
    return [{ departmentId, path, isLead: flags[index] === true }]
  })
}

function withoutTwins(places: readonly WantedPlace[]): readonly WantedPlace[] {
  if (places.length < 2) return places
  const byKey = new Map<string, WantedPlace>()
  for (const place of places) {
    const key = pathKey(place.path)
    const twin = byKey.get(key)
    if (!twin || place.isLead) byKey.set(key, place)
  }
  return [...byKey.values()]
}

/** Whether files of this template say who leads a department. */
function saysLeads({ template }: Check): boolean {
  return template.name !== 'wecom-members'
}

function withLeads(places: readonly WantedPlace[], existing: KnownMember | null): readonly WantedPlace[] {
  const led = new Set(existing?.places.filter(({ isLead }) => isLead).map(({ departmentId }) => departmentId))
  return places.map((place) =>
    place.departmentId !== null && led.has(place.departmentId) ? { ...place, isLead: true } : place,
  )
}
