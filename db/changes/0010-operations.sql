-- Long work on many items: told before, watched, paused, and carried on after a crash (NUM-8, HAN-4).
create table operations (
  company_id uuid not null references companies,
  operation_id uuid not null,
  kind text not null,
  state text not null check (state in ('pending_approval', 'running', 'paused', 'done', 'cancelled')),
  given jsonb not null,
  undoes uuid,
  undone_by uuid,
  total integer not null,
  done integer not null default 0,
  waiting integer not null default 0,
  failed integer not null default 0,
  slices integer not null,
  next_slice integer not null default 0,
  settled_slice integer not null default 0,
  gap_minutes integer not null default 0,
  request_id uuid,
  created_by text not null,
  created_by_member_id uuid,
  created_at timestamptz not null,
  due_at timestamptz,
  worked_at timestamptz,
  worked_ms bigint not null default 0,
  worked_items bigint not null default 0,
  finished_at timestamptz,
  version integer not null default 1,
  primary key (company_id, operation_id),
  foreign key (company_id, undoes) references operations (company_id, operation_id),
  check ((state = 'running') = (due_at is not null)),
  check (done + waiting + failed <= total)
);
comment on table operations is 'Work on many items in slices, each slice one transaction; `due_at` says when the next one may run.';
create index operations_by_state on operations (company_id, state, operation_id);
create index operations_undoing on operations (company_id, undoes) where undoes is not null;
create index operations_by_maker on operations (company_id, created_by, created_at);
create index operations_due on operations (due_at, company_id) where state = 'running';
call baton_protect('operations');

create table operation_items (
  company_id uuid not null,
  operation_id uuid not null,
  position integer not null,
  slice integer not null,
  subject_id uuid,
  given jsonb not null,
  state text not null default 'pending' check (state in ('pending', 'done', 'waiting', 'failed')),
  code text,
  outcome jsonb,
  primary key (company_id, operation_id, position),
  foreign key (company_id, operation_id) references operations (company_id, operation_id)
) with (fillfactor = 60);
comment on table operation_items is 'What an operation does one by one, with each result; items of one slice stand or fall together in time.';
create index operation_items_of_slice on operation_items (company_id, operation_id, slice);
call baton_protect('operation_items');
