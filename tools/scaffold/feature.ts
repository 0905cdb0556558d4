// The files of a new feature: the smallest that go the whole way from the address to the table.

interface Words {
  /** `business-cards` */
  readonly folder: string
  /** `businessCards` */
  readonly many: string
  /** `businessCard` */
  readonly one: string
  /** `BusinessCard` */
  readonly Type: string
  /** `business_cards` */
  readonly table: string
  /** `business_card` */
  readonly column: string
  /** `business card` */
  readonly spoken: string
}

/** The files by their path; `change` is the number of the next file in db/changes. */
export function featureFiles(folder: string, change: string): Readonly<Record<string, string>> {
  const words = wordsOf(folder)
  const at = `src/features/${folder}`
  return {
    [`db/changes/${change}-${folder}.sql`]: sqlText(words),
    [`${at}/model.ts`]: modelText(words),
    [`${at}/rules.ts`]: rulesText(words),
    [`${at}/contract.ts`]: contractText(words),
    [`${at}/store.ts`]: storeText(words),
    [`${at}/service.ts`]: serviceText(words),
    [`${at}/routes.ts`]: routesText(words),
    [`${at}/index.ts`]: `export { ${words.many}Routes } from './routes.ts'\n`,
    [`${at}/rules.test.ts`]: testText(words),
  }
}

/** What a person does next, line by line. */
export function nextSteps(folder: string): string {
  const { many, table } = wordsOf(folder)
  return `Now, in this order:
  .dependency-cruiser.mjs   '${folder}' into the layer that it stands on
  src/contract.ts           import { ${many}Contract } from './features/${folder}/contract.ts'
                            ${many}: ${many}Contract,
  src/app.ts                import { ${many}Routes } from './features/${folder}/index.ts'
                            ...${many}Routes,
  src/kernel/permission.ts  permissions of its own, in place of company:read and company:write in contract.ts
  npm run generate          the table ${table} in db/schema.sql and tables.ts, the routes in openapi.json and the pages
  npx vitest run src/features/${folder}   fails: the rule is yours to write`
}

