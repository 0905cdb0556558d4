-- The hash of a password is read where a password is asked for, and a sign-in that was begun ends with the sessions.
grant create on schema public to baton_steward;

drop function baton_account_by_identifier(text, text);
create function baton_account_by_identifier(by_kind text, by_value text)
  returns table (account_id uuid, identifier_id uuid, state text, can_login boolean, can_verify boolean,
    bound_at timestamptz, last_used_at timestamptz, frozen_at timestamptz)
  language sql stable security definer set search_path = public, pg_temp as $$
  select a.account_id, i.identifier_id, a.state, i.can_login, i.can_verify, i.bound_at, i.last_used_at, i.frozen_at
  from identifiers i join accounts a using (account_id) where i.kind = by_kind and i.value = by_value
$$;
comment on function baton_account_by_identifier(text, text) is 'Whom an identifier is bound to; asked only for whoever proves to have it. What opens the account beside it is not said.';

drop function baton_sealed_account_by_identifier(text, bytea, text, integer);
create function baton_sealed_account_by_identifier(by_kind text, digest bytea, by_value text, without_password_days integer)
  returns table (account_id uuid, has_password boolean)
  language sql stable security definer set search_path = public, pg_temp as $$
  select a.account_id, a.password_hash is not null
  from identifier_history h join accounts a using (account_id)
  where h.kind = by_kind and h.value_digest = digest and h.ended_how in ('removed', 'changed') and h.proven_how <> 'unproven'
    and a.state = 'sealed'
    and not exists (select 1 from identifiers i where i.kind = by_kind and i.value = by_value)
    and not exists (
      select 1 from account_changes c
      where c.account_id = a.account_id and c.identifier_kind = by_kind and c.value = by_value and c.objected_at is not null
        and (c.settled_at is null or (c.kind = 'identifier_bound' and c.outcome = 'undone')
          or (c.kind = 'identifier_unbound' and c.outcome = 'kept')))
    and (a.password_hash is not null or h.bound_at <= a.created_at
      or h.unbound_at - h.bound_at >= make_interval(days => without_password_days))
  order by h.unbound_at desc limit 1
$$;
comment on function baton_sealed_account_by_identifier(text, bytea, text, integer) is 'A sealed account whose person removed this identifier; what was taken over, recycled or ended by an objection proves nothing (REC-3), nor does, without a password, what went before the time to object to it was over.';

-- Challenges live a day, so that they are few.
-- squawk-ignore require-concurrent-index-creation
create index challenges_of_account on challenges (account_id) where account_id is not null;

create function baton_end_begun_sign_ins(moment timestamptz) returns void
  language sql security definer set search_path = public, pg_temp as $$
  update challenges set used_at = moment
  where account_id = baton_current_account() and purpose in ('sign_in', 'second_factor') and used_at is null
$$;
comment on function baton_end_begun_sign_ins(timestamptz) is 'Whoever proved something before the sessions of this account ended begins anew: a password may have been replaced since.';

do $$
declare door regprocedure;
begin
  for door in select unnest(array['baton_account_by_identifier(text, text)',
    'baton_sealed_account_by_identifier(text, bytea, text, integer)',
    'baton_end_begun_sign_ins(timestamptz)'])::regprocedure loop
    execute format('alter function %s owner to baton_steward', door);
    execute format('revoke all on function %s from public', door);
    execute format('grant execute on function %s to baton_serve, baton_steward', door);
  end loop;
end $$;

revoke create on schema public from baton_steward;
