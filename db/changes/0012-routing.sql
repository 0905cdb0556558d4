-- Routing: who holds a number now and where it rings, for one company or, with an installation token, for any.
alter table members add column destination text;
comment on column members.destination is 'Where the calls of this member ring: a number in E.164, or a SIP URI.';

create table installation_tokens (
  token_hash bytea primary key,
  token_id uuid not null unique,
  name text not null,
  scopes text[] not null,
  created_by text not null,
  created_at timestamptz not null,
  expires_at timestamptz,
  last_used_at timestamptz,
  revoked_by text,
  revoked_at timestamptz
);
comment on table installation_tokens is 'Bearer tokens of the installation, for machines that serve all its companies; global, reached by serve only through functions.';

grant create on schema public to baton_steward;

create function baton_in_installation() returns boolean
  language sql stable parallel safe
  return baton_current_company() = '00000000-0000-0000-0000-000000000000';
comment on function baton_in_installation() is 'Whether this transaction is in the installation''s realm; its doors stay shut to the realm of a company.';

create function baton_create_installation_token(hash bytea, token uuid, label text, allowed text[], maker text,
    moment timestamptz, expires timestamptz) returns void
  language sql security definer set search_path = public, pg_temp as $$
  insert into installation_tokens (token_hash, token_id, name, scopes, created_by, created_at, expires_at)
  select hash, token, label, allowed, maker, moment, expires where baton_in_installation()
$$;

create function baton_installation_token(hash bytea, moment timestamptz)
  returns table (token_id uuid, scopes text[], last_used_at timestamptz)
  language sql stable security definer set search_path = public, pg_temp as $$
  select t.token_id, t.scopes, t.last_used_at from installation_tokens t
  where t.token_hash = hash and t.revoked_at is null and (t.expires_at is null or t.expires_at > moment)
    and baton_in_installation()
$$;

create function baton_installation_tokens(before_token uuid, most integer)
  returns table (token_id uuid, name text, scopes text[], created_by text, created_at timestamptz,
    expires_at timestamptz, last_used_at timestamptz, revoked_by text, revoked_at timestamptz)
  language sql stable security definer set search_path = public, pg_temp as $$
  select t.token_id, t.name, t.scopes, t.created_by, t.created_at, t.expires_at, t.last_used_at, t.revoked_by, t.revoked_at
  from installation_tokens t
  where (before_token is null or t.token_id < before_token) and baton_in_installation()
  order by t.token_id desc limit most
$$;
comment on function baton_installation_tokens(uuid, integer) is 'The operator''s list of installation tokens, the newest first, without their hashes.';

create function baton_touch_installation_token(token uuid, moment timestamptz) returns void
  language sql security definer set search_path = public, pg_temp as $$
  update installation_tokens set last_used_at = moment
  where token_id = token and (last_used_at is null or last_used_at < moment) and baton_in_installation()
$$;

create function baton_revoke_installation_token(token uuid, by_whom text, moment timestamptz) returns boolean
  language sql security definer set search_path = public, pg_temp as $$
  with before as (
    select token_id, revoked_at from installation_tokens
    where token_id = token and baton_in_installation() for update),
  ended as (
    update installation_tokens t set revoked_at = moment, revoked_by = by_whom
    from before b where t.token_id = b.token_id and b.revoked_at is null returning 1)
  select exists (select 1 from ended) from before
$$;
comment on function baton_revoke_installation_token(uuid, text, timestamptz) is 'True when it ended now, false when it had ended before, null when there is no such token.';

create function baton_route(line text)
  returns table (company_id uuid, e164 text, state text, holder_id uuid, held_from timestamptz, version integer,
    holder_status text, destination text, policies jsonb)
  language sql stable security definer set search_path = public, pg_temp as $$
  select n.company_id, n.e164, n.state, n.holder_id, n.held_from, n.version, m.status, m.destination, c.policies
  from number_registry r
  join numbers n on n.company_id = r.company_id and n.number_id = r.number_id and n.state <> 'released'
  join companies c on c.company_id = n.company_id
  left join members m on m.company_id = n.company_id and m.member_id = n.holder_id
  where r.e164 = line and baton_in_installation()
$$;
comment on function baton_route(text) is 'Where a number of any company rings, for installation tokens: without names, and not from the realm of a company.';

do $$
declare door regprocedure;
begin
  for door in select unnest(array[
    'baton_create_installation_token(bytea, uuid, text, text[], text, timestamptz, timestamptz)',
    'baton_installation_token(bytea, timestamptz)', 'baton_installation_tokens(uuid, integer)',
    'baton_touch_installation_token(uuid, timestamptz)',
    'baton_revoke_installation_token(uuid, text, timestamptz)', 'baton_route(text)'])::regprocedure loop
    execute format('alter function %s owner to baton_steward', door);
    execute format('revoke all on function %s from public', door);
    execute format('grant execute on function %s to baton_serve, baton_steward', door);
  end loop;
end $$;

grant select, insert, update on installation_tokens to baton_steward;
revoke create on schema public from baton_steward;
