-- Imports: a spreadsheet as it was read, what it is taken for, what was repaired, and what applying it did.
create table imports (
  company_id uuid not null references companies,
  import_id uuid not null,
  template text,
  step text not null default 'mapping' check (step in ('mapping', 'repair', 'preview', 'done')),
  file_name text not null,
  size_bytes integer not null,
  sha256 bytea not null,
  sheets jsonb not null,
  report jsonb not null,
  recognition jsonb not null,
  options jsonb not null,
  counts jsonb,
  problem_groups jsonb not null default '[]',
  forecast jsonb not null default '{}',
  operation_id uuid,
  created_by text not null,
  created_by_member_id uuid,
  created_at timestamptz not null,
  version integer not null default 1,
  primary key (company_id, import_id),
  foreign key (company_id, operation_id) references operations (company_id, operation_id)
);
comment on table imports is 'A file that was sent to be imported. The file itself is not kept: its rows are. Without an operation it is a draft, and nothing outside its own rows has been written.';
create index imports_drafts on imports (company_id, import_id) where operation_id is null;
create index imports_of_operation on imports (company_id, operation_id) where operation_id is not null;
call baton_protect('imports');

create table import_rows (
  company_id uuid not null,
  import_id uuid not null,
  sheet integer not null,
  row_number integer not null,
  hidden boolean not null default false,
  cells jsonb not null,
  edits jsonb,
  verdict text check (verdict in ('new', 'changed', 'unchanged', 'skipped', 'conflict', 'error')),
  problems jsonb,
  problem_codes text,
  changes jsonb,
  read_values jsonb,
  draft jsonb,
  subject_id uuid,
  subject_version integer,
  result_mark text,
  applied jsonb,
  primary key (company_id, import_id, sheet, row_number),
  foreign key (company_id, import_id) references imports (company_id, import_id) on delete cascade deferrable initially deferred
);
comment on table import_rows is 'The rows of all sheets of a file as they were read. `draft` is what applying would write, `applied` what it has written and what was there before; `result_mark` tells whether a check came to something else.';
create index import_rows_by_verdict on import_rows (company_id, import_id, sheet, verdict, row_number);
create index import_rows_with_problems on import_rows (company_id, import_id, sheet, row_number) where problem_codes is not null;
call baton_protect('import_rows');

create table import_mappings (
  company_id uuid not null references companies,
  template text not null,
  signature text not null,
  choices jsonb not null,
  saved_at timestamptz not null,
  primary key (company_id, template, signature)
);
comment on table import_mappings is 'Which column is what, as someone chose it for files with these headers.';
call baton_protect('import_mappings');
