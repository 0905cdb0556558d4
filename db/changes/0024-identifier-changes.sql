-- Changes of how a person gets into the own account: told to every channel with a link to object (ACC-9).
grant create on schema public to baton_steward;

create table account_changes (
  account_id uuid not null references accounts on delete cascade,
  change_id uuid not null,
  kind text not null,
  subject_id uuid,
  identifier_kind text,
  value text,
  before jsonb not null default '{}',
  after jsonb not null default '{}',
  changed_at timestamptz not null,
  objectable_until timestamptz not null,
  link_hash bytea,
  objection_id uuid,
  objected_at timestamptz,
  parked_password text,
  settled_at timestamptz,
  outcome text check (outcome in ('kept', 'undone')),
  primary key (account_id, change_id),
  constraint account_changes_links_are_one unique (link_hash),
  foreign key (account_id, objection_id) references account_changes (account_id, change_id),
  check ((objection_id is null) = (objected_at is null)),
  check ((settled_at is null) = (outcome is null)),
  check (settled_at is null or parked_password is null),
  check ((identifier_kind is null) = (value is null))
);
comment on table account_changes is 'What changed about how a person gets in, who may object until when, and how an objection was settled.';
comment on column account_changes.before is 'Of an identifier: its uses and since when it was bound, so that an objection brings it back as it was.';
comment on column account_changes.link_hash is 'SHA-256 of the link to object; null when nobody can object any more.';
comment on column account_changes.objection_id is 'The change that was objected to, this one or an earlier one: what came after it waits with it.';
comment on column account_changes.parked_password is 'The hash that opened the account until the objection; whoever changed something may know the password.';
create index account_changes_open on account_changes (account_id, changed_at) where settled_at is null;
create index account_changes_by_objection on account_changes (account_id, objection_id);
call baton_protect_account('account_changes');
revoke delete on account_changes from baton_serve;

create function baton_change_of_link(link bytea, moment timestamptz) returns table (account_id uuid, change_id uuid)
  language sql stable security definer set search_path = public, pg_temp as $$
  select account_id, change_id from account_changes where link_hash = link and objectable_until > moment
$$;
comment on function baton_change_of_link(bytea, timestamptz) is 'Which change a link objects to while it works: whoever has the link was told of the change.';
alter function baton_change_of_link(bytea, timestamptz) owner to baton_steward;
revoke all on function baton_change_of_link(bytea, timestamptz) from public;
grant execute on function baton_change_of_link(bytea, timestamptz) to baton_serve, baton_steward;

create function baton_hold_line(line text) returns void
  language sql security definer set search_path = public, pg_temp as $$
  select 1 from number_registry r join numbers n on n.company_id = r.company_id and n.number_id = r.number_id
  where r.e164 = line for share of n
$$;
comment on function baton_hold_line(text) is 'Keeps a company''s number from moving while its phone is bound to an account.';
alter function baton_hold_line(text) owner to baton_steward;
revoke all on function baton_hold_line(text) from public;
grant execute on function baton_hold_line(text) to baton_serve, baton_steward;

revoke create on schema public from baton_steward;
