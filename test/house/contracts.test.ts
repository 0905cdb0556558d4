import { describe, it } from 'vitest'
import { z } from 'zod'
import { type Access, permissionNames } from '../../src/kernel/permission.ts'
import { openapi } from '../../tools/generated/openapi.ts'
import { allRoutes, type NamedRoute } from '../../tools/generated/routes.ts'
import { filesBelow, root } from '../../tools/run.ts'
import { expectNone, isTest, sourceFiles, textOf } from './sources.ts'

const routes = allRoutes()
const withoutCompany: readonly Access[] = ['public', 'account', 'person', 'operator']

/** Routes that write and yet decide nothing that a ledger could hold. */
const silentWrites: Readonly<Record<string, string>> = {
  createInstallationToken:
    'the installation is no company and has no ledger: the log and the token itself say who made it',
  revokeInstallationToken: 'as above: the log and the token itself say who ended it',
  beginPasskey: 'nothing is added before the second step',
  addPasskey:
    'the account is its person’s own: its security log says so, and every channel is told (ACC-1, ACC-9)',
  removePasskey: 'as above: the security log of the person',
  beginAuthenticator: 'nothing counts before one of its codes is given',
  confirmAuthenticator: 'as above: the security log of the person',
  removeAuthenticator: 'as above: the security log of the person',
  makeRecoveryCodes: 'as above: the security log of the person',
  beginConfirmation: 'nothing is proved before the second step',
  confirmAccount: 'as above: the security log of the person',
  startSignIn: 'nobody is signed in before the second step',
  allowBrowser: 'as above: the browser has to prove its person like any other',
  forgetPassword: 'nothing changes before the code is given',
  startMobileChange: 'nothing changes before the code is given',
  startAccountRecovery: 'as above: whoever asks is nobody yet',
  updateAccount: 'a name and a language are the person’s own business',
  addIdentifier: 'nothing is bound before the second step',
  readLeavers: 'a list is read and answered; nothing of it is kept',
  checkLeavers: 'as above: the plans that come of it are made by createHandovers',
  removeSample: 'the ledger goes with the company: the log says who removed it',
}

/** Permissions that no route asks for. */
const askedElsewhere: Readonly<Record<string, string>> = {}

interface JsonSchema {
  readonly type?: string | readonly string[]
  readonly description?: string
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly items?: JsonSchema
  readonly additionalProperties?: JsonSchema | boolean
  readonly propertyNames?: JsonSchema
  readonly anyOf?: readonly JsonSchema[]
  readonly oneOf?: readonly JsonSchema[]
  readonly allOf?: readonly JsonSchema[]
  readonly $ref?: string
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly format?: string
  readonly pattern?: string
  readonly minimum?: number
  readonly exclusiveMinimum?: number
  readonly maximum?: number
  readonly exclusiveMaximum?: number
  readonly maxLength?: number
  readonly maxItems?: number
}

/** Formats that bound a text by themselves. */
const boundedFormats = new Set(['uuid', 'date-time', 'date', 'time', 'duration', 'ipv4', 'ipv6'])

const side = ['params', 'query', 'body', 'response'] as const
type Side = (typeof side)[number]

function faultsOf({ route }: NamedRoute, part: Side): string[] {
  const shape = route[part]
  if (!shape) return []
  const schema = z.toJSONSchema(shape, {
    io: part === 'response' ? 'output' : 'input',
    unrepresentable: 'any',
  }) as JsonSchema
  return walk(schema, { at: `${route.operationId} ${part}`, isAsked: part !== 'response' })
}

interface Walk {
  readonly at: string
  /** True for what callers send: it must be bounded on every side. */
  readonly isAsked: boolean
}

function walk(schema: JsonSchema, here: Walk): string[] {
  const faults = [...textFaults(schema, here), ...sizeFaults(schema, here)]
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    const at = `${here.at}.${name}`
    if (!isDescribed(property)) faults.push(`${at} is not described`)
    faults.push(...walk(property, { ...here, at }))
  }
  if (schema.items) faults.push(...walk(schema.items, { ...here, at: `${here.at}[]` }))
  if (typeof schema.additionalProperties === 'object')
    faults.push(...walk(schema.additionalProperties, { ...here, at: `${here.at}{}` }))
  for (const choice of [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])])
    faults.push(...walk(choice, here))
  return faults
}

function isDescribed(schema: JsonSchema): boolean {
  return (
    Boolean(schema.description || schema.$ref) ||
    [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].some(isDescribed)
  )
}

function textFaults(schema: JsonSchema, { at, isAsked }: Walk): string[] {
  if (schema.type !== 'string' || schema.enum || schema.const !== undefined) return []
  if (schema.maxLength !== undefined || boundedFormats.has(schema.format ?? '')) return []
  if (isBounded(schema.pattern ?? '')) return []
  if (!isAsked && (schema.format || schema.pattern)) return []
  return [`${at} is a text of any length`]
}

/** Tells whether a pattern holds from end to end and repeats nothing without end. */
function isBounded(pattern: string): boolean {
  const bare = pattern.replace(/\\./g, '').replace(/\[[^\]]*\]/g, '')
  return /^\^.+\$$/.test(pattern) && !/[*+]|\{\d+,\}/.test(bare)
}

