-- The account's realm: what belongs to a person and to no company (ACC-1). A transaction enters it for the person who
-- is signed in, or for the one whom a proof has just been given for.
grant create on schema public to baton_steward;

create function baton_current_account() returns uuid
  language sql stable parallel safe
  return nullif(current_setting('baton.account', true), '')::uuid;
comment on function baton_current_account() is 'The account of this transaction; null outside an account realm, which matches no row.';

create procedure baton_protect_account(target regclass)
  language plpgsql as $$
begin
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  execute format(
    'create policy serve_own_account on %s for all to baton_serve using (account_id = (select baton_current_account())) with check (account_id = (select baton_current_account()))',
    target);
  execute format('create policy steward_all on %s for all to baton_steward using (true) with check (true)', target);
  execute format('grant select, insert, update, delete on %s to baton_serve, baton_steward', target);
end $$;
comment on procedure baton_protect_account(regclass) is 'The one template of row-level security for what belongs to a person: call it for every table that account_id leads.';

alter table accounts add column language text not null default 'zh' check (language in ('en', 'zh'));
alter table accounts add column sealed_at timestamptz;
comment on column accounts.language is 'In which Baton writes to this person.';
comment on column accounts.sealed_at is 'When the last way in was taken over (ACC-5); nobody signs in since.';
call baton_protect_account('accounts');
revoke insert, delete on accounts from baton_serve;

-- One row for each address of a person: the table is small, and nobody signs in while the schema changes.
-- squawk-ignore adding-field-with-default
alter table identifiers add column identifier_id uuid not null default gen_random_uuid();
alter table identifiers add column last_used_at timestamptz;
alter table identifiers add column frozen_at timestamptz;
-- As small as above.
-- squawk-ignore constraint-missing-not-valid, disallowed-unique-constraint
alter table identifiers add constraint identifiers_have_ids unique (account_id, identifier_id);
comment on column identifiers.last_used_at is 'Last sign-in or check by it, to the day; null for never.';
comment on column identifiers.frozen_at is 'Since when an objection keeps it from being used (ACC-9).';
call baton_protect_account('identifiers');

create table identifier_history (
  account_id uuid not null,
  identifier_id uuid not null,
  kind text not null,
  value text,
  value_digest bytea not null,
  bound_at timestamptz not null,
  proven_how text not null,
  unbound_at timestamptz not null,
  ended_how text not null check (ended_how in ('removed', 'changed', 'objected', 'taken_over', 'recycled', 'account_erased')),
  primary key (account_id, identifier_id)
);
comment on table identifier_history is 'What was bound to whom before; the value goes when its account is erased, the digest stays.';
create index identifier_history_by_value on identifier_history (kind, value_digest);
call baton_protect_account('identifier_history');
revoke update, delete on identifier_history from baton_serve;

alter table sessions add column proved_at timestamptz;
update sessions set proved_at = created_at;
-- Sessions live a day, so that they are few.
-- squawk-ignore adding-not-nullable-field
alter table sessions alter column proved_at set not null;
alter table sessions add column identifier_id uuid;
comment on column sessions.proved_at is 'When its person last proved who they are; what is delicate asks for it anew.';
comment on column sessions.identifier_id is 'The identifier that it was opened through; it ends with it (ACC-5).';
call baton_protect_account('sessions');

create table known_devices (
  account_id uuid not null references accounts on delete cascade,
  device_hash bytea not null,
  first_seen_at timestamptz not null,
  last_seen_at timestamptz not null,
  primary key (account_id, device_hash)
);
comment on table known_devices is 'Browsers that an account signed in with; only the SHA-256 of their cookie is stored.';
call baton_protect_account('known_devices');

create table security_events (
  account_id uuid not null references accounts on delete cascade,
  event_id uuid not null,
  happened_at timestamptz not null,
  kind text not null,
  facts jsonb not null default '{}',
  device text,
  network text,
  primary key (account_id, event_id)
);
comment on table security_events is 'The security log of an account, for its person alone.';
call baton_protect_account('security_events');
revoke update, delete on security_events from baton_serve;

-- Codes and the steps between a beginning and its end. A stranger has no account yet, so that these are reached by id
-- through doors; what an id alone gives away is nothing.
create table challenges (
  challenge_id uuid primary key,
  purpose text not null,
  account_id uuid,
  session_id uuid,
  kind text,
  value text,
  code_hash bytea,
  given jsonb not null default '{}',
  tries integer not null default 0,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  proved_at timestamptz,
  used_at timestamptz
);
comment on table challenges is 'A proof that was asked for: which code, sent where, for what, until when; used once.';
comment on column challenges.code_hash is 'Keyed digest of the code and this challenge; null where no code opens it.';
create index challenges_by_age on challenges (expires_at);
create index challenges_by_value on challenges (kind, value, created_at);
grant select, insert, update, delete on challenges to baton_steward;

create function baton_open_challenge(challenge uuid, what text, account uuid, session uuid, by_kind text, by_value text,
    code bytea, facts jsonb, moment timestamptz, expires timestamptz) returns void
  language sql security definer set search_path = public, pg_temp as $$
  insert into challenges (challenge_id, purpose, account_id, session_id, kind, value, code_hash, given, created_at, expires_at)
  values (challenge, what, account, session, by_kind, by_value, code, facts, moment, expires)
$$;

create function baton_challenge(challenge uuid, what text, moment timestamptz) returns setof challenges
  language sql stable security definer set search_path = public, pg_temp as $$
  select * from challenges where challenge_id = challenge and purpose = what and used_at is null and expires_at > moment
