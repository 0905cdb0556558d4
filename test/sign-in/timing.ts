import type { World } from '../world.ts'

/** Times of two kinds of requests, in milliseconds, taken in turns. */
export interface Times {
  readonly known: readonly number[]
  readonly unknown: readonly number[]
}

export interface Comparison {
  readonly medianDifferenceMs: number
  /** How often a known one took longer than an unknown one: 0.5 where nobody can tell them apart. */
  readonly auc: number
}

/** Tells two kinds of requests apart by their times, as an attacker would. */
export function compare({ known, unknown }: Times): Comparison {
  return {
    medianDifferenceMs: Math.abs(medianOf(known) - medianOf(unknown)),
    auc: chanceOfLonger(known, unknown),
  }
}

function medianOf(times: readonly number[]): number {
  const sorted = [...times].sort((one, other) => one - other)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

// Mann-Whitney: the ranks of the known ones among all.
function chanceOfLonger(known: readonly number[], unknown: readonly number[]): number {
  const all = [
    ...known.map((time) => ({ time, isKnown: true })),
    ...unknown.map((time) => ({ time, isKnown: false })),
  ].sort((one, other) => one.time - other.time)
  const ranks = all.reduce((sum, { isKnown }, index) => (isKnown ? sum + index + 1 : sum), 0)
  return (ranks - (known.length * (known.length + 1)) / 2) / (known.length * unknown.length)
}

/** A request that is timed: the address is known in one case and unknown in the other. */
export type Probe = (address: string, network: string) => { readonly url: string; readonly payload: object }

let networks = 0

/**
 * Sends the probe for known and unknown addresses in turns, in random order within each pair, and times the answers.
 * Addresses are used ten times at most an hour; the clock moves on between rounds.
 */
export async function timesOf(
  world: World,
  { pairs, probe, known, unknown, isSpread = true }: ProbePlan,
): Promise<Times> {
  const times = { known: [] as number[], unknown: [] as number[] }
  for (let pair = 0; pair < pairs; pair++) {
    const index = pair % known.length
    if (isSpread && pair > 0 && index === 0) world.clock.advance({ minutes: 7 })
    const kinds = Math.random() < 0.5 ? (['known', 'unknown'] as const) : (['unknown', 'known'] as const)
    for (const kind of kinds) {
      const address = (kind === 'known' ? known : unknown)[index] ?? ''
      times[kind].push(await timeOf(world, probe, address))
    }
  }
  return times
}

export interface ProbePlan {
  readonly pairs: number
  readonly probe: Probe
  readonly known: readonly string[]
  readonly unknown: readonly string[]
  /** False where what is probed would expire meanwhile. */
  readonly isSpread?: boolean
}

async function timeOf(world: World, probe: Probe, address: string): Promise<number> {
  networks += 1
  const network = `10.${(networks >> 16) & 255}.${(networks >> 8) & 255}.${networks & 255}`
  const { url, payload } = probe(address, network)
  const begun = performance.now()
  const { statusCode } = await world.app.http.inject({ method: 'POST', url, payload, remoteAddress: network })
  const time = performance.now() - begun
  if (statusCode >= 429) throw new Error(`a probe was answered ${statusCode}`)
  return time
}

/** Accounts with an e-mail address each, and as many addresses of the same length that nobody has. */
export async function plantAddresses(
  world: World,
  count: number,
): Promise<{ known: string[]; unknown: string[] }> {
  const known = Array.from({ length: count }, (_, index) => `known${1000 + index}@timing.example`)
  const unknown = known.map((address) => address.replace('known', 'nobod'))
  await world.tamper(
    `with made as (
        insert into accounts (account_id, display_name, password_hash, created_at)
        select gen_random_uuid(), 'Timed', (select password_hash from accounts where password_hash is not null limit 1), now()
        from unnest($1::text[]) returning account_id),
      paired as (
        select account_id, value from (select account_id, row_number() over () as n from made) a
        join (select value, row_number() over () as n from unnest($1::text[]) value) b using (n))
    insert into identifiers (kind, value, account_id, can_login, can_verify, bound_at, proven_how)
    select 'email', value, account_id, true, true, now(), 'code' from paired`,
    [known],
  )
  return { known, unknown }
}
