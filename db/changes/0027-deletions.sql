-- Accounts that end: asked for by their person (ACC-2), or sealed because the last way in was taken over (ACC-5).
grant create on schema public to baton_steward;

create table account_deletions (
  account_id uuid not null references accounts,
  deletion_id uuid not null,
  cause text not null check (cause in ('asked', 'sealed', 'restored')),
  state text not null default 'waiting' check (state in ('waiting', 'cancelled', 'erasing', 'erased')),
  asked_at timestamptz not null,
  due_at timestamptz not null,
  ended_at timestamptz,
  ended_how text check (ended_how in ('withdrawn', 'signed_in', 'recovered', 'erased')),
  told_at timestamptz,
  primary key (account_id, deletion_id),
  check ((state in ('waiting', 'erasing')) = (ended_at is null))
);
comment on table account_deletions is 'When an account is erased, and what kept it from that.';
comment on column account_deletions.told_at is 'When its person was told of what ended it.';
create unique index account_deletions_open on account_deletions (account_id) where state in ('waiting', 'erasing');
create index account_deletions_due on account_deletions (due_at) where state in ('waiting', 'erasing');
create index account_deletions_to_tell on account_deletions (ended_at) where state = 'cancelled' and told_at is null;
call baton_protect_account('account_deletions');
revoke delete on account_deletions from baton_serve;

create function baton_erase_account(account uuid, moment timestamptz) returns void
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if account is distinct from baton_current_account() then
    raise exception 'an account is erased in its own realm';
  end if;
  if not exists (select 1 from account_deletions where account_id = account and state = 'erasing') then
    raise exception 'this account is not being erased';
  end if;
  update identifier_history set value = null where account_id = account and value is not null;
  delete from identifiers where account_id = account;
  delete from sessions where account_id = account;
  delete from known_devices where account_id = account;
  delete from security_events where account_id = account;
  delete from account_changes where account_id = account;
  delete from challenges where account_id = account;
  delete from account_memberships where account_id = account;
  update accounts set state = 'erased', display_name = '', password_hash = null where account_id = account;
end $$;
comment on function baton_erase_account(uuid, timestamptz) is 'Takes everything personal of an account whose end has come; what was bound is known by its digest only.';

-- What a company has of the person: erased once no legal hold keeps it (ALL-7).
create table member_erasures (
  company_id uuid not null references companies,
  member_id uuid not null,
  account_id uuid not null,
  state text not null default 'waiting' check (state in ('waiting', 'done')),
  asked_at timestamptz not null,
  finished_at timestamptz,
  primary key (company_id, member_id),
  foreign key (company_id, member_id) references members (company_id, member_id),
  check ((state = 'done') = (finished_at is not null))
);
comment on table member_erasures is 'Members whose person deleted the own account: name and addresses go, what they did stays.';
create index member_erasures_waiting on member_erasures (asked_at) where state = 'waiting';
create index member_erasures_of_account on member_erasures (account_id);
call baton_protect('member_erasures');
revoke delete on member_erasures from baton_serve;

create function baton_erase_details(member uuid, names text[], addresses text[]) returns integer
  language sql security definer set search_path = public, pg_temp as $$
  with gone as (
    delete from audit_details d using audit_entries e
    where d.company_id = baton_current_company() and e.company_id = d.company_id and e.entry_id = d.entry_id
      and ((e.subject_kind = 'member' and e.subject_id = member::text)
        or (e.action = 'rebinding.chosen' and e.effect ->> 'formerMemberId' = member::text)
        or (e.subject_kind = 'task' and exists (select 1 from tasks t
          where t.company_id = e.company_id and t.task_id::text = e.subject_id and t.former_member_id = member))
        or exists (select 1 from jsonb_path_query(d.details, 'strict $.** ? (@.type() == "string")') as leaf,
          unnest(addresses) as address where strpos(leaf #>> '{}', address) > 0)
        or ((e.actor_id = member::text or strpos(e.effect::text, member::text) > 0)
          and exists (select 1 from jsonb_path_query(d.details, 'strict $.** ? (@.type() == "string")') as leaf,
            unnest(names) as name where strpos(leaf #>> '{}', name) > 0)))
    returning 1)
  select count(*)::integer from gone
$$;
comment on function baton_erase_details(uuid, text[], text[]) is 'Erases what the ledger keeps beside its entries of one person; the digests in the entries stay, and so do the proofs.';

-- An Admin cannot end an account, but may ask its person to (ACC-1).
create table deletion_requests (
  company_id uuid not null references companies,
  request_id uuid not null,
  member_id uuid not null,
  state text not null default 'open' check (state in ('open', 'declined', 'withdrawn', 'done')),
  reason text,
  asked_by text not null,
  asked_at timestamptz not null,
  ended_at timestamptz,
  primary key (company_id, request_id),
  foreign key (company_id, member_id) references members (company_id, member_id),
  check ((state = 'open') = (ended_at is null))
);
comment on table deletion_requests is 'That a company asked a person to delete the own account, and what the person answered.';
create unique index deletion_requests_open on deletion_requests (company_id, member_id) where state = 'open';
create index deletion_requests_of_member on deletion_requests (company_id, member_id, request_id);
call baton_protect('deletion_requests');
revoke delete on deletion_requests from baton_serve;

alter table members add column sessions_valid_from timestamptz;
comment on column members.sessions_valid_from is 'Whoever proved who they are before this does so again before they act here; null for no such limit.';

do $$
declare door regprocedure;
begin
  for door in select unnest(array['baton_erase_account(uuid, timestamptz)',
    'baton_erase_details(uuid, text[], text[])'])::regprocedure loop
    execute format('alter function %s owner to baton_steward', door);
    execute format('revoke all on function %s from public', door);
    execute format('grant execute on function %s to baton_serve, baton_steward', door);
  end loop;
end $$;

revoke create on schema public from baton_steward;
