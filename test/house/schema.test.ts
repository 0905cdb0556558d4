import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../database.ts'
import { expectNone, isTest, sourceFiles, textOf } from './sources.ts'

/** Tables with a company_id that belong to no company: the installation looks things up in them. */
const globalTables: Readonly<Record<string, string>> = {
  account_memberships: 'an account finds its companies, before one is chosen',
  company_slugs: 'a short name finds its company, before one is known',
  number_registry: 'one owner per number over all companies',
  sign_in_links: 'the link finds its company',
}

/** Tables without row-level security that the serving role may touch, and why that is safe. */
const openTables: Readonly<Record<string, string>> = {
  installation: 'one row that says which installation this is; read only',
  signing_keys: 'public halves of keys, meant to be published; read only',
}

/** Foreign keys without an index of their own, and why none is needed. */
const unindexedKeys: Readonly<Record<string, string>> = {
  scheduled_moves_company_id_number_id_fkey: 'a number is released, never deleted',
}

/** Functions that act as the owner of the schema instead of the steward, and why nothing less will do. */
const ownersFunctions: Readonly<Record<string, string>> = {
  'baton_open_record_month(timestamp with time zone)': 'only the owner of a table may attach a partition',
}

/** Tables with a third policy, which forbids what the template allows, and what for. */
const guardedTables: Readonly<Record<string, string>> = {
  audit_checkpoints: 'only the sample company is ever removed with its ledger',
  audit_entries: 'only the sample company is ever removed with its ledger',
}

/** Tables that more than one feature writes. */
const sharedTables: Readonly<Record<string, string>> = {}

let own: TestDatabase
let client: pg.Client

beforeAll(async () => {
  own = await createTestDatabase()
  client = new pg.Client({ ...own.connection })
  await client.connect()
})

afterAll(async () => {
  await client.end()
  await own.drop()
})

async function names(sql: string, values: readonly unknown[] = []): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(sql, [...values])
  return rows.map((row) => row.name)
}

const companyTables = `
  (select c.oid, c.relname, c.relrowsecurity, c.relforcerowsecurity, c.relispartition
   from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'company_id' and not a.attisdropped
   where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and c.relname <> all($1))`
const globalNames = Object.keys(globalTables)

describe('ALL-1 a table of a company', () => {
  it('has row-level security, enabled and forced', async () => {
    const faults = await names(
      `select relname as name from ${companyTables} c where not relispartition and not (relrowsecurity and relforcerowsecurity)`,
      [globalNames],
    )
    expectNone(faults, "Add `call baton_protect('<table>');` to the change that makes it:")
  })

  it('has the two policies of the template and no other', async () => {
    const { rows } = await client.query<{ name: string; policies: string[] }>(
      `select relname as name, array(
         select format('%s %s %s %s %s', policyname, array_to_string(roles, ','), cmd, qual, with_check)
         from pg_policies where tablename = relname and schemaname = 'public'
           and not (permissive = 'RESTRICTIVE' and relname = any($2)) order by policyname) as policies
       from ${companyTables} c where not relispartition`,
      [globalNames, Object.keys(guardedTables)],
    )
    const own = '(company_id = ( SELECT baton_current_company() AS baton_current_company))'
    const template = [
      `serve_own_company baton_serve ALL ${own} ${own}`,
      'steward_all baton_steward ALL true true',
    ]
    expectNone(
      rows
        .filter(({ policies }) => policies.join() !== template.join())
        .map(({ name, policies }) => `${name}: ${policies.join('; ')}`),
      'Policies come from baton_protect alone, so that every table is guarded alike:',
    )
  })

  it('is not reached past its policies, through a partition', async () => {
    const faults = await names(
      `select relname as name from ${companyTables} c
       where relispartition and has_table_privilege('baton_serve', oid, 'select, insert, update, delete')`,
      [globalNames],
    )
    expectNone(faults, 'Grant on the parent only; a partition that is named has no policy:')
  })

  it('is led by company_id in its primary key', async () => {
    const faults = await names(
      `select relname as name from ${companyTables} c
       left join pg_constraint p on p.conrelid = c.oid and p.contype = 'p'
       left join pg_attribute a on a.attrelid = c.oid and a.attnum = p.conkey[1]
       where a.attname is distinct from 'company_id'`,
      [globalNames],
    )
    expectNone(
      faults,
      'Companies are kept together, and one day on machines of their own: primary key (company_id, …):',
    )
  })

  it('is led by company_id in every unique index', async () => {
    const faults = await names(
      `select i.indexrelid::regclass::text as name from ${companyTables} c join pg_index i on i.indrelid = c.oid and i.indisunique
       left join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]
       where a.attname is distinct from 'company_id'`,
      [globalNames],
    )
    expectNone(faults, 'What is unique is unique within a company, else one company could feel another:')
  })

  it('is led by company_id in every foreign key, to the same company', async () => {
    const faults = await names(
      `select f.conname as name from ${companyTables} c join pg_constraint f on f.conrelid = c.oid and f.contype = 'f'
       left join pg_attribute a on a.attrelid = f.conrelid and a.attnum = f.conkey[1]
       left join pg_attribute b on b.attrelid = f.confrelid and b.attnum = f.confkey[1]
       where a.attname is distinct from 'company_id' or b.attname is distinct from 'company_id'`,
      [globalNames],
    )
    expectNone(faults, 'A row refers to rows of its own company only: foreign key (company_id, …):')
  })
})

