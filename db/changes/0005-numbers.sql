create table number_registry (
  e164 text primary key check (e164 ~ '^\+[1-9][0-9]{3,14}$'),
  company_id uuid not null,
  number_id uuid not null
);
comment on table number_registry is 'One owner per number over the whole installation; global, reached by serve only through functions.';

create table numbers (
  company_id uuid not null references companies,
  number_id uuid not null,
  e164 text not null check (e164 ~ '^\+[1-9][0-9]{3,14}$'),
  country text not null check (country ~ '^([A-Z]{2}|001)$'),
  type text not null check (type in ('mobile', 'landline', 'toll_free')),
  label text,
  fields jsonb not null default '{}',
  state text not null check (state in ('held', 'parked', 'released')),
  holder_id uuid,
  held_from timestamptz not null,
  visible_from timestamptz not null,
  assigned_at timestamptz,
  licensed boolean not null default false,
  version integer not null default 1,
  created_at timestamptz not null,
  released_at timestamptz,
  primary key (company_id, number_id),
  foreign key (company_id, holder_id) references members (company_id, member_id),
  check ((state = 'held') = (holder_id is not null)),
  check (state <> 'held' or licensed)
);
comment on table numbers is 'A phone number that a company owns, with a copy of its open assignment, so that a move locks and reads one row.';
create unique index numbers_by_e164 on numbers (company_id, e164) where state <> 'released';
create index numbers_of_holder on numbers (company_id, holder_id, number_id) where holder_id is not null;
create index numbers_by_age on numbers (company_id, created_at, number_id);
create index numbers_by_line on numbers (company_id, e164, number_id);
create index numbers_by_state on numbers (company_id, state, number_id);
call baton_protect('numbers');

create table assignments (
  company_id uuid not null,
  number_id uuid not null,
  held_from timestamptz not null,
  held_to timestamptz,
  state text not null check (state in ('held', 'parked', 'released')),
  holder_id uuid,
  visible_from timestamptz not null,
  assigned_at timestamptz,
  cause text not null check (cause in ('added', 'assigned', 'reassigned', 'lent', 'parked', 'undone', 'returned', 'released')),
  took_licence boolean not null default false,
  moved_by text not null,
  primary key (company_id, number_id, held_from),
  foreign key (company_id, number_id) references numbers (company_id, number_id),
  foreign key (company_id, holder_id) references members (company_id, member_id),
  check (held_to > held_from),
  check ((state = 'held') = (holder_id is not null)),
  -- Custody is a chain: each closed row ends where exactly one other begins, and one row is open. So there is
  -- neither overlap nor gap (NUM-1), kept by btrees alone.
  constraint custody_is_one_chain unique nulls not distinct (company_id, number_id, held_to),
  constraint custody_has_no_gap foreign key (company_id, number_id, held_to)
    references assignments (company_id, number_id, held_from) deferrable initially deferred
);
comment on table assignments is 'The custody ledger: who held a number from a time to a time; parked and released are rows of their own.';
create index assignments_of_holder on assignments (company_id, holder_id, held_from) where holder_id is not null;
create index assignments_by_mover on assignments (company_id, moved_by, held_from)
  where cause in ('assigned', 'reassigned', 'lent');
call baton_protect('assignments');

create table scheduled_moves (
  company_id uuid not null,
  move_id uuid not null,
  number_id uuid not null,
  kind text not null check (kind in ('move', 'return')),
  to_member_id uuid not null,
  expected_holder_id uuid,
  history text not null check (history in ('keep', 'hide', 'delete')),
  reason text,
  due_at timestamptz not null,
  time_zone text,
  return_at timestamptz,
  restore_visible_from timestamptz,
  state text not null check (state in ('scheduled', 'pending_check', 'pending_approval', 'done', 'cancelled', 'failed')),
  request_id uuid,
  override_reason text,
  approved_by text,
  checked_by text,
  scheduled_by text not null,
  scheduled_by_member_id uuid,
  created_at timestamptz not null,
  finished_at timestamptz,
  refusal_code text,
  primary key (company_id, move_id),
  foreign key (company_id, number_id) references numbers (company_id, number_id),
  foreign key (company_id, to_member_id) references members (company_id, member_id)
);
comment on table scheduled_moves is 'Moves that wait (NUM-11, NUM-14, NUM-16): for a time, a check or an approval; and the return of a loan.';
create unique index scheduled_moves_one_waiting on scheduled_moves (company_id, number_id, kind)
  where state in ('scheduled', 'pending_check', 'pending_approval');
create index scheduled_moves_to_member on scheduled_moves (company_id, to_member_id, state);
create index scheduled_moves_by_state on scheduled_moves (company_id, state, move_id);
create index scheduled_moves_by_scheduler on scheduled_moves (company_id, scheduled_by, created_at);
create index scheduled_moves_due on scheduled_moves (due_at) where state = 'scheduled';
call baton_protect('scheduled_moves');

create table history_erasures (
  company_id uuid not null,
  erasure_id uuid not null,
  number_id uuid not null,
  request_id uuid not null,
  cut_off timestamptz not null,
  due_at timestamptz not null,
  state text not null check (state in ('awaiting_approval', 'approved', 'done', 'cancelled', 'rejected')),
  finished_at timestamptz,
  primary key (company_id, erasure_id),
  foreign key (company_id, number_id) references numbers (company_id, number_id)
);
comment on table history_erasures is 'History that is to be deleted after the undo window (NUM-5): everything before cut_off; late arrivals are refused.';
create index history_erasures_due on history_erasures (due_at) where state = 'approved';
create index history_erasures_of_number on history_erasures (company_id, number_id, cut_off);
call baton_protect('history_erasures');
