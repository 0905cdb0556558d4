import type pg from 'pg'

const roleNames = ['baton_serve', 'baton_steward'] as const
const rolesLock = 4_400_001

/**
 * Makes the cluster's two Baton roles where they are missing and lets the connecting role take them. Neither can sign
 * in and neither bypasses row-level security. Where the connecting role may not create roles, the error says what an
 * administrator of the database must run.
 */
export async function ensureRoles(client: pg.ClientBase): Promise<void> {
  await client.query('select pg_advisory_lock($1)', [rolesLock])
  try {
    for (const name of roleNames) await ensureRole(client, name)
  } finally {
    await client.query('select pg_advisory_unlock($1)', [rolesLock])
  }
}

async function ensureRole(client: pg.ClientBase, name: (typeof roleNames)[number]): Promise<void> {
  const { rows } = await client.query<{ exists: boolean; granted: boolean; bypasses: boolean }>(
    `select count(*) > 0 as exists, coalesce(bool_or(rolbypassrls or rolsuper), false) as bypasses,
       coalesce(bool_or(pg_has_role(current_user, oid, 'member')), false) as granted
     from pg_roles where rolname = $1`,
    [name],
  )
  const role = rows[0]
  if (role?.bypasses)
    throw new Error(
      `The role ${name} may bypass row-level security. Run: alter role ${name} nosuperuser nobypassrls`,
    )
  try {
    if (!role?.exists) await createRole(client, name)
    const { rows: direct } = await client.query<{ direct: boolean }>(
      `select exists (select 1 from pg_auth_members m join pg_roles r on r.oid = m.roleid join pg_roles u on u.oid = m.member
         where r.rolname = $1 and u.rolname = current_user) as direct`,
      [name],
    )
    if (!role?.granted || !direct[0]?.direct) await client.query(`grant ${name} to current_user`)
  } catch (error) {
    throw new Error(
      `Baton cannot set up its database role ${name}. Ask the administrator of the database to run: ` +
        `create role ${name} nologin; grant ${name} to <the role in DATABASE_URL>;`,
      { cause: error },
    )
  }
}

async function createRole(client: pg.ClientBase, name: string): Promise<void> {
  await client.query(`create role ${name} nologin nobypassrls`).catch((error: { code?: string }) => {
    // Another database of the same cluster was quicker: the advisory lock is per database, roles are per cluster.
    if (error.code !== '42710' && error.code !== '23505') throw error
  })
}
