/** Something that was opened from the palette. */
export interface Visit {
  readonly kind: 'number' | 'person'
  readonly id: string
  readonly label: string
}

const mostVisits = 6
// In memory only: names and numbers stay on no disk, and are gone with the page.
const visits = new Map<string, readonly Visit[]>()

/** What was opened last in a company, the latest first. */
export function recentVisits(company: string): readonly Visit[] {
  return visits.get(company) ?? []
}

export function noteVisit(company: string, visit: Visit): void {
  const others = recentVisits(company).filter(({ id }) => id !== visit.id)
  visits.set(company, [visit, ...others].slice(0, mostVisits))
}
