import { decodeCursor, encodeCursor } from '../../../kernel/cursor.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import type { RouteInput, RouteOutput } from '../../../kernel/route.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { httpRefusal } from '../../../platform/http/refusals.ts'
import { record } from '../../audit/index.ts'
import type { workAccountsContract } from '../contract.ts'
import { type NewSystem, type System, type SystemKind, systemRefusal } from '../model.ts'
import { presentSystem } from '../present.ts'
import * as store from '../store.ts'
import * as views from '../views.ts'

type Routes = typeof workAccountsContract

const listName = 'systems:name'

/**
 * Outside systems by name.
 * @throws Refusal `page.cursor_invalid`
 */
export async function listSystems(
  tx: Tx,
  { query }: RouteInput<Routes['listSystems']>,
): Promise<RouteOutput<Routes['listSystems']>> {
  const after = query.cursor === undefined ? null : decodeCursor(listName, query.cursor, ['text', 'id'])
  if (after === null && query.cursor !== undefined) throw new Refusal(httpRefusal.cursorInvalid)
  const found = await views.listSystems(tx, { name: query.name, after, limit: query.limit + 1 })
  const page = found.slice(0, query.limit)
  const last = page.at(-1)
  return {
    items: page.map(presentSystem),
    nextCursor:
      found.length > page.length && last ? encodeCursor(listName, [last.name, last.system_id]) : null,
  }
}

/** @throws Refusal `thing.not_found` */
export async function readSystem(tx: Tx, systemId: string): Promise<System> {
  const system = await views.findSystem(tx, systemId)
  if (!system) throw new Refusal(httpRefusal.notFound, { thing: 'system' })
  return presentSystem(system)
}

/**
 * WRK-6: adds an outside system; one that is named as WeCom is WeCom (WRK-5).
 * @returns its id
 * @throws Refusal `system.name_taken`
 */
export async function addSystem(tx: Tx, wish: NewSystem): Promise<string> {
  await store.lockNames(tx)
  await requireFreeName(tx, wish.name)
  return insert(tx, isWecomName(wish.name) ? 'wecom' : 'custom', wish)
}

async function insert(tx: Tx, kind: SystemKind, wish: NewSystem): Promise<string> {
  const systemId = await store.insertSystem(tx, {
    name: wish.name,
    kind,
    link: wish.link ?? (kind === 'wecom' ? wecomLink : null),
    pass_on_instructions: wish.passOnInstructions ?? null,
    close_instructions: wish.closeInstructions ?? null,
    note: wish.note ?? null,
  })
  recordSystem(tx, 'system.added', { systemId, kind, name: wish.name })
  return systemId
}

/** What people call WeCom in a form or a spreadsheet. */
const wecomSpellings: ReadonlySet<string> = new Set(['wecom', '企业微信', 'wecom 企业微信', '企业微信 wecom'])

function isWecomName(name: string): boolean {
  return wecomSpellings.has(name.toLowerCase())
}

/** Systems by name, whatever the case of its letters; WeCom by any of its names. */
export async function findSystemsNamed(tx: Tx, names: readonly string[]): Promise<views.NamedSystem[]> {
  const found = await views.findSystemsNamed(tx, names)
  const known = new Set(found.map(({ name }) => name.toLowerCase()))
  const others = names.filter((name) => isWecomName(name) && !known.has(name.toLowerCase()))
  const wecom = others.length === 0 ? undefined : await views.findWecom(tx)
  return wecom === undefined ? found : [...found, ...others.map((name) => ({ ...wecom, name }))]
}

async function requireFreeName(tx: Tx, name: string): Promise<void> {
  const [other] = await findSystemsNamed(tx, [name])
  if (other) throw new Refusal(systemRefusal.nameTaken, { name: other.name }, { systemId: other.systemId })
}

interface Named {
  readonly systemId: string
  readonly kind: string
  readonly name: string
}

function recordSystem(tx: Tx, action: string, { systemId, kind, name }: Named): void {
  record(tx, { action, subjectKind: 'system', subjectId: systemId, effect: { kind }, details: { name } })
}

// The second one where the company has given the first to a system of its own.
const wecomNames = ['WeCom 企业微信', 'WeCom 企业微信 (personal accounts)']
const wecomLink = 'https://work.weixin.qq.com'

/** WRK-5: the system of WeCom personal accounts, made on first use. */
export async function wecomSystemId(tx: Tx): Promise<string> {
  const known = await views.findWecom(tx)
  if (known) return known.systemId
  await store.lockNames(tx)
  const made = await views.findWecom(tx)
  if (made) return made.systemId
  const taken = new Set((await views.findSystemsNamed(tx, wecomNames)).map(({ name }) => name.toLowerCase()))
  const name = wecomNames.find((wished) => !taken.has(wished.toLowerCase()))
  if (name === undefined) throw new Refusal(systemRefusal.nameTaken, { name: wecomNames.join(', ') })
  return insert(tx, 'wecom', { name })
}

/**
 * Changes name, link or words of a system.
 * @throws Refusal `version.changed`, `system.name_taken`, `thing.not_found`
 */
export async function changeSystem(
  tx: Tx,
  { params, body, expectedVersion }: RouteInput<Routes['changeSystem']>,
): Promise<System> {
  await store.lockNames(tx)
  const system = await lockSystem(tx, params.systemId)
  if (expectedVersion !== null && expectedVersion !== system.version) {
    throw new Refusal(httpRefusal.versionChanged, { version: system.version })
  }
  const { name = system.name } = body
  if (name.toLowerCase() !== system.name.toLowerCase()) await requireFreeName(tx, name)
  await store.updateSystem(tx, system, {
    name,
    link: or(body.link, system.link),
    pass_on_instructions: or(body.passOnInstructions, system.pass_on_instructions),
    close_instructions: or(body.closeInstructions, system.close_instructions),
    note: or(body.note, system.note),
  })
  record(tx, {
    action: 'system.changed',
    subjectKind: 'system',
    subjectId: system.system_id,
    effect: { fields: Object.keys(body).sort() },
    details: { name, before: system.name },
  })
  return readSystem(tx, system.system_id)
}

function or<T>(wish: T | undefined, before: T): T {
  return wish === undefined ? before : wish
}

async function lockSystem(tx: Tx, systemId: string): Promise<store.SystemRow> {
  const system = await store.lockSystem(tx, systemId)
  if (!system) throw new Refusal(httpRefusal.notFound, { thing: 'system' })
  return system
}

/**
 * Removes a system in which there never was an account.
 * @throws Refusal `system.in_use`, `thing.not_found`
 */
export async function removeSystem(tx: Tx, systemId: string): Promise<undefined> {
  await store.lockNames(tx)
  const { name, kind } = await lockSystem(tx, systemId)
  const count = await views.countAccounts(tx, systemId)
  if (count > 0) throw new Refusal(systemRefusal.inUse, { name, count })
  await store.deleteSystem(tx, systemId)
  recordSystem(tx, 'system.removed', { systemId, kind, name })
}

/** @throws Refusal `system.name_taken` */
export async function createSystem(tx: Tx, { body }: RouteInput<Routes['createSystem']>): Promise<System> {
  return readSystem(tx, await addSystem(tx, body))
}
