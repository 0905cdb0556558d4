-- Invitations: one-use links by which a person joins as a member, with an account of theirs or a new one.
grant create on schema public to baton_steward;

create table invitations (
  company_id uuid not null references companies,
  invitation_id uuid not null,
  member_id uuid not null,
  to_kind text check (to_kind in ('phone', 'email', 'wechat')),
  to_value text,
  to_masked text,
  language text not null check (language in ('en', 'zh')),
  token_hash bytea not null,
  inviter_role text not null check (inviter_role in ('owner', 'admin', 'lead', 'auditor', 'member')),
  member_role text not null check (member_role in ('owner', 'admin', 'lead', 'auditor', 'member')),
  created_by text not null,
  created_at timestamptz not null,
  sent_at timestamptz not null,
  sent_count integer not null default 1 check (sent_count > 0),
  expires_at timestamptz not null,
  ended_at timestamptz,
  ended_how text check (ended_how in ('accepted', 'revoked', 'replaced')),
  primary key (company_id, invitation_id),
  unique (company_id, token_hash),
  foreign key (company_id, member_id) references members (company_id, member_id) on delete cascade,
  check ((ended_at is null) = (ended_how is null)),
  check (ended_at is null or to_value is null)
);
comment on table invitations is 'Who was invited to join as which member; the token names its company, so that it is looked up inside that realm.';
comment on column invitations.to_value is 'Where it is sent again; gone with its end.';
comment on column invitations.member_role is 'What the member was when the link was made; it lets nobody in as more or other than that.';
create unique index invitations_one_open on invitations (company_id, member_id) where ended_at is null;
create index invitations_open on invitations (company_id, invitation_id) where ended_at is null;
create index invitations_of_member on invitations (company_id, member_id, invitation_id);
create index invitations_stale on invitations (expires_at) where to_value is not null;
call baton_protect('invitations');

create function baton_linked_numbers(member uuid) returns setof uuid
  language sql stable security definer set search_path = public, pg_temp as $$
  select n.number_id from numbers n join identifiers i on i.kind = 'phone' and i.value = n.e164
  where n.company_id = baton_current_company() and n.holder_id = member
    and exists (select 1 from members m where m.company_id = n.company_id and m.account_id = i.account_id)
  order by n.number_id
$$;
comment on function baton_linked_numbers(uuid) is 'Numbers that a member of this company holds and the account of a member, a former one too, has as its own (ACC-4); of accounts of strangers nothing is known here.';

-- Links are made again in a moment: those from before this change, which do not say for which role, stop working.
alter table sign_in_links add column member_role text;
comment on column sign_in_links.member_role is 'What the member was when the link was made; it lets nobody in as more or other than that.';

drop function baton_create_sign_in_link(bytea, uuid, text, timestamptz, timestamptz);
create function baton_create_sign_in_link(hash bytea, member uuid, as_role text, maker text, moment timestamptz, expires timestamptz)
  returns void
  language sql security definer set search_path = public, pg_temp as $$
  insert into sign_in_links (token_hash, company_id, member_id, member_role, created_by, created_at, expires_at)
  select hash, baton_current_company(), member, as_role, maker, moment, expires
$$;

drop function baton_sign_in_link(bytea, timestamptz);
create function baton_sign_in_link(hash bytea, moment timestamptz)
  returns table (company_id uuid, member_id uuid, member_role text, created_by text)
  language sql stable security definer set search_path = public, pg_temp as $$
  select l.company_id, l.member_id, l.member_role, l.created_by from sign_in_links l
  where l.token_hash = hash and l.used_at is null and l.expires_at > moment
$$;

drop function baton_use_sign_in_link(bytea, timestamptz);
create function baton_use_sign_in_link(hash bytea, moment timestamptz)
  returns table (company_id uuid, member_id uuid, member_role text, created_by text)
  language sql security definer set search_path = public, pg_temp as $$
  update sign_in_links l set used_at = moment
  where l.token_hash = hash and l.used_at is null and l.expires_at > moment
  returning l.company_id, l.member_id, l.member_role, l.created_by
$$;

create function baton_create_person(new_account uuid, name text, password text, reads text, moment timestamptz) returns void
  language sql security definer set search_path = public, pg_temp as $$
  insert into accounts (account_id, display_name, password_hash, language, created_at)
  values (new_account, name, password, reads, moment)
$$;
comment on function baton_create_person(uuid, text, text, text, timestamptz) is 'An account without a way in yet: what was proved is bound to it in the same transaction.';

do $$
declare door regprocedure;
begin
  for door in select unnest(array['baton_linked_numbers(uuid)',
    'baton_create_sign_in_link(bytea, uuid, text, text, timestamptz, timestamptz)',
    'baton_sign_in_link(bytea, timestamptz)', 'baton_use_sign_in_link(bytea, timestamptz)',
    'baton_create_person(uuid, text, text, text, timestamptz)'])::regprocedure loop
    execute format('alter function %s owner to baton_steward', door);
    execute format('revoke all on function %s from public', door);
    execute format('grant execute on function %s to baton_serve, baton_steward', door);
  end loop;
end $$;

revoke create on schema public from baton_steward;
