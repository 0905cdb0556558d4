create table requests (
  company_id uuid not null references companies,
  request_id uuid not null,
  kind text not null check (kind in ('delete_history', 'over_limit', 'proposal', 'country_check')),
  state text not null check (state in ('open', 'approved', 'rejected', 'withdrawn')),
  subject_kind text not null,
  subject_id uuid not null,
  payload jsonb not null,
  reason text,
  requested_by text not null,
  created_at timestamptz not null,
  decided_by text,
  decided_at timestamptz,
  decision_reason text,
  version integer not null default 1,
  primary key (company_id, request_id)
);
comment on table requests is 'The one noun for a second person: history deletes, limits, proposals of leads, country checks.';
create index requests_by_state on requests (company_id, state, request_id);
create index requests_of_subject on requests (company_id, subject_kind, subject_id, request_id);
call baton_protect('requests');

create table legal_holds (
  company_id uuid not null references companies,
  hold_id uuid not null,
  subject_kind text not null check (subject_kind in ('member', 'number', 'customer')),
  subject_id uuid not null,
  reason text not null,
  placed_by text not null,
  placed_at timestamptz not null,
  first_lifted_by text,
  first_lifted_at timestamptz,
  first_lift_reason text,
  lifted_by text,
  lifted_at timestamptz,
  lift_reason text,
  primary key (company_id, hold_id),
  check (lifted_by is distinct from first_lifted_by or lifted_by is null)
);
comment on table legal_holds is 'Beats deletion, erasure and retention (ALL-7); two different people lift it.';
create index legal_holds_of_subject on legal_holds (company_id, subject_kind, subject_id) where lifted_at is null;
call baton_protect('legal_holds');