describe('ACC-1 a table of a person', () => {
  it('has row-level security, forced, with the two policies of its template', async () => {
    const { rows } = await client.query<{ name: string; policies: string[]; forced: boolean }>(
      `select c.relname as name, c.relrowsecurity and c.relforcerowsecurity as forced, array(
         select format('%s %s %s %s %s', policyname, array_to_string(roles, ','), cmd, qual, with_check)
         from pg_policies where tablename = c.relname and schemaname = 'public' order by policyname) as policies
       from pg_class c join pg_index i on i.indrelid = c.oid and i.indisprimary
       join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0] and a.attname = 'account_id'
       where c.relnamespace = 'public'::regnamespace and c.relname <> all($1)`,
      [globalNames],
    )
    const own = '(account_id = ( SELECT baton_current_account() AS baton_current_account))'
    const template = [
      `serve_own_account baton_serve ALL ${own} ${own}`,
      'steward_all baton_steward ALL true true',
    ]
    expect(rows.length).toBeGreaterThan(3)
    expectNone(
      rows
        .filter(({ policies, forced }) => !forced || policies.join() !== template.join())
        .map(({ name, policies }) => `${name}: ${policies.join('; ')}`),
      "Add `call baton_protect_account('<table>');` to the change that makes it:",
    )
  })
})

