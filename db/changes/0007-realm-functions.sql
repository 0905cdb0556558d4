-- The only doors from a company's or account's realm to the global tables. Each is owned by the steward, pins its
-- search path and answers one narrow question.

create function baton_company_by_slug(wanted text) returns uuid
  language sql stable security definer set search_path = public, pg_temp
  return (select company_id from company_slugs where slug = wanted);

create function baton_claim_slug(wanted text, company uuid) returns boolean
  language sql security definer set search_path = public, pg_temp as $$
  with claimed as (
    insert into company_slugs (slug, company_id)
    select wanted, company where company = baton_current_company()
    on conflict (slug) do nothing returning 1)
  select exists (select 1 from claimed)
$$;

create function baton_has_company() returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select 1 from companies);

create function baton_create_account(new_account uuid, email text, name text, password text, moment timestamptz) returns boolean
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into accounts (account_id, display_name, password_hash, created_at) values (new_account, name, password, moment);
  insert into identifiers (kind, value, account_id, can_login, can_verify, bound_at, proven_how)
    values ('email', email, new_account, true, true, moment, 'created with the account');
  return true;
exception when unique_violation then
  return false;
end $$;

create function baton_account_by_email(email text)
  returns table (account_id uuid, password_hash text, state text)
  language sql stable security definer set search_path = public, pg_temp as $$
  select a.account_id, a.password_hash, a.state from identifiers i join accounts a using (account_id)
  where i.kind = 'email' and i.value = email and i.can_login
$$;

create function baton_set_password(account uuid, password text) returns void
  language sql security definer set search_path = public, pg_temp as $$
  update accounts set password_hash = password where account_id = account
$$;

create function baton_join_company(account uuid, member uuid, moment timestamptz) returns void
  language sql security definer set search_path = public, pg_temp as $$
  insert into account_memberships (account_id, company_id, member_id, joined_at)
  select account, baton_current_company(), member, moment where baton_current_company() is not null
  on conflict (account_id, company_id) do update set member_id = excluded.member_id
$$;

create function baton_memberships(account uuid)
  returns table (company_id uuid, slug text, company_name text, member_id uuid, role text, status text)
  language sql stable security definer set search_path = public, pg_temp as $$
  select c.company_id, c.slug, c.name, m.member_id, m.role, m.status
  from account_memberships a
  join companies c on c.company_id = a.company_id
  join members m on m.company_id = a.company_id and m.member_id = a.member_id
  where a.account_id = account
  order by c.name, c.company_id
$$;

create function baton_account(account uuid) returns table (display_name text, emails text[])
  language sql stable security definer set search_path = public, pg_temp as $$
  select a.display_name,
    array(select i.value from identifiers i where i.account_id = a.account_id and i.kind = 'email' order by i.bound_at)
  from accounts a where a.account_id = account
$$;

create function baton_open_session(hash bytea, session uuid, account uuid, moment timestamptz, expires timestamptz, made_on text)
  returns void
  language sql security definer set search_path = public, pg_temp as $$
  insert into sessions (token_hash, session_id, account_id, created_at, expires_at, last_used_at, device)
  values (hash, session, account, moment, expires, moment, made_on)
$$;

create function baton_session(hash bytea, moment timestamptz, idle_since timestamptz)
  returns table (account_id uuid, session_id uuid, last_used_at timestamptz)
  language sql stable security definer set search_path = public, pg_temp as $$
  select s.account_id, s.session_id, s.last_used_at from sessions s join accounts a using (account_id)
  where s.token_hash = hash and s.ended_at is null and s.expires_at > moment and s.last_used_at > idle_since
    and a.state = 'active'
$$;

create function baton_touch_session(hash bytea, moment timestamptz) returns void
  language sql security definer set search_path = public, pg_temp as $$
  update sessions set last_used_at = moment where token_hash = hash and last_used_at < moment
$$;

create function baton_end_session(session uuid, account uuid, moment timestamptz) returns void
  language sql security definer set search_path = public, pg_temp as $$
  update sessions set ended_at = moment where session_id = session and account_id = account and ended_at is null
$$;

create function baton_end_sessions_of(account uuid, moment timestamptz) returns integer
  language sql security definer set search_path = public, pg_temp as $$
  with ended as (update sessions set ended_at = moment where account_id = account and ended_at is null returning 1)
  select count(*)::integer from ended
$$;

create function baton_create_sign_in_link(hash bytea, member uuid, maker text, moment timestamptz, expires timestamptz) returns void
  language sql security definer set search_path = public, pg_temp as $$
  insert into sign_in_links (token_hash, company_id, member_id, created_by, created_at, expires_at)
  select hash, baton_current_company(), member, maker, moment, expires
$$;

create function baton_use_sign_in_link(hash bytea, moment timestamptz) returns table (company_id uuid, member_id uuid)
  language sql security definer set search_path = public, pg_temp as $$
  update sign_in_links l set used_at = moment
  where l.token_hash = hash and l.used_at is null and l.expires_at > moment
  returning l.company_id, l.member_id
$$;

create function baton_note_sign_in_failure(subject bytea, moment timestamptz) returns integer
  language sql security definer set search_path = public, pg_temp as $$
  insert into sign_in_failures as f (subject_hash, failures, last_failed_at) values (subject, 1, moment)
  on conflict (subject_hash) do update set failures = f.failures + 1, last_failed_at = moment
  returning failures
$$;

create function baton_sign_in_failures(subject bytea) returns table (failures integer, last_failed_at timestamptz)
  language sql stable security definer set search_path = public, pg_temp as $$
  select f.failures, f.last_failed_at from sign_in_failures f where f.subject_hash = subject
$$;

create function baton_forget_sign_in_failures(subject bytea) returns void
  language sql security definer set search_path = public, pg_temp as $$
  delete from sign_in_failures where subject_hash = subject
$$;

create function baton_claim_number(line text, number uuid) returns boolean
  language sql security definer set search_path = public, pg_temp as $$
  with claimed as (
    insert into number_registry (e164, company_id, number_id)
    select line, baton_current_company(), number where baton_current_company() is not null
    on conflict (e164) do nothing returning 1)
  select exists (select 1 from claimed)
$$;

create function baton_unclaim_number(line text) returns void
  language sql security definer set search_path = public, pg_temp as $$
  delete from number_registry where e164 = line and company_id = baton_current_company()
$$;

do $$
declare door regprocedure;
begin
  for door in select oid::regprocedure from pg_proc where prosecdef and proname like 'baton\_%' and pronamespace = 'public'::regnamespace loop
    execute format('alter function %s owner to baton_steward', door);
    execute format('revoke all on function %s from public', door);
    execute format('grant execute on function %s to baton_serve, baton_steward', door);
  end loop;
end $$;

grant select, insert, update, delete on accounts, identifiers, account_memberships, sessions, sign_in_links,
  sign_in_failures, company_slugs, number_registry to baton_steward;
revoke create on schema public from baton_steward;
