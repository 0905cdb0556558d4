-- Further doors to the global tables, for signing in, links and the list of companies.
grant create on schema public to baton_steward;

create function baton_lock_sign_in_failures(subject bytea) returns table (failures integer, last_failed_at timestamptz)
  language sql security definer set search_path = public, pg_temp as $$
  select f.failures, f.last_failed_at from sign_in_failures f where f.subject_hash = subject for update
$$;
comment on function baton_lock_sign_in_failures(bytea) is 'Guesses at one account queue here, so that a thousand at once count as a thousand.';

create function baton_lock_account_by_email(email text)
  returns table (account_id uuid, password_hash text, state text)
  language sql security definer set search_path = public, pg_temp as $$
  select a.account_id, a.password_hash, a.state from identifiers i join accounts a using (account_id)
  where i.kind = 'email' and i.value = email and i.can_login for share of a
$$;
comment on function baton_lock_account_by_email(text) is 'A new password and a sign-in with the old one exclude each other.';

create function baton_sign_in_link(hash bytea, moment timestamptz) returns table (company_id uuid, member_id uuid)
  language sql stable security definer set search_path = public, pg_temp as $$
  select l.company_id, l.member_id from sign_in_links l
  where l.token_hash = hash and l.used_at is null and l.expires_at > moment
$$;

create function baton_end_sign_in_links(member uuid, moment timestamptz) returns void
  language sql security definer set search_path = public, pg_temp as $$
  update sign_in_links set used_at = moment
  where company_id = baton_current_company() and member_id = member and used_at is null
$$;
comment on function baton_end_sign_in_links(uuid, timestamptz) is 'Only the newest link of a member works.';
-- Runs together with the file that makes the table, so that there is nothing to block.
-- squawk-ignore require-concurrent-index-creation
create index sign_in_links_of_member on sign_in_links (company_id, member_id) where used_at is null;

create function baton_companies(after_company uuid, most integer)
  returns table (company_id uuid, slug text, company_name text)
  language sql stable security definer set search_path = public, pg_temp as $$
  select c.company_id, c.slug, c.name from companies c
  where after_company is null
    or (c.name, c.company_id) > (select l.name, l.company_id from companies l where l.company_id = after_company)
  order by c.name, c.company_id limit most
$$;
comment on function baton_companies(uuid, integer) is 'The operator''s list of companies.';
-- Runs together with the file that makes the table, so that there is nothing to block.
-- squawk-ignore require-concurrent-index-creation
create index companies_by_name on companies (name, company_id);

do $$
declare door regprocedure;
begin
  for door in select unnest(array['baton_lock_sign_in_failures(bytea)', 'baton_lock_account_by_email(text)',
    'baton_sign_in_link(bytea, timestamptz)', 'baton_end_sign_in_links(uuid, timestamptz)',
    'baton_companies(uuid, integer)'])::regprocedure loop
    execute format('alter function %s owner to baton_steward', door);
    execute format('revoke all on function %s from public', door);
    execute format('grant execute on function %s to baton_serve, baton_steward', door);
  end loop;
end $$;

revoke create on schema public from baton_steward;
