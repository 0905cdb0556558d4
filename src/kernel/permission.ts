/** The roles of a member in one company, strongest first. */
export const roles = ['owner', 'admin', 'lead', 'auditor', 'member'] as const
export type Role = (typeof roles)[number]

/**
 * Who may do what, as data. A lead's reading is narrowed to the own departments and a member's to the own person by
 * the views; the words here only open the door.
 */
export const permissions = {
  'company:read': ['owner', 'admin', 'lead', 'auditor', 'member'],
  'company:write': ['owner', 'admin'],
  'subscription:read': ['owner', 'admin', 'auditor'],
  'subscription:write': ['owner'],
  'licences:read': ['owner', 'admin', 'auditor'],
  'licences:write': ['owner'],
  'departments:read': ['owner', 'admin', 'lead', 'auditor', 'member'],
  'departments:write': ['owner', 'admin'],
  'members:read': ['owner', 'admin', 'lead', 'auditor', 'member'],
  'members:write': ['owner', 'admin'],
  'destination:write': ['owner', 'admin', 'lead', 'auditor', 'member'],
  'numbers:read': ['owner', 'admin', 'lead', 'auditor', 'member'],
  'numbers:write': ['owner', 'admin'],
  'custody:read': ['owner', 'admin', 'lead', 'auditor', 'member'],
  'records:read': ['owner', 'admin', 'lead', 'auditor', 'member'],
  'records:write': ['owner', 'admin'],
  'routes:read': ['owner', 'admin'],
  'operations:read': ['owner', 'admin', 'auditor'],
  'operations:write': ['owner', 'admin'],
  'requests:read': ['owner', 'admin', 'lead', 'auditor'],
  'requests:create': ['owner', 'admin', 'lead'],
  'requests:decide': ['owner', 'admin'],
  'holds:read': ['owner', 'auditor'],
  'holds:place': ['owner', 'auditor'],
  'holds:lift': ['owner', 'auditor'],
  'audit:read': ['owner', 'admin', 'auditor'],
  'sample:remove': ['owner'],
  'imports:read': ['owner', 'admin'],
  'imports:write': ['owner', 'admin'],
  'tasks:read': ['owner', 'admin', 'lead', 'auditor', 'member'],
  'tasks:claim': ['owner', 'admin', 'lead', 'auditor', 'member'],
  'tasks:write': ['owner', 'admin'],
  'work-accounts:read': ['owner', 'admin', 'lead', 'auditor', 'member'],
  'work-accounts:write': ['owner', 'admin'],
  'handovers:read': ['owner', 'admin', 'lead', 'auditor', 'member'],
  'handovers:write': ['owner', 'admin'],
  'handovers:approve': ['owner', 'admin'],
  'handovers:accept': ['owner', 'admin', 'lead', 'auditor', 'member'],
  'events:read': ['owner', 'admin', 'lead', 'auditor', 'member'],
  'tokens:read': ['owner', 'admin'],
  'tokens:write': ['owner', 'admin'],
} as const satisfies Record<string, readonly Role[]>

export type Permission = keyof typeof permissions

export const permissionNames = Object.keys(permissions) as [Permission, ...Permission[]]

/** What a token of the installation may do, in all companies alike. */
export const installationScopes = ['routes:read'] as const satisfies readonly Permission[]
export type InstallationScope = (typeof installationScopes)[number]

/**
 * What a route asks of its caller: nothing (`public`), anyone who is signed in, with or without a company (`account`),
 * a person at their own account, which no token, operator or admin is (`person`, ACC-1), the operator of the
 * installation (`operator`), or a permission in the company named by the request.
 */
export type Access = 'public' | 'account' | 'person' | 'operator' | Permission

/** Tells whether a role carries a permission. */
export function roleAllows(role: Role, permission: Permission): boolean {
  const allowed: readonly Role[] = permissions[permission]
  return allowed.includes(role)
}
