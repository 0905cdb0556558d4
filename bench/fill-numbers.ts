import type pg from 'pg'

export interface Filling {
  readonly companyId: string
  readonly members: number
  readonly numbers: number
}

// An id of its own for each row `i`.
function id(prefix: string): string {
  return `('${prefix}-0000-7000-8000-' || lpad(i::text, 12, '0'))::uuid`
}

/**
 * Fills a company of the bench with members (`F…`) and numbers that they hold, past the API, which would take minutes
 * for it. Cool-downs are long over; each holds as many as the next.
 */
export async function fillNumbers(superuser: pg.Client, filling: Filling): Promise<void> {
  const { companyId, members, numbers } = filling
  const held = `now() - interval '1 day'`
  await superuser.query(
    `insert into members (company_id, member_id, staff_code, name, role, status, created_at)
     select $1, ${id('0f000001')}, 'F' || i, 'Member ' || i, 'member', 'active', now() from generate_series(1, $2::integer) i`,
    [companyId, members],
  )
  await superuser.query(
    `insert into numbers (company_id, number_id, e164, country, type, state, holder_id, held_from, visible_from, assigned_at, licensed, created_at)
     select $1, ${id('0f000002')}, '+49301' || lpad(i::text, 7, '0'), 'DE', 'landline', 'held',
       ('0f000001-0000-7000-8000-' || lpad((1 + i % $3::integer)::text, 12, '0'))::uuid, ${held}, ${held}, ${held}, true, ${held}
     from generate_series(1, $2::integer) i`,
    [companyId, numbers, members],
  )
  await superuser.query(
    `insert into assignments (company_id, number_id, held_from, state, holder_id, visible_from, assigned_at, cause, moved_by)
     select company_id, number_id, held_from, state, holder_id, visible_from, assigned_at, 'assigned', 'bench' from numbers
     where company_id = $1 and number_id::text like '0f000002%'`,
    [companyId],
  )
  await superuser.query(
    'update subscriptions set licences_total = $2, licences_used = $2 where company_id = $1',
    [companyId, numbers + 10],
  )
}