function sizeFaults(schema: JsonSchema, { at, isAsked }: Walk): string[] {
  if (!isAsked) return []
  if (schema.type === 'array' && schema.maxItems === undefined) return [`${at} is a list of any length`]
  if (schema.type !== 'integer' && schema.type !== 'number') return []
  const low = schema.minimum ?? schema.exclusiveMinimum
  const high = schema.maximum ?? schema.exclusiveMaximum
  return low === undefined || high === undefined ? [`${at} is a number without bounds`] : []
}

function pathNames(path: string): string[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '')
}

describe('each route of src/contract.ts', () => {
  it('asks for a permission that exists', () => {
    const known = new Set<string>([...permissionNames, ...withoutCompany])
    expectNone(
      routes
        .filter(({ route }) => !known.has(route.access))
        .map(({ route }) => `${route.operationId}: ${route.access}`),
      'Add the permission to src/kernel/permission.ts with its roles:',
    )
  })

  it('is called as its function is: the key, the operationId and the use case are one word', () => {
    expectNone(
      routes
        .filter(({ name, route }) => name !== route.operationId)
        .map(({ name, route }) => `${name} is ${route.operationId}`),
      'Make key and operationId the same:',
    )
    const ids = routes.map(({ route }) => route.operationId)
    expectNone(
      ids.filter((id, index) => ids.indexOf(id) !== index),
      'An operationId is used once:',
    )
  })

  it('has a summary that fits in a list of routes', () => {
    expectNone(
      routes
        .filter(({ route }) => !/^[A-Z].{3,148}[^.]$/s.test(route.summary))
        .map(({ route }) => `${route.operationId}: "${route.summary}"`),
      'One sentence of at most 150 characters, with a capital and without a full stop:',
    )
  })

  it('declares the parameters of its path, and no others', () => {
    const faults = routes.flatMap(({ route }) => {
      const declared = route.params instanceof z.ZodObject ? Object.keys(route.params.shape) : []
      return pathNames(route.path).sort().join() === declared.sort().join()
        ? []
        : [`${route.operationId}: ${route.path}`]
    })
    expectNone(faults, 'Names in braces and in `params` must be the same:')
  })

  it.each(side)('describes and bounds every property of its %s', (part) => {
    expectNone(
      routes.flatMap((route) => faultsOf(route, part)),
      'Use text(max), Id, Instant or .max(), and .describe() what a caller cannot guess (no bare z.string()):',
    )
  })

  it('leaves an entry in the ledger when it writes (ALL-2)', () => {
    expectNone(
      routes
        .filter(
          ({ route }) =>
            route.method !== 'GET' && route.audit.length === 0 && !(route.operationId in silentWrites),
        )
        .map(({ route }) => `${route.operationId} ${route.method} ${route.path}`),
      'Name the audit actions, or add the route with its reason to silentWrites in this file:',
    )
    expectNone(
      routes.flatMap(({ route }) => route.audit).filter((action) => !/^[a-z_]+[.][a-z_]+$/.test(action)),
      'An action is noun.past_participle, such as number.reassigned:',
    )
  })

  it('is bound, so that it answers', async () => {
    const { paths } = JSON.parse(await openapi()) as {
      paths: Record<string, Record<string, { operationId: string }>>
    }
    const bound = new Set(
      Object.values(paths).flatMap((methods) => Object.values(methods).map((one) => one.operationId)),
    )
    expectNone(
      routes.filter(({ route }) => !bound.has(route.operationId)).map(({ route }) => route.operationId),
      'Bind it in routes.ts and list its feature in src/app.ts:',
    )
    expectNone(
      [...bound].filter((id) => !routes.some(({ route }) => route.operationId === id)),
      'Every route is a contract in src/contract.ts:',
    )
  })
})

describe('the composition', () => {
  const features = filesBelow(root, 'src/features')

  it('lists the contract of every feature that has one', () => {
    const list = textOf('src/contract.ts')
    expectNone(
      owned('contract').filter((name) => !list.includes(`./${name.slice('src/'.length)}`)),
      'Add it to src/contract.ts:',
    )
  })

  it.each(['routes', 'jobs', 'contributes'])('wires the %s of every feature that has some', (file) => {
    const app = textOf('src/app.ts')
    const isWired = (name: string) =>
      exportsOf(name).some((exported) => new RegExp(`\\b${exported}\\b`).test(app))
    expectNone(
      owned(file).filter((name) => !isWired(name)),
      'Wire what it exports in src/app.ts:',
    )
  })

  it('asks for every permission somewhere', () => {
    const asked = new Set<string>(routes.map(({ route }) => route.access))
    const texts = sourceFiles()
      .filter((file) => file.startsWith('src/') && !isTest(file) && !file.endsWith('/permission.ts'))
      .map(textOf)
    expectNone(
      permissionNames.filter(
        (name) =>
          !asked.has(name) && !(name in askedElsewhere) && !texts.some((text) => text.includes(`'${name}'`)),
      ),
      'A permission that nothing asks for promises what is not there: use it or delete it:',
    )
  })

  function owned(file: string): string[] {
    return features.filter((name) => new RegExp(`^src/features/[^/]+/${file}[.]ts$`).test(name))
  }

  function exportsOf(file: string): string[] {
    return [...textOf(file).matchAll(/^export (?:async )?(?:const|function) (\w+)/gm)].map(
      ([, name = '']) => name,
    )
  }
})
