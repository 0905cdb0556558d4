import { spawn } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { DurableCluster } from './cluster.ts'
import type { BenchCompany } from './company.ts'

export interface Bare {
  readonly cluster: DurableCluster
  readonly company: BenchCompany
  /** Where the script goes. */
  readonly folder: string
  readonly clients: number
}

/**
 * Runs the row writes of one reassignment as single prepared statements, with nothing of Baton around them.
 * @returns transactions per second
 */
export async function runBare(bare: Bare, seconds: number): Promise<number> {
  const { cluster, company, clients } = bare
  const file = path.join(bare.folder, 'reassign.sql')
  await writeFile(file, scriptOf(company, clients))
  const counts = ['-c', String(clients), '-j', '2', '-T', String(seconds)]
  const child = spawn(
    path.join(cluster.programs, 'pgbench'),
    ['-n', '-M', 'prepared', ...counts, '-f', file, cluster.url],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
      // The role and the company under which Baton's own sessions write; set once, which costs pgbench nothing.
      env: { ...process.env, PGOPTIONS: `-c role=baton_serve -c baton.company=${company.companyId}` },
    },
  )
  const said: Buffer[] = []
  child.stdout.on('data', (part: Buffer) => said.push(part))
  child.stderr.on('data', (part: Buffer) => said.push(part))
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', resolve)
  })
  const output = Buffer.concat(said).toString()
  const tps = /^tps = ([\d.]+)/m.exec(output)?.[1]
  const failed = /^number of failed transactions: (\d+)/m.exec(output)?.[1]
  if (code === 0 && tps !== undefined && failed === '0') return Number(tps)
  throw new Error(`pgbench failed:\n${output.slice(-2_000)}`)
}

// Ids that grow with time, as Baton's do: random ones would scatter over the indexes and make the bare side slower.
const timedId = `(lpad(to_hex((extract(epoch from clock_timestamp()) * 1000)::bigint), 12, '0') || substr(gen_random_uuid()::text, 14))::uuid`

// The same rows in the same tables under the same role, each statement as plain as its row allows. Every client has its
// own numbers, as each connection to Baton does; ids come from arrays, so that finding one reads no further row.
function scriptOf({ companyId, memberIds, numberIds }: BenchCompany, clients: number): string {
  const own = `company_id = '${companyId}'`
  const principal = `token-${memberIds[0]}`
  const key = `${own} and principal = '${principal}' and key = :key`
  const effect = {
    from: memberIds[0],
    to: memberIds[1],
    at: '2026-01-01T00:00:00.000000Z',
    visibleFrom: '2026-01-01T00:00:00.000000Z',
    history: 'keep',
    returnAt: null,
    overrode: false,
  }
  const statements = [
    `\\set n random(0, ${Math.floor(numberIds.length / clients) - 1}) * ${clients} + :client_id + 1`,
    `\\set m random(1, ${memberIds.length})`,
    'begin;',
    `insert into idempotency_keys (company_id, principal, key, operation, fingerprint, created_at)
      values ('${companyId}', '${principal}', gen_random_uuid()::text, 'reassignNumber', '${hash('11')}', clock_timestamp())
      on conflict (company_id, principal, key) do nothing returning key \\gset`,
    `select number_id, held_from, visible_from, greatest(clock_timestamp(), held_from + interval '1 microsecond') as at,
      ${arrayOf(memberIds)}[:m] as holder_id, ${timedId} as entry_id
      from numbers where ${own} and number_id = ${arrayOf(numberIds)}[:n] for no key update \\gset`,
    `update assignments set held_to = :at where ${own} and number_id = :number_id and held_from = :held_from;`,
    `insert into assignments (company_id, number_id, held_from, state, holder_id, visible_from, assigned_at, cause, took_licence, moved_by)
      values ('${companyId}', :number_id, :at, 'held', :holder_id, :visible_from, :at, 'reassigned', false, '${principal}');`,
    `update numbers set state = 'held', holder_id = :holder_id, held_from = :at, visible_from = :visible_from, assigned_at = :at,
      licensed = true, version = version + 1, released_at = null where ${own} and number_id = :number_id;`,
    `insert into audit_entries (company_id, entry_id, at, action, actor, subject_kind, subject_id, effect, details_digest, leaf_hash)
      values ('${companyId}', :entry_id, :at, 'number.reassigned', '${json({ kind: 'token', id: memberIds[0], onBehalfOf: null })}',
      'number', :number_id, '${json(effect)}', '${'2'.repeat(64)}', '${hash('33')}');`,
    `insert into audit_details (company_id, entry_id, salt, details)
      values ('${companyId}', :entry_id, '${hash('44')}', '${json({ to: 'Member 100', e164: '+49302000100' })}');`,
    `insert into pgboss.job_common (id, name, data, priority, start_after, created_on, expire_seconds, deletion_seconds, keep_until,
      retry_limit, retry_delay, retry_backoff, policy, blocked, blocking, pending_dependencies)
      values (gen_random_uuid(), 'numbers.tell-holders', '${json({ companyId, numberId: numberIds[0], heldFrom: effect.at })}',
      0, now(), now(), 900, 604800, now() + interval '14 days', 8, 1, true, 'standard', false, false, 0);`,
    `update idempotency_keys set status = 200, answer = '${json(answerOf(effect, numberIds[0]))}', etag = '"9"' where ${key};`,
    'commit;',
  ]
  return `${statements.join('\n')}\n`
}

function answerOf(
  effect: { readonly to: string | undefined; readonly at: string },
  numberId?: string,
): object {
  const number = {
    numberId,
    e164: '+49302000100',
    country: 'DE',
    type: 'landline',
    label: null,
    fields: {},
    state: 'held',
    holder: { memberId: effect.to, name: 'Member 100' },
    heldSince: effect.at,
    availableAt: null,
    undoUntil: effect.at,
    licensed: true,
    waiting: [],
    version: 9,
    createdAt: effect.at,
  }
  return { outcome: 'done', number, move: null, undoUntil: effect.at, deleteRequestId: null, version: 9 }
}

// In a pgbench script a colon before a letter begins a variable.
function json(value: object): string {
  return JSON.stringify(value).replaceAll('":', '": ')
}

function hash(byte: string): string {
  return `\\x${byte.repeat(32)}`
}

function arrayOf(ids: readonly string[]): string {
  return `('{${ids.join(',')}}'::uuid[])`
}
