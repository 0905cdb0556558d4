-- Human steps, the outside systems of a company, and who holds an account there (WRK-3, WRK-5, WRK-6).
create table tasks (
  company_id uuid not null references companies,
  task_id uuid not null,
  kind text not null,
  state text not null check (state in ('planned', 'claimed', 'observed', 'cancelled')),
  subject_kind text not null,
  subject_id uuid not null,
  origin_kind text,
  origin_id uuid,
  for_member_id uuid,
  for_name text,
  for_contact text,
  is_personal boolean not null default false,
  template text not null,
  particulars jsonb not null,
  link text,
  due_at timestamptz not null,
  opened_by text not null,
  opened_by_member_id uuid,
  opened_at timestamptz not null,
  claimed_by text,
  claimed_at timestamptz,
  claim_note text,
  consented_at timestamptz,
  observed_by text,
  observed_at timestamptz,
  observed_how text check (observed_how in ('read_back', 'evidence', 'attested')),
  observed_note text,
  end_reason text,
  next_reminder_at timestamptz,
  reminded_count integer not null default 0,
  version integer not null default 1,
  primary key (company_id, task_id),
  foreign key (company_id, for_member_id) references members (company_id, member_id),
  check ((origin_kind is null) = (origin_id is null)),
  check (for_member_id is null or for_name is null),
  check ((state = 'observed') = (observed_at is not null)),
  check (next_reminder_at is null or state in ('planned', 'claimed'))
);
comment on table tasks is 'What a person has to do, with instructions by template; done only when somebody saw it (WRK-3).';
create index tasks_by_state on tasks (company_id, state, task_id);
create index tasks_by_due on tasks (company_id, due_at, task_id);
create index tasks_of_member on tasks (company_id, for_member_id, task_id) where for_member_id is not null;
create index tasks_of_origin on tasks (company_id, origin_kind, origin_id) where origin_id is not null;
create index tasks_of_subject on tasks (company_id, subject_id, task_id);
create index tasks_to_remind on tasks (next_reminder_at, company_id, task_id) where next_reminder_at is not null;
call baton_protect('tasks');

create table task_evidence (
  company_id uuid not null,
  task_id uuid not null,
  media_id uuid not null,
  content_type text not null,
  byte_count bigint not null,
  sha256 bytea not null,
  file_name text,
  added_by text not null,
  added_at timestamptz not null,
  primary key (company_id, task_id, media_id),
  foreign key (company_id, task_id) references tasks (company_id, task_id)
);
comment on table task_evidence is 'Files that show that a task is done; their bytes lie in the media folder.';
create unique index task_evidence_once on task_evidence (company_id, task_id, sha256);
create index task_evidence_by_media on task_evidence (company_id, media_id);
call baton_protect('task_evidence');

create table task_links (
  company_id uuid not null,
  token_hash bytea not null,
  task_id uuid not null,
  created_by text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  primary key (company_id, token_hash),
  foreign key (company_id, task_id) references tasks (company_id, task_id)
);
comment on table task_links is 'One-use links to a task; the token names its company, so that it is looked up inside that realm.';
create index task_links_of_task on task_links (company_id, task_id);
call baton_protect('task_links');

create table systems (
  company_id uuid not null references companies,
  system_id uuid not null,
  name text not null,
  kind text not null check (kind in ('wecom', 'custom')),
  link text,
  pass_on_instructions text,
  close_instructions text,
  note text,
  created_at timestamptz not null,
  version integer not null default 1,
  primary key (company_id, system_id)
);
comment on table systems is 'Outside systems in which the company has accounts: WeCom, and those that it adds itself (WRK-6).';
create unique index systems_by_name on systems (company_id, lower(name));
create unique index systems_wecom on systems (company_id) where kind = 'wecom';
call baton_protect('systems');

create table work_accounts (
  company_id uuid not null,
  work_account_id uuid not null,
  system_id uuid not null,
  login text not null,
  holder_id uuid,
  state text not null check (state in ('held', 'deletion_requested', 'released', 'closed')),
  deletion_until timestamptz,
  number_id uuid,
  number_use text check (number_use in ('login', 'verification', 'both')),
  held_since timestamptz not null,
  note text,
  created_at timestamptz not null,
  version integer not null default 1,
  primary key (company_id, work_account_id),
  foreign key (company_id, system_id) references systems (company_id, system_id),
  foreign key (company_id, holder_id) references members (company_id, member_id),
  foreign key (company_id, number_id) references numbers (company_id, number_id),
  check ((number_id is null) = (number_use is null)),
  check ((state = 'deletion_requested') = (deletion_until is not null)),
  check (state in ('held', 'deletion_requested') or (holder_id is null and number_id is null))
);
comment on table work_accounts is 'Accounts in outside systems: who holds one now, and which number hangs on it. Without a holder the company keeps it.';
create index work_accounts_of_system on work_accounts (company_id, system_id, work_account_id);
create index work_accounts_of_holder on work_accounts (company_id, holder_id, work_account_id) where holder_id is not null;
create index work_accounts_of_number on work_accounts (company_id, number_id) where number_id is not null;
create unique index work_accounts_by_login on work_accounts (company_id, system_id, lower(login))
  where state in ('held', 'deletion_requested');
call baton_protect('work_accounts');

create table work_account_holders (
  company_id uuid not null,
  work_account_id uuid not null,
  held_from timestamptz not null,
  held_to timestamptz,
  holder_id uuid,
  primary key (company_id, work_account_id, held_from),
  foreign key (company_id, work_account_id) references work_accounts (company_id, work_account_id),
  foreign key (company_id, holder_id) references members (company_id, member_id),
  check (held_to > held_from)
);
comment on table work_account_holders is 'Who held an account in an outside system, from when to when; a row without a holder: the company kept it.';
create unique index work_account_holders_now on work_account_holders (company_id, work_account_id) where held_to is null;
create index work_account_holders_of_member on work_account_holders (company_id, holder_id) where holder_id is not null;
call baton_protect('work_account_holders');
