-- Doors that were told whose account it is ask for it themselves: the realm of the account, the membership, or the right
-- to join. And of a person who is gone goes what they called their tokens, and what they asked for last.
grant create on schema public to baton_steward;

drop function baton_join_company(uuid, uuid, timestamptz);
create function baton_join_company(account uuid, member uuid, moment timestamptz) returns void
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not exists (
    select 1 from members m join companies c on c.company_id = m.company_id
    where m.company_id = baton_current_company() and m.member_id = member and m.account_id = account
      and (c.is_sample or c.created_at = moment
        or exists (select 1 from invitations i where i.company_id = m.company_id and i.member_id = m.member_id
          and i.ended_how = 'accepted' and i.ended_at = moment)
        or exists (select 1 from sign_in_links l where l.company_id = m.company_id and l.member_id = m.member_id
          and l.used_at = moment and l.expires_at > moment)))
  then
    raise exception 'nobody joins a company without a right to';
  end if;
  insert into account_memberships (account_id, company_id, member_id, joined_at)
  values (account, baton_current_company(), member, moment)
  on conflict (account_id, company_id) do update set member_id = excluded.member_id;
end $$;
comment on function baton_join_company(uuid, uuid, timestamptz) is 'The account of a member belongs to the company from the moment at which an invitation or a link was used, or the company was made.';

drop function baton_memberships(uuid);
create function baton_memberships(account uuid)
  returns table (company_id uuid, slug text, company_name text, is_sample boolean, member_id uuid, role text, status text)
  language sql stable security definer set search_path = public, pg_temp as $$
  select c.company_id, c.slug, c.name, c.is_sample, m.member_id, m.role, m.status
  from account_memberships a
  join companies c on c.company_id = a.company_id
  join members m on m.company_id = a.company_id and m.member_id = a.member_id and m.account_id = a.account_id
  where a.account_id = account
  order by c.name, c.company_id
$$;
comment on function baton_memberships(uuid) is 'The companies of an account, for the company switcher: those whose member it still is.';

-- In the realm of the account these are plain statements.
drop function baton_end_session(uuid, uuid, timestamptz);
drop function baton_end_other_sessions(uuid, uuid, timestamptz);
drop function baton_sessions_of(uuid, timestamptz, timestamptz, uuid, integer);

drop function baton_account(uuid);
create function baton_account(account uuid) returns table (display_name text, emails text[])
  language sql stable security definer set search_path = public, pg_temp as $$
  select a.display_name,
    array(select i.value from identifiers i where i.account_id = a.account_id and i.kind = 'email' order by i.bound_at)
  from accounts a
  where a.account_id = account and (account = baton_current_account()
    or exists (select 1 from members m where m.company_id = baton_current_company() and m.account_id = account))
$$;
comment on function baton_account(uuid) is 'What an account is called and reached by, for its person: asked in its realm, or where the person is a member.';

drop function baton_member_sessions(uuid, timestamptz, timestamptz, uuid, integer);
create function baton_member_sessions(member uuid, moment timestamptz, idle_since timestamptz, before_session uuid, most integer)
  returns table (session_id uuid, device text, created_at timestamptz, last_used_at timestamptz)
  language sql stable security definer set search_path = public, pg_temp as $$
  select s.session_id, s.device, s.created_at, s.last_used_at
  from members m join sessions s on s.account_id = m.account_id
  where m.company_id = baton_current_company() and m.member_id = member and m.status in ('active', 'leaving')
    and (m.sessions_valid_from is null or s.proved_at > m.sessions_valid_from)
    and s.ended_at is null and s.expires_at > moment and s.last_used_at > idle_since
    and (before_session is null or s.session_id < before_session)
  order by s.session_id desc limit most
$$;
comment on function baton_member_sessions(uuid, timestamptz, timestamptz, uuid, integer) is 'By what a member can act in this company now; of whoever cannot, what they do elsewhere is their own business.';

drop function baton_erase_account(uuid, timestamptz);
create function baton_erase_account(account uuid, moment timestamptz) returns void
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if account is distinct from baton_current_account() then
    raise exception 'an account is erased in its own realm';
  end if;
  if not exists (select 1 from account_deletions where account_id = account and state = 'erasing') then
    raise exception 'this account is not being erased';
  end if;
  delete from challenges c using identifier_history h
  where h.account_id = account and c.kind = h.kind and c.value = h.value;
  update identifier_history set value = null where account_id = account and value is not null;
  delete from identifiers where account_id = account;
  delete from sessions where account_id = account;
  delete from known_devices where account_id = account;
  delete from security_events where account_id = account;
  delete from account_changes where account_id = account;
  delete from challenges where account_id = account;
  delete from account_memberships where account_id = account;
  delete from idempotency_keys where company_id = baton_current_company() and principal = 'account:' || account;
  update accounts set state = 'erased', display_name = '', password_hash = null where account_id = account;
end $$;
comment on function baton_erase_account(uuid, timestamptz) is 'Takes everything personal of an account whose end has come; what was bound is known by its digest only.';

drop function baton_erase_details(uuid, text[], text[]);
create function baton_erase_details(member uuid, names text[], addresses text[]) returns integer
  language sql security definer set search_path = public, pg_temp as $$
  with gone as (
    delete from audit_details d using audit_entries e
    where d.company_id = baton_current_company() and e.company_id = d.company_id and e.entry_id = d.entry_id
      and ((e.subject_kind = 'member' and e.subject_id = member::text)
        or (e.action = 'rebinding.chosen' and e.effect ->> 'formerMemberId' = member::text)
        or (e.subject_kind = 'token' and e.effect ->> 'memberId' = member::text)
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

do $$
declare door regprocedure;
begin
  for door in select unnest(array['baton_join_company(uuid, uuid, timestamptz)', 'baton_memberships(uuid)',
    'baton_account(uuid)', 'baton_member_sessions(uuid, timestamptz, timestamptz, uuid, integer)',
    'baton_erase_account(uuid, timestamptz)', 'baton_erase_details(uuid, text[], text[])'])::regprocedure loop
    execute format('alter function %s owner to baton_steward', door);
    execute format('revoke all on function %s from public', door);
    execute format('grant execute on function %s to baton_serve, baton_steward', door);
  end loop;
end $$;

revoke create on schema public from baton_steward;
