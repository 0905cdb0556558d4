import type { World } from './world.ts'

const at = "timestamptz '2026-01-01T00:00:00Z'"

/** An id of a filled company, as SQL over the row number `i`, or of one row. */
function idOf(kind: number, index: number, row = "lpad(i::text, 12, '0')"): string {
  return `('0${kind}00000${index}-0000-7000-8000-' || ${row})::uuid`
}

/** The id of one filled member, number (2), move (3) or department (4). */
export function filledId(kind: 1 | 2 | 3 | 4, index: number, row: number): string {
  return `0${kind}00000${index}-0000-7000-8000-${String(row).padStart(12, '0')}`
}

/**
 * Fills a company past row-level security, as a restore would, so that PostgreSQL has reason to use its indexes:
 * 5,000 members, 4,000 departments, 20,000 held numbers, and what lists read beside them. `analyze` after the last one.
 */
export async function fillCompany(world: World, companyId: string, index: number): Promise<void> {
  const holder = idOf(1, index, "lpad((1 + i % 5000)::text, 12, '0')")
  const department = idOf(4, index, "lpad((1 + i % 200)::text, 12, '0')")
  const statements = [
    `insert into members (company_id, member_id, staff_code, name, role, status, created_at)
     select $1, ${idOf(1, index)}, 'S' || i, 'Member ' || i, 'member', 'active', ${at} + i * interval '1 second' from generate_series(1, 5000) i`,
    `insert into departments (company_id, department_id, name, created_at)
     select $1, ${idOf(4, index)}, 'Department ' || i, ${at} from generate_series(1, 4000) i`,
    `insert into member_departments (company_id, member_id, department_id)
     select $1, ${idOf(1, index)}, ${department} from generate_series(1, 5000) i`,
    `insert into numbers (company_id, number_id, e164, country, type, state, holder_id, held_from, visible_from, licensed, created_at)
     select $1, ${idOf(2, index)}, '+49${index}' || (3000000 + i), 'DE', 'landline', 'held', ${holder}, ${at}, ${at}, true,
       ${at} + i * interval '1 second' from generate_series(1, 20000) i`,
    `insert into assignments (company_id, number_id, held_from, state, holder_id, visible_from, cause, moved_by)
     select company_id, number_id, held_from, state, holder_id, visible_from, 'assigned', 'test' from numbers where company_id = $1`,
    `insert into search_tokens (company_id, word, token, subject_id)
     select company_id, 'number', substr(e164, s), number_id from numbers, generate_series(6, 10) s where company_id = $1`,
    `insert into search_tokens (company_id, word, token, subject_id)
     select company_id, 'member', 'member' || substr(name, 8), member_id from members where company_id = $1`,
    `insert into scheduled_moves (company_id, move_id, number_id, kind, to_member_id, history, due_at, state, scheduled_by, created_at)
     select $1, ${idOf(3, index)}, ${idOf(2, index)}, 'move', ${idOf(1, index)}, 'keep', ${at}, 'done', 'test', ${at} from generate_series(1, 5000) i`,
    `insert into history_erasures (company_id, erasure_id, number_id, request_id, cut_off, due_at, state)
     select $1, ${idOf(5, index)}, ${idOf(2, index)}, ${idOf(5, index)}, ${at}, ${at}, 'rejected' from generate_series(1, 5000) i`,
    `insert into operations (company_id, operation_id, kind, state, given, total, slices, created_by, created_at)
     select $1, ${idOf(2, index)}, 'number_moves', 'done', '{}', 0, 0, 'test', ${at} from generate_series(1, 5000) i`,
    `insert into operation_items (company_id, operation_id, position, slice, subject_id, given, state)
     select $1, '${filledId(2, index, 7)}', i, 0, ${idOf(2, index)}, '{}', 'done' from generate_series(1, 20000) i`,
    `insert into imports (company_id, import_id, file_name, size_bytes, sha256, sheets, report, recognition, options, operation_id, created_by, created_at)
     select $1, ${idOf(2, index)}, 'staff.csv', 1, '\\x00', '[]', '{}', '{"sheet": 0, "headerRow": 1}', '{}',
       case when i % 10 > 0 then ${idOf(2, index)} end, 'test', ${at} from generate_series(1, 5000) i`,
    `insert into import_rows (company_id, import_id, sheet, row_number, cells, verdict, problem_codes)
     select $1, '${filledId(2, index, 7)}', 0, i, '["S1"]', case when i % 100 = 0 then 'error' else 'new' end,
       case when i % 100 = 0 then ' missing:name ' end from generate_series(1, 20000) i`,
    `insert into handovers (company_id, handover_id, kind, leaver_id, already_left, state, effective_at, time_zone, choices, plan_hash,
       planned_by, planned_at, created_by, created_at)
     select $1, ${idOf(2, index)}, 'leave', ${holder}, false, case when i % 2 = 1 then 'draft' else 'finished' end,
       ${at} + i * interval '1 second', 'UTC', '[]', repeat('0', 64), 'test', ${at}, 'test', ${at} from generate_series(1, 5000) i`,
    `insert into handover_items (company_id, handover_id, item_id, position, phase, kind, holding_id, label, way, to_member_id, is_reversible)
     select $1, case when i <= 10000 then '${filledId(2, index, 7)}'::uuid else ${idOf(2, index, "lpad((1 + i % 5000)::text, 12, '0')")} end,
       ${idOf(3, index)}, i, 'numbers', 'number', ${idOf(2, index)}, '+49', 'pass_on', ${holder}, true from generate_series(1, 20000) i`,
    `insert into handover_acceptances (company_id, handover_id, member_id, state)
     select $1, ${idOf(2, index)}, ${holder}, 'informed' from generate_series(1, 5000) i`,
    `insert into conversations (company_id, number_id, other_party, last_at, last_asked_at)
     select $1, ${idOf(2, index)}, '+86138' || lpad(i::text, 8, '0'), ${at}, case when i % 10 = 0 then ${at} end from generate_series(1, 5000) i`,
    `insert into requests (company_id, request_id, kind, state, subject_kind, subject_id, payload, requested_by, created_at)
     select $1, ${idOf(5, index)}, 'country_check', 'approved', 'number', ${idOf(2, index)}, '{}', 'test', ${at} from generate_series(1, 5000) i`,
    `insert into legal_holds (company_id, hold_id, subject_kind, subject_id, reason, placed_by, placed_at, lifted_by, lifted_at)
     select $1, ${idOf(6, index)}, 'number', ${idOf(2, index)}, 'case', 'test', ${at}, 'other', ${at} from generate_series(1, 5000) i`,
    `insert into notices (company_id, notice_id, member_id, kind, particulars, created_at)
     select $1, ${idOf(7, index)}, ${holder}, 'number.left_you', '{}', ${at} from generate_series(1, 5000) i`,
    `insert into api_tokens (company_id, token_id, token_hash, member_id, name, scopes, created_at)
     select $1, ${idOf(8, index)}, sha256(i::text::bytea), ${holder}, 'Script', '{numbers:read}', ${at} from generate_series(1, 5000) i`,
    `insert into invitations (company_id, invitation_id, member_id, language, token_hash, inviter_role, member_role, created_by, created_at, sent_at,
       expires_at, ended_at, ended_how)
     select $1, ${idOf(2, index)}, ${holder}, 'en', sha256(('invitation' || i)::bytea), 'owner', 'member', 'test', ${at}, ${at}, ${at}, ${at}, 'revoked'
     from generate_series(1, 20000) i`,
    `insert into deletion_requests (company_id, request_id, member_id, state, asked_by, asked_at, ended_at)
     select $1, ${idOf(2, index)}, ${holder}, 'withdrawn', 'test', ${at}, ${at} from generate_series(1, 20000) i`,
    `insert into audit_entries (company_id, entry_id, at, action, actor, subject_kind, subject_id, effect, leaf_hash, seq)
     select $1, ${idOf(9, index)}, ${at}, 'number.reassigned', '{"kind":"member","id":"test"}', 'number', ${idOf(2, index)}::text, '{}',
       sha256(i::text::bytea), 1000000 + i from generate_series(1, 20000) i`,
    `insert into audit_details (company_id, entry_id, salt, details) select company_id, entry_id, '\\x00', '{}' from audit_entries
     where company_id = $1 and seq is not null`,
    `insert into audit_checkpoints (company_id, size, note, sealed_at) select $1, i, 'note', ${at} from generate_series(1, 5000) i`,
    `insert into tasks (company_id, task_id, kind, state, subject_kind, subject_id, for_member_id, template, particulars, due_at,
       opened_by, opened_at, observed_at)
     select $1, ${idOf(2, index)}, 'by_hand', 'observed', 'member', ${idOf(1, index, "lpad((1 + i % 5000)::text, 12, '0')")}, ${holder},
       'own_words', '{}', ${at} + i * interval '1 second', 'test', ${at}, ${at} from generate_series(1, 20000) i`,
    `insert into task_evidence (company_id, task_id, media_id, content_type, byte_count, sha256, added_by, added_at)
     select $1, ${idOf(2, index)}, ${idOf(2, index)}, 'image/png', 1, sha256(i::text::bytea), 'test', ${at} from generate_series(1, 5000) i`,
    `insert into systems (company_id, system_id, name, kind, created_at)
     select $1, ${idOf(2, index)}, 'System ' || i, 'custom', ${at} from generate_series(1, 5000) i`,
    `insert into work_accounts (company_id, work_account_id, system_id, login, holder_id, state, number_id, number_use, held_since, created_at)
     select $1, ${idOf(2, index)}, ${idOf(2, index, "lpad((1 + i % 5000)::text, 12, '0')")}, 'login-' || i, ${holder}, 'held',
       ${idOf(2, index)}, 'both', ${at}, ${at} from generate_series(1, 20000) i`,
  ]
  for (const statement of statements) await world.tamper(statement, [companyId])
}

/** Companies beside the filled ones, so that the table of companies is no small one. */
export async function fillCompanies(world: World): Promise<void> {
  const id = "('0a000000-0000-7000-8000-' || lpad(i::text, 12, '0'))::uuid"
  await world.tamper(
    `insert into companies (company_id, slug, name, time_zone, language, created_at)
     select ${id}, 'filled-' || i, 'Filled ' || i, 'UTC', 'en', ${at} from generate_series(1, 5000) i`,
  )
  await world.tamper(
    `insert into subscriptions (company_id, tier, licences_total) select company_id, 'connect', 1 from companies
     on conflict (company_id) do nothing`,
  )
}
