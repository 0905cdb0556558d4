import type { Role } from '../../../kernel/permission.ts'
import type { Tx } from '../../../platform/db/tx.ts'

const uuidForm = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Names of the members among these persons. */
export async function namesOf(
  tx: Tx,
  persons: readonly (string | null)[],
): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(persons)].filter((id) => id !== null && uuidForm.test(id))
  if (ids.length === 0) return new Map()
  const rows = await tx.query<{ member_id: string; name: string }>({
    text: 'select member_id, name from members where company_id = $1 and member_id = any($2::uuid[])',
    values: [tx.companyId, ids],
  })
  return new Map(rows.map((row) => [row.member_id, row.name]))
}

export interface ActivePerson {
  readonly memberId: string
  readonly name: string
  readonly role: Role
}

/** Active members with one of these roles, by name. */
export function activeWithRoles(tx: Tx, roles: readonly Role[]): Promise<ActivePerson[]> {
  return tx.query<ActivePerson>({
    name: 'requests-active-with-roles',
    text: `select member_id as "memberId", name, role from members
      where company_id = $1 and role = any($2) and status = 'active' order by name, member_id`,
    values: [tx.companyId, roles],
  })
}