$$;
comment on function baton_challenge(uuid, text, timestamptz) is 'A challenge that is still open, of one purpose: what was begun for another does not count (ASVS 6.6.2).';

create function baton_count_try(challenge uuid, what text, most integer, moment timestamptz) returns boolean
  language sql security definer set search_path = public, pg_temp as $$
  with counted as (
    update challenges set tries = tries + 1
    where challenge_id = challenge and purpose = what and used_at is null and expires_at > moment and tries < most returning 1)
  select exists (select 1 from counted)
$$;
comment on function baton_count_try(uuid, text, integer, timestamptz) is 'Counted before the code is looked at, so that a thousand guesses at once count as a thousand.';

create function baton_prove_challenge(challenge uuid, what text, code bytea, moment timestamptz) returns setof challenges
  language sql security definer set search_path = public, pg_temp as $$
  update challenges set proved_at = moment
  where challenge_id = challenge and purpose = what and code_hash = code and used_at is null and proved_at is null and expires_at > moment
  returning *
$$;
comment on function baton_prove_challenge(uuid, text, bytea, timestamptz) is 'The right code works once: of many at once one wins.';

create function baton_use_challenge(challenge uuid, what text, moment timestamptz) returns setof challenges
  language sql security definer set search_path = public, pg_temp as $$
  update challenges set used_at = moment
  where challenge_id = challenge and purpose = what and used_at is null and expires_at > moment
  returning *
$$;
comment on function baton_use_challenge(uuid, text, timestamptz) is 'Ends what was begun; of many at once one wins.';

create function baton_challenges_since(by_kind text, by_value text, since timestamptz) returns integer
  language sql stable security definer set search_path = public, pg_temp as $$
  select count(*)::integer from challenges where kind = by_kind and value = by_value and created_at > since
$$;
comment on function baton_challenges_since(text, text, timestamptz) is 'How many codes were sent to one address lately.';

create function baton_account_by_identifier(by_kind text, by_value text)
  returns table (account_id uuid, identifier_id uuid, state text, password_hash text, can_login boolean, can_verify boolean,
    bound_at timestamptz, last_used_at timestamptz, frozen_at timestamptz)
  language sql stable security definer set search_path = public, pg_temp as $$
  select a.account_id, i.identifier_id, a.state, a.password_hash, i.can_login, i.can_verify, i.bound_at, i.last_used_at, i.frozen_at
  from identifiers i join accounts a using (account_id) where i.kind = by_kind and i.value = by_value
$$;
comment on function baton_account_by_identifier(text, text) is 'Whom an identifier is bound to; asked only for whoever proves to have it.';

drop function baton_account_by_email(text);
create function baton_account_by_email(email text)
  returns table (account_id uuid, identifier_id uuid, password_hash text, state text)
  language sql stable security definer set search_path = public, pg_temp as $$
  select a.account_id, i.identifier_id, a.password_hash, a.state from identifiers i join accounts a using (account_id)
  where i.kind = 'email' and i.value = email and i.can_login and i.frozen_at is null
$$;

drop function baton_lock_account_by_email(text);
create function baton_lock_account_by_email(email text)
  returns table (account_id uuid, identifier_id uuid, password_hash text, state text)
  language sql security definer set search_path = public, pg_temp as $$
  select a.account_id, i.identifier_id, a.password_hash, a.state from identifiers i join accounts a using (account_id)
  where i.kind = 'email' and i.value = email and i.can_login and i.frozen_at is null for share of a
$$;
comment on function baton_lock_account_by_email(text) is 'A new password and a sign-in with the old one exclude each other.';

-- In the realm of the account these are plain statements; nobody names an account to a door.
drop function baton_open_session(bytea, uuid, uuid, timestamptz, timestamptz, text, text);
drop function baton_set_password(uuid, text);
drop function baton_end_sessions_of(uuid, timestamptz);

create function baton_account_lets_in(account uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select 1 from accounts a where a.account_id = account and a.state = 'active')
$$;
comment on function baton_account_lets_in(uuid) is 'False for one that is sealed or erased: its person does not act by tokens either (ACC-5).';

drop function baton_session(bytea, timestamptz, timestamptz);
create function baton_session(hash bytea, moment timestamptz, idle_since timestamptz)
  returns table (account_id uuid, session_id uuid, last_used_at timestamptz, proved_at timestamptz)
  language sql stable security definer set search_path = public, pg_temp as $$
  select s.account_id, s.session_id, s.last_used_at, s.proved_at from sessions s join accounts a using (account_id)
  where s.token_hash = hash and s.ended_at is null and s.expires_at > moment and s.last_used_at > idle_since
    and a.state = 'active'
$$;

do $$
declare door regprocedure;
begin
  for door in select unnest(array[
    'baton_open_challenge(uuid, text, uuid, uuid, text, text, bytea, jsonb, timestamptz, timestamptz)',
    'baton_challenge(uuid, text, timestamptz)', 'baton_count_try(uuid, text, integer, timestamptz)',
    'baton_prove_challenge(uuid, text, bytea, timestamptz)', 'baton_use_challenge(uuid, text, timestamptz)',
    'baton_challenges_since(text, text, timestamptz)', 'baton_account_by_identifier(text, text)',
    'baton_account_by_email(text)', 'baton_lock_account_by_email(text)', 'baton_account_lets_in(uuid)',
    'baton_session(bytea, timestamptz, timestamptz)'])::regprocedure loop
    execute format('alter function %s owner to baton_steward', door);
    execute format('revoke all on function %s from public', door);
    execute format('grant execute on function %s to baton_serve, baton_steward', door);
  end loop;
end $$;

revoke create on schema public from baton_steward;
