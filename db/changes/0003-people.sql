create table departments (
  company_id uuid not null references companies,
  department_id uuid not null,
  parent_id uuid,
  name text not null,
  position integer not null default 0,
  version integer not null default 1,
  created_at timestamptz not null,
  primary key (company_id, department_id),
  unique nulls not distinct (company_id, parent_id, name),
  foreign key (company_id, parent_id) references departments (company_id, department_id)
);
comment on table departments is 'The tree of departments; a null parent is the top.';
call baton_protect('departments');

create table members (
  company_id uuid not null references companies,
  member_id uuid not null,
  staff_code text not null,
  name text not null,
  alias text,
  email text,
  mobile text,
  title text,
  manager_id uuid,
  role text not null check (role in ('owner', 'admin', 'lead', 'auditor', 'member')),
  status text not null check (status in ('active', 'suspended', 'leaving', 'left')),
  account_id uuid,
  version integer not null default 1,
  created_at timestamptz not null,
  left_at timestamptz,
  primary key (company_id, member_id),
  unique (company_id, staff_code),
  unique (company_id, account_id),
  foreign key (company_id, manager_id) references members (company_id, member_id)
);
comment on table members is 'A person in one company. Employment status and the link to an account are apart.';
create index members_by_name on members (company_id, name, member_id);
create index members_by_age on members (company_id, created_at, member_id);
create index members_by_status on members (company_id, status, member_id);
create index members_by_role on members (company_id, role, member_id);
create index members_of_manager on members (company_id, manager_id) where manager_id is not null;
call baton_protect('members');

create table member_departments (
  company_id uuid not null,
  member_id uuid not null,
  department_id uuid not null,
  is_lead boolean not null default false,
  primary key (company_id, member_id, department_id),
  foreign key (company_id, member_id) references members (company_id, member_id),
  foreign key (company_id, department_id) references departments (company_id, department_id)
);
comment on table member_departments is 'Which departments a member is in, and leads.';
create index member_departments_by_department on member_departments (company_id, department_id, member_id);
call baton_protect('member_departments');

create table search_tokens (
  company_id uuid not null references companies,
  word text not null check (word in ('member', 'number')),
  token text collate "C" not null,
  subject_id uuid not null,
  primary key (company_id, word, token, subject_id)
);
comment on table search_tokens is 'Search by =, >= and < only: leakproof operators are the ones that reach an index under row-level security.';
create index search_tokens_of_subject on search_tokens (company_id, word, subject_id);
call baton_protect('search_tokens');

create table notices (
  company_id uuid not null references companies,
  notice_id uuid not null,
  member_id uuid not null,
  kind text not null,
  particulars jsonb not null,
  created_at timestamptz not null,
  read_at timestamptz,
  primary key (company_id, notice_id),
  foreign key (company_id, member_id) references members (company_id, member_id)
);
comment on table notices is 'What a member is told (NUM-16); ids only, names are looked up when shown.';
-- Notices are read newest first; their ids follow from what happened, not from the time.
create index notices_of_member on notices (company_id, member_id, created_at, notice_id);
call baton_protect('notices');
