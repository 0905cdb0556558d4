import pg from 'pg'

/** Tables that a backup does not carry, and why. All others are carried, those of later changes too. */
export const leftOut: Readonly<Record<string, string>> = {
  applied_changes: 'the restoring Baton makes the schema itself; the manifest says which changes it had',
  idempotency_keys: 'answers to requests that nobody repeats at another installation; swept after a day',
  sessions: 'a sign-in is for one device at one installation: people sign in again',
  sign_in_failures: 'waits after wrong passwords, of minutes',
  sign_in_links: 'one-use secrets under way: a new link is made where one is still needed',
}

/** A table of the schema as the database has it. */
export interface SchemaTable {
  readonly name: string
  /** Those that are stored rather than computed. */
  readonly columns: readonly string[]
  /** Tables that its foreign keys point to, itself left out. */
  readonly needs: readonly string[]
  readonly isForced: boolean
  readonly isOpenToSteward: boolean
}

/** The tables that a backup carries, each after those that its rows refer to. */
export async function carriedTables(client: pg.ClientBase): Promise<SchemaTable[]> {
  const { rows } = await client.query<SchemaTable>(
    `select c.relname::text as name, c.relforcerowsecurity as "isForced",
       has_table_privilege('baton_steward', c.oid, 'select') as "isOpenToSteward",
       array(select a.attname::text from pg_attribute a
         where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' order by a.attnum) as columns,
       array(select distinct t.relname::text from pg_constraint f join pg_class t on t.oid = f.confrelid
         where f.conrelid = c.oid and f.contype = 'f' and f.confrelid <> c.oid) as needs
     from pg_class c
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
       and c.relname <> all($1) order by c.relname`,
    [Object.keys(leftOut)],
  )
  return inOrderOfNeed(rows)
}

function inOrderOfNeed(tables: readonly SchemaTable[]): SchemaTable[] {
  const ordered: SchemaTable[] = []
  const waiting = new Set(tables)
  while (waiting.size > 0) {
    const missing = new Set([...waiting].map((table) => table.name))
    const ready = [...waiting].filter((table) => !table.needs.some((name) => missing.has(name)))
    if (ready.length === 0)
      throw new Error(`tables refer to each other in a circle: ${[...missing].join(', ')}`)
    for (const table of ready) waiting.delete(table)
    ordered.push(...ready)
  }
  return ordered
}

/** Table and columns as COPY takes them. */
export function copyTarget({ name, columns }: Pick<SchemaTable, 'name' | 'columns'>) {
  return {
    table: pg.escapeIdentifier(name),
    columns: columns.map((column) => pg.escapeIdentifier(column)).join(', '),
  }
}

const plainForm = `set timezone = 'UTC'; set datestyle = 'ISO, YMD'; set bytea_output = 'hex'; set extra_float_digits = 1;
  set search_path = public; set statement_timeout = 0; set idle_in_transaction_session_timeout = 0; set lock_timeout = '60s'`

/** A connection of its own, on which COPY writes and reads values in one form, whatever the server's settings are. */
export async function copyClient(connection: pg.ClientConfig): Promise<pg.Client> {
  const client = new pg.Client({ ...connection, connectionTimeoutMillis: 10_000 })
  // One that breaks at work fails its statements, which say so.
  client.on('error', () => {})
  try {
    await client.connect()
    await client.query(plainForm)
    return client
  } catch (error) {
    await client.end().catch(() => {})
    throw error
  }
}
