-- Signing in: failures are counted over all ways, a sign-in goes on in steps, and a company's number signs in only the
-- account of whoever holds it now (ACC-12).
grant create on schema public to baton_steward;

alter table sign_in_failures add column is_lasting boolean not null default false;
comment on column sign_in_failures.is_lasting is 'Whether it is kept for months: a hundred guesses are a hundred, however slowly they come.';

drop function baton_note_sign_in_failure(bytea, timestamptz);
create function baton_note_sign_in_failure(subject bytea, moment timestamptz, lasting boolean) returns void
  language sql security definer set search_path = public, pg_temp as $$
  insert into sign_in_failures as f (subject_hash, failures, last_failed_at, is_lasting) values (subject, 1, moment, lasting)
  on conflict (subject_hash) do update set failures = f.failures + 1, last_failed_at = moment
$$;

drop function baton_lock_sign_in_failures(bytea);
create function baton_lock_sign_in_failures(subject bytea, moment timestamptz, lasting boolean)
  returns table (failures integer, last_failed_at timestamptz)
  language sql security definer set search_path = public, pg_temp as $$
  insert into sign_in_failures as f (subject_hash, failures, last_failed_at, is_lasting) values (subject, 0, moment, lasting)
  on conflict (subject_hash) do update set is_lasting = lasting
  returning f.failures, f.last_failed_at
$$;
comment on function baton_lock_sign_in_failures(bytea, timestamptz, boolean) is 'Guesses queue here, the first ones too, so that a thousand at once count as a thousand.';

drop function baton_challenges_since(text, text, timestamptz);
create function baton_codes_since(by_kind text, by_value text, by_asker text, since timestamptz) returns integer
  language sql stable security definer set search_path = public, pg_temp as $$
  select count(*)::integer from challenges where kind = by_kind and value = by_value and code_hash is not null and created_at > since
    and coalesce(given->>'asker', 'strangers') = by_asker
$$;
comment on function baton_codes_since(text, text, text, timestamptz) is 'How many codes one asked for to an address: its person, strangers, or an account that wants to have it; none takes any away from another.';

create function baton_holder_of_line(line text)
  returns table (company_id uuid, number_id uuid, member_id uuid, account_id uuid, owned_since timestamptz, held_by uuid[])
  language sql stable security definer set search_path = public, pg_temp as $$
  select n.company_id, n.number_id, n.holder_id, m.account_id, n.created_at,
    array(select distinct h.account_id from assignments a
      join members h on h.company_id = a.company_id and h.member_id = a.holder_id
      where a.company_id = n.company_id and a.number_id = n.number_id and h.account_id is not null)
  from number_registry r join numbers n on n.company_id = r.company_id and n.number_id = r.number_id
    left join members m on m.company_id = n.company_id and m.member_id = n.holder_id
  where r.e164 = line
$$;
comment on function baton_holder_of_line(text) is 'Which company here owns a line, and who holds it now (ACC-12); nulls while it is parked; since when the company owns it, and which accounts held it since. Asked only for whoever proves to have it.';

do $$
declare door regprocedure;
begin
  for door in select unnest(array[
    'baton_note_sign_in_failure(bytea, timestamptz, boolean)', 'baton_lock_sign_in_failures(bytea, timestamptz, boolean)',
    'baton_codes_since(text, text, text, timestamptz)', 'baton_holder_of_line(text)'])::regprocedure loop
    execute format('alter function %s owner to baton_steward', door);
    execute format('revoke all on function %s from public', door);
    execute format('grant execute on function %s to baton_serve, baton_steward', door);
  end loop;
end $$;

revoke create on schema public from baton_steward;