describe('a table', () => {
  it('that the serving role may touch has row-level security, or is named here with a reason', async () => {
    const touched = await names(
      `select relname as name from pg_class
       where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm') and not relrowsecurity
         and (has_table_privilege('baton_serve', oid, 'select, insert, update, delete')
           or has_any_column_privilege('baton_serve', oid, 'select, insert, update'))`,
    )
    expectNone(
      touched.filter((name) => !(name in openTables)),
      'Reach it by a named function, or add it with its reason to openTables in this file:',
    )
    expect(touched.sort(), 'openTables names what is there').toEqual(Object.keys(openTables).sort())
  })

  it('that the lists of exceptions name does exist', async () => {
    const tables = await names(
      `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')`,
    )
    const listed = [...globalNames, ...Object.keys(sharedTables)]
    expect(listed.filter((name) => !tables.includes(name))).toEqual([])
  })

  it('says what it is for', async () => {
    const faults = await names(
      `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
         and not relispartition and obj_description(oid) is null`,
    )
    expectNone(faults, 'Write `comment on table … is …`, it flows into db/schema.sql and the types:')
  })

  it('has an index behind each foreign key', async () => {
    const faults = await names(
      `select f.conname as name from pg_constraint f
       where f.contype = 'f' and f.connamespace = 'public'::regnamespace and f.conparentid = 0 and not exists (
         select 1 from pg_index i where i.indrelid = f.conrelid
           and (i.indkey::int2[])[0:cardinality(f.conkey) - 1] @> f.conkey
           and (i.indpred is null or pg_get_expr(i.indpred, i.indrelid) ~ '^\\([a-z_]+ IS NOT NULL\\)$'))`,
    )
    expectNone(
      faults.filter((name) => !(name in unindexedKeys)),
      'Deleting the other side would read this whole table; index it, or add it with its reason to unindexedKeys:',
    )
  })

  it('keeps times with their zone and texts without a length of the database', async () => {
    const faults = await names(
      `select c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod) as name
       from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_type t on t.oid = a.atttypid
       where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped
         and t.typname not in ('uuid', 'text', 'bool', 'int2', 'int4', 'int8', 'timestamptz', 'date', 'jsonb', 'bytea', '_text', '_uuid', '_bytea')`,
    )
    expectNone(
      faults,
      'timestamptz, text (bounded in the contract), jsonb, bigint: nothing that loses or cuts silently:',
    )
  })

  it('is written by one feature', () => {
    const writers = new Map<string, Set<string>>()
    for (const file of sourceFiles().filter((name) => name.startsWith('src/features/') && !isTest(name))) {
      const feature = file.split('/')[2] ?? ''
      for (const table of tablesWritten(textOf(file)))
        writers.set(table, (writers.get(table) ?? new Set()).add(feature))
    }
    expectNone(
      [...writers]
        .filter(([table, features]) => features.size > 1 && !(table in sharedTables))
        .map(([table, features]) => `${table}: ${[...features].sort().join(', ')}`),
      'The other feature asks by the front door of the one that owns the table, or stands with its reason in sharedTables:',
    )
  })

  it('is not written by a file of views', () => {
    const views = sourceFiles().filter((file) => /(^|\/|-)views[.]ts$|\/views\//.test(file))
    expectNone(
      views.filter((file) => tablesWritten(textOf(file)).length > 0),
      'views.ts only reads; what writes is store.ts:',
    )
  })
})

const writingSql =
  /(?:insert\s+into|update|delete\s+from|merge\s+into)\s+(?:only\s+)?([a-z_]+)(?=\s+(?:as\s+|set|where|using|\(|[a-z]\b)|\s*\()|(?:insertInto|updateTable|deleteFrom)\('([a-z_]+)/g

function tablesWritten(text: string): string[] {
  const sql = text.replace(/\bfor\s+(no\s+key\s+)?update\b|\bdo\s+update\s+set\b/gi, '')
  return [...sql.matchAll(writingSql)].map(([, plain, built]) => plain ?? built ?? '')
}

describe('the roles of the database', () => {
  it('neither sign in nor bypass row-level security', async () => {
    const { rows } = await client.query(
      `select rolname, rolsuper, rolbypassrls, rolcanlogin, rolcreaterole, rolcreatedb from pg_roles
       where rolname in ('baton_serve', 'baton_steward') order by rolname`,
    )
    const harmless = {
      rolsuper: false,
      rolbypassrls: false,
      rolcanlogin: false,
      rolcreaterole: false,
      rolcreatedb: false,
    }
    expect(rows).toEqual(['baton_serve', 'baton_steward'].map((rolname) => ({ rolname, ...harmless })))
  })

  it('serve is no member of another role, so that it cannot become one', async () => {
    const faults = await names(
      `select r.rolname as name from pg_auth_members m join pg_roles r on r.oid = m.roleid where m.member = 'baton_serve'::regrole`,
    )
    expect(faults).toEqual([])
  })

  it('make nothing in the schema', async () => {
    const { rows } = await client.query(
      `select has_schema_privilege('baton_serve', 'public', 'create') as serve, has_schema_privilege('baton_steward', 'public', 'create') as steward`,
    )
    expect(rows).toEqual([{ serve: false, steward: false }])
  })
})

describe('a function that acts with the rights of its owner', () => {
  it('belongs to the steward, pins its search path and is closed to everybody else', async () => {
    const faults = await names(
      `select p.oid::regprocedure::text as name from pg_proc p
       where p.pronamespace = 'public'::regnamespace and p.prosecdef and (
         (p.proowner <> 'baton_steward'::regrole and p.oid::regprocedure::text <> all($1))
         or not exists (select 1 from unnest(p.proconfig) setting where setting like 'search_path=%pg_temp')
         or exists (select 1 from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) g where g.grantee = 0))`,
      [Object.keys(ownersFunctions)],
    )
    expectNone(faults, 'End the change as 0007 ends: owner baton_steward, search_path, revoke from public:')
  })
})
