-- The sample company, which can be removed again with everything in it; and where an account is signed in.
alter table companies add column is_sample boolean not null default false;
comment on column companies.is_sample is 'Made up to look around in; its Owner can remove it. Said when the company is made, and never changed.';
revoke update on companies from baton_serve, baton_steward;
grant update (name, time_zone, language, host_company_id, policies, version) on companies to baton_serve, baton_steward;

-- A ledger never loses an entry or a checkpoint, with one exception: that of a company that is made up.
grant delete on audit_entries, audit_checkpoints to baton_steward;
create policy only_samples_go on audit_entries as restrictive for delete to baton_steward
  using (company_id in (select c.company_id from companies c where c.is_sample));
create policy only_samples_go on audit_checkpoints as restrictive for delete to baton_steward
  using (company_id in (select c.company_id from companies c where c.is_sample));

alter table sessions add column network text;
comment on column sessions.network is 'Where the sign-in came from: an IPv4 address, or the first 64 bits of an IPv6 one.';

drop function baton_memberships(uuid);
drop function baton_companies(uuid, integer);
drop function baton_open_session(bytea, uuid, uuid, timestamptz, timestamptz, text);
drop function baton_end_session(uuid, uuid, timestamptz);

grant create on schema public to baton_steward;

create function baton_memberships(account uuid)
  returns table (company_id uuid, slug text, company_name text, is_sample boolean, member_id uuid, role text, status text)
  language sql stable security definer set search_path = public, pg_temp as $$
  select c.company_id, c.slug, c.name, c.is_sample, m.member_id, m.role, m.status
  from account_memberships a
  join companies c on c.company_id = a.company_id
  join members m on m.company_id = a.company_id and m.member_id = a.member_id
  where a.account_id = account
  order by c.name, c.company_id
$$;

create function baton_companies(after_company uuid, most integer)
  returns table (company_id uuid, slug text, company_name text, is_sample boolean)
  language sql stable security definer set search_path = public, pg_temp as $$
  select c.company_id, c.slug, c.name, c.is_sample from companies c
  where after_company is null
    or (c.name, c.company_id) > (select l.name, l.company_id from companies l where l.company_id = after_company)
  order by c.name, c.company_id limit most
$$;
comment on function baton_companies(uuid, integer) is 'The operator''s list of companies.';

create function baton_open_session(hash bytea, session uuid, account uuid, moment timestamptz, expires timestamptz,
    made_on text, made_from text) returns void
  language sql security definer set search_path = public, pg_temp as $$
  insert into sessions (token_hash, session_id, account_id, created_at, expires_at, last_used_at, device, network)
  values (hash, session, account, moment, expires, moment, made_on, made_from)
$$;

create function baton_end_session(session uuid, account uuid, moment timestamptz) returns boolean
  language sql security definer set search_path = public, pg_temp as $$
  with ended as (
    update sessions set ended_at = moment
    where session_id = session and account_id = account and ended_at is null and expires_at > moment returning 1)
  select exists (select 1 from ended)
$$;

create function baton_end_other_sessions(account uuid, kept uuid, moment timestamptz) returns integer
  language sql security definer set search_path = public, pg_temp as $$
  with ended as (
    update sessions set ended_at = moment
    where account_id = account and session_id <> kept and ended_at is null and expires_at > moment returning 1)
  select count(*)::integer from ended
$$;

create function baton_sessions_of(account uuid, moment timestamptz, idle_since timestamptz, before_session uuid, most integer)
  returns table (session_id uuid, device text, network text, created_at timestamptz, last_used_at timestamptz)
  language sql stable security definer set search_path = public, pg_temp as $$
  select s.session_id, s.device, s.network, s.created_at, s.last_used_at from sessions s
  where s.account_id = account and s.ended_at is null and s.expires_at > moment and s.last_used_at > idle_since
    and (before_session is null or s.session_id < before_session)
  order by s.session_id desc limit most
$$;
comment on function baton_sessions_of(uuid, timestamptz, timestamptz, uuid, integer) is 'Where an account is signed in, the newest sign-in first.';

create function baton_member_sessions(member uuid, moment timestamptz, idle_since timestamptz, before_session uuid, most integer)
  returns table (session_id uuid, device text, created_at timestamptz, last_used_at timestamptz)
  language sql stable security definer set search_path = public, pg_temp as $$
  select s.session_id, s.device, s.created_at, s.last_used_at
  from members m join sessions s on s.account_id = m.account_id
  where m.company_id = baton_current_company() and m.member_id = member
    and s.ended_at is null and s.expires_at > moment and s.last_used_at > idle_since
    and (before_session is null or s.session_id < before_session)
  order by s.session_id desc limit most
$$;
comment on function baton_member_sessions(uuid, timestamptz, timestamptz, uuid, integer) is 'The same for an Admin: of a member of the own company, without the network.';

create function baton_remove_sample() returns boolean
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  company uuid := baton_current_company();
  persons uuid[];
  tables_left oid[];
  next_table oid;
begin
  -- In the sealer's order, so that the two wait for each other.
  perform 1 from audit_heads where company_id = company for update;
  perform 1 from companies where company_id = company and is_sample for update;
  if not found then return false; end if;
  persons := array(
    select m.account_id from account_memberships m
    where m.company_id = company and not exists (
      select 1 from account_memberships o where o.account_id = m.account_id and o.company_id <> company));
  tables_left := array(
    select c.oid from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attname = 'company_id' and not a.attisdropped
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition);
  while cardinality(tables_left) > 0 loop
    next_table := (
      select t from unnest(tables_left) t where not exists (
        select 1 from pg_constraint f
        where f.contype = 'f' and f.confrelid = t and f.conrelid <> t and f.conrelid = any (tables_left)) limit 1);
    if next_table is null then raise exception 'tables refer to each other in a circle'; end if;
    execute format('delete from %s where company_id = $1', next_table::regclass) using company;
    tables_left := array_remove(tables_left, next_table);
  end loop;
  delete from sessions where account_id = any (persons);
  delete from identifiers where account_id = any (persons);
  delete from accounts where account_id = any (persons);
  return true;
end $$;
comment on function baton_remove_sample() is 'Removes this transaction''s company from every table that has a company_id, with the accounts that belong to no other. False, and nothing done, for a company that is not the sample.';

do $$
declare door regprocedure;
begin
  for door in select unnest(array[
    'baton_memberships(uuid)', 'baton_companies(uuid, integer)',
    'baton_open_session(bytea, uuid, uuid, timestamptz, timestamptz, text, text)',
    'baton_end_session(uuid, uuid, timestamptz)', 'baton_end_other_sessions(uuid, uuid, timestamptz)',
    'baton_sessions_of(uuid, timestamptz, timestamptz, uuid, integer)',
    'baton_member_sessions(uuid, timestamptz, timestamptz, uuid, integer)', 'baton_remove_sample()'])::regprocedure loop
    execute format('alter function %s owner to baton_steward', door);
    execute format('revoke all on function %s from public', door);
    execute format('grant execute on function %s to baton_serve, baton_steward', door);
  end loop;
end $$;

revoke create on schema public from baton_steward;
