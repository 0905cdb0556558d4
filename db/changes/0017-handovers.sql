-- Handovers: everything a member holds passes on by a plan, is run in slices, can be taken back, and is proven (HAN-1…12).
create table handovers (
  company_id uuid not null references companies,
  handover_id uuid not null,
  kind text not null check (kind in ('leave', 'move', 'loan')),
  leaver_id uuid not null,
  already_left boolean not null,
  state text not null check (state in ('draft', 'pending_approval', 'approved', 'scheduled', 'running', 'paused', 'stopped',
    'finished', 'closed', 'undoing', 'undone', 'cancelled')),
  effective_at timestamptz not null,
  time_zone text not null,
  ends_at timestamptz,
  default_successor_id uuid,
  fallback_id uuid,
  choices jsonb not null,
  reason text,
  plan_hash text not null,
  planned_by text not null,
  planned_at timestamptz not null,
  asked_by text,
  asked_at timestamptz,
  request_id uuid,
  approved_by text,
  approved_at timestamptz,
  ordered_by text,
  ordered_by_member_id uuid,
  ordered_at timestamptz,
  despite_blockers boolean not null default false,
  started_at timestamptz,
  stopped_at timestamptz,
  stop_cause text check (stop_cause in ('drift', 'role', 'acceptance', 'approval', 'blocked')),
  difference jsonb,
  phase text,
  due_at timestamptz,
  total integer not null default 0,
  observed integer not null default 0,
  waiting integer not null default 0,
  failed integer not null default 0,
  skipped integer not null default 0,
  handed integer not null default 0,
  undone integer not null default 0,
  finished_at timestamptz,
  outcome jsonb,
  undo_until timestamptz,
  undo_by text,
  undo_at timestamptz,
  undone_at timestamptz,
  closed_at timestamptz,
  created_by text not null,
  created_by_member_id uuid,
  created_at timestamptz not null,
  version integer not null default 1,
  primary key (company_id, handover_id),
  foreign key (company_id, leaver_id) references members (company_id, member_id),
  foreign key (company_id, default_successor_id) references members (company_id, member_id),
  foreign key (company_id, fallback_id) references members (company_id, member_id),
  check ((kind = 'loan') = (ends_at is not null)),
  check (due_at is null or state in ('scheduled', 'running', 'undoing', 'finished'))
);
comment on table handovers is 'What a member holds passes on: who, when, to whom, and how far it is; `due_at` says when its next slice may run.';
create index handovers_by_state on handovers (company_id, state, handover_id);
create index handovers_of_leaver on handovers (company_id, leaver_id, handover_id);
create index handovers_by_time on handovers (company_id, effective_at, handover_id);
create index handovers_by_orderer on handovers (company_id, ordered_by, ordered_at) where ordered_by is not null;
create index handovers_by_asker on handovers (company_id, asked_by, asked_at) where asked_by is not null;
create index handovers_to_successor on handovers (company_id, default_successor_id) where default_successor_id is not null;
create index handovers_to_fallback on handovers (company_id, fallback_id) where fallback_id is not null;
create index handovers_due on handovers (due_at, company_id) where due_at is not null;
call baton_protect('handovers');

create table handover_items (
  company_id uuid not null,
  handover_id uuid not null,
  item_id uuid not null,
  position integer not null,
  phase text not null,
  kind text not null,
  holding_id uuid not null,
  label text,
  way text not null check (way in ('pass_on', 'park', 'end', 'leave')),
  to_member_id uuid,
  history text check (history in ('keep', 'hide', 'delete')),
  return_at timestamptz,
  is_reversible boolean not null,
  state text not null default 'planned' check (state in ('planned', 'attempted', 'waiting', 'observed', 'failed', 'skipped',
    'handed', 'undone')),
  waits_for text check (waits_for in ('cooldown', 'check', 'task', 'approval', 'rest')),
  due_at timestamptz,
  reference uuid,
  attempts integer not null default 0,
  before jsonb,
  after jsonb,
  refusal_code text,
  refusal_values jsonb,
  reason text,
  settled_by text,
  task_id uuid,
  attempted_at timestamptz,
  observed_at timestamptz,
  undone_at timestamptz,
  primary key (company_id, handover_id, item_id),
  unique (company_id, handover_id, position),
  foreign key (company_id, handover_id) references handovers (company_id, handover_id),
  foreign key (company_id, to_member_id) references members (company_id, member_id)
) with (fillfactor = 60);
comment on table handover_items is 'One holding in a handover: what was decided for it, what it was before and after, and how far it is. `label` is the one thing in it that may have to be erased.';
create index handover_items_by_state on handover_items (company_id, handover_id, state, position);
create index handover_items_to_member on handover_items (company_id, to_member_id, handover_id) where to_member_id is not null;
create index handover_items_of_task on handover_items (company_id, task_id) where task_id is not null;
create index handover_items_of_reference on handover_items (company_id, reference) where reference is not null;
call baton_protect('handover_items');

create table handover_acceptances (
  company_id uuid not null,
  handover_id uuid not null,
  member_id uuid not null,
  state text not null check (state in ('planned', 'asked', 'informed', 'accepted', 'declined')),
  asked_at timestamptz,
  decided_at timestamptz,
  reason text,
  primary key (company_id, handover_id, member_id),
  foreign key (company_id, handover_id) references handovers (company_id, handover_id),
  foreign key (company_id, member_id) references members (company_id, member_id)
);
comment on table handover_acceptances is 'Who is to receive something in a handover, and whether they said yes (HAN-6).';
create index handover_acceptances_of_member on handover_acceptances (company_id, member_id, handover_id);
call baton_protect('handover_acceptances');