function wordsOf(folder: string): Words {
  const [first = '', ...rest] = folder.split('-')
  const many = first + rest.map(capital).join('')
  const one = many.endsWith('ies') ? `${many.slice(0, -3)}y` : many.replace(/s$/, '')
  const parted = (text: string, mark: string) =>
    text.replace(/[A-Z]/g, (letter) => mark + letter.toLowerCase())
  return {
    folder,
    many,
    one,
    Type: capital(one),
    table: parted(many, '_'),
    column: parted(one, '_'),
    spoken: parted(one, ' '),
  }
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

function sqlText({ table, column, spoken }: Words): string {
  return `create table ${table} (
  company_id uuid not null references companies,
  ${column}_id uuid not null,
  name text not null,
  version integer not null default 1,
  created_at timestamptz not null,
  primary key (company_id, ${column}_id)
);
comment on table ${table} is 'What a ${spoken} is, in one sentence.';
call baton_protect('${table}');
`
}

function modelText({ one, Type, column, spoken }: Words): string {
  return `import { z } from 'zod'
import { Id, Instant, text } from '../../kernel/fields.ts'
import { defineRefusals } from '../../kernel/refusal.ts'

/** What a ${spoken} is, in one sentence. */
export const ${Type} = z.object({
  id: Id,
  name: text(100).describe('What people call it'),
  version: z.int().min(1).describe('Counts the changes'),
  createdAt: Instant,
})
export type ${Type} = z.infer<typeof ${Type}>

export const ${one}Refusal = defineRefusals({
  unchanged: {
    code: '${column}.unchanged',
    status: 409,
    en: { title: 'It is called {name} already.', next: 'Choose another name.' },
    zh: { title: '名称已经是 {name}。', next: '请换一个名称。' },
  },
})
`
}

function rulesText({ one, Type, spoken }: Words): string {
  return `import type { ${Type} } from './model.ts'

/** Decides what a ${spoken} becomes under another name. */
export function rename(${one}: ${Type}, name: string): ${Type} {
  return { ...${one}, name, version: ${one}.version + 1 }
}
`
}

function contractText({ many, one, Type, folder, column, spoken }: Words): string {
  return `import { z } from 'zod'
import { Id } from '../../kernel/fields.ts'
import { defineRoute } from '../../kernel/route.ts'
import { ${Type}, ${one}Refusal } from './model.ts'

const add${Type} = defineRoute({
  operationId: 'add${Type}',
  method: 'POST',
  path: '/v1/${folder}',
  summary: 'Add a ${spoken}',
  access: 'company:write',
  body: ${Type}.pick({ name: true }),
  status: 201,
  response: ${Type},
  refusals: [],
  audit: ['${column}.added'],
})

const rename${Type} = defineRoute({
  operationId: 'rename${Type}',
  method: 'POST',
  path: '/v1/${folder}/{${one}Id}/rename',
  summary: 'Give a ${spoken} another name',
  access: 'company:write',
  params: z.object({ ${one}Id: Id }),
  body: ${Type}.pick({ name: true }),
  status: 200,
  response: ${Type},
  refusals: [${one}Refusal.unchanged],
  audit: ['${column}.renamed'],
})

export const ${many}Contract = { add${Type}, rename${Type} }
`
}

function storeText({ Type, table, column }: Words): string {
  return `import { normaliseInstant } from '../../kernel/instant.ts'
import type { Tx } from '../../platform/db/tx.ts'
import type { ${Type} } from './model.ts'

interface Row {
  readonly id: string
  readonly name: string
  readonly version: number
  readonly created_at: string
}

/** Writes a new one. */
export function insert${Type}(tx: Tx, { id, name }: Pick<${Type}, 'id' | 'name'>): void {
  tx.send({
    text: 'insert into ${table} (company_id, ${column}_id, name, created_at) values ($1, $2, $3, $4)',
    values: [tx.companyId, id, name, tx.now],
  })
}

/** Reads one and keeps others from changing it until the end of the transaction; null where there is none. */
export async function lock${Type}(tx: Tx, id: string): Promise<${Type} | null> {
  const [row] = await tx.query<Row>({
    text: \`select ${column}_id as id, name, version, created_at from ${table}
      where company_id = $1 and ${column}_id = $2 for update\`,
    values: [tx.companyId, id],
  })
  return row ? { ...row, createdAt: normaliseInstant(row.created_at) } : null
}

/** Writes what was decided. */
export function save${Type}(tx: Tx, { id, name, version }: ${Type}): void {
  tx.send({
    text: 'update ${table} set name = $3, version = $4 where company_id = $1 and ${column}_id = $2',
    values: [tx.companyId, id, name, version],
  })
}
`
}

function serviceText({ many, one, Type, column, spoken }: Words): string {
  return `import { Refusal } from '../../kernel/refusal.ts'
import type { RouteInput } from '../../kernel/route.ts'
import type { Tx } from '../../platform/db/tx.ts'
import { httpRefusal } from '../../platform/http/refusals.ts'
import { record } from '../audit/index.ts'
import type { ${many}Contract } from './contract.ts'
import type { ${Type} } from './model.ts'
import { rename } from './rules.ts'
import { insert${Type}, lock${Type}, save${Type} } from './store.ts'

type Routes = typeof ${many}Contract

/** Adds a ${spoken}. */
export async function add${Type}(tx: Tx, input: RouteInput<Routes['add${Type}']>): Promise<${Type}> {
  const added = { id: tx.newId(), name: input.body.name, version: 1, createdAt: tx.now }
  insert${Type}(tx, added)
  record(tx, {
    action: '${column}.added',
    subjectKind: '${column}',
    subjectId: added.id,
    effect: {},
    details: { name: added.name },
  })
  return added
}

/**
 * Gives a ${spoken} another name.
 * @throws Refusal \`${column}.unchanged\`
 */
export async function rename${Type}(tx: Tx, input: RouteInput<Routes['rename${Type}']>): Promise<${Type}> {
  const before = await lock${Type}(tx, input.params.${one}Id)
  if (!before) throw new Refusal(httpRefusal.notFound, { thing: '${spoken}' })
  const after = rename(before, input.body.name)
  save${Type}(tx, after)
  record(tx, {
    action: '${column}.renamed',
    subjectKind: '${column}',
    subjectId: after.id,
    effect: { version: after.version },
    details: { from: before.name, to: after.name },
  })
  return after
}
`
}

function routesText({ many, Type }: Words): string {
  return `import { type BoundRoute, bind } from '../../platform/http/bind.ts'
import { ${many}Contract as contract } from './contract.ts'
import * as service from './service.ts'

export const ${many}Routes: readonly BoundRoute[] = [
  bind(contract.add${Type}, (tx, input) => service.add${Type}(tx, input)),
  bind(contract.rename${Type}, (tx, input) => service.rename${Type}(tx, input)),
]
`
}

function testText({ one, Type, column, spoken }: Words): string {
  return `import { describe, expect, it } from 'vitest'
import type { ${Type} } from './model.ts'
import { rename } from './rules.ts'

const ${one}: ${Type} = {
  id: '01998d5e-0000-7000-8000-000000000001',
  name: 'First',
  version: 1,
  createdAt: '2026-01-01T00:00:00.000000Z',
}

describe('a ${spoken}', () => {
  it('takes another name', () => {
    expect(rename(${one}, 'Second')).toEqual({ ...${one}, name: 'Second', version: 2 })
  })

  it('refuses the name that it has', () => {
    expect(() => rename(${one}, 'First')).toThrow('${column}.unchanged')
  })
})
`
}
