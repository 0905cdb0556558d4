-- Second factors and passkeys of a person's account (ACC-8).
grant create on schema public to baton_steward;

create table passkeys (
  account_id uuid not null references accounts on delete cascade,
  passkey_id uuid not null,
  credential_id text not null,
  public_key bytea not null,
  name text not null,
  uses bigint not null check (uses >= 0),
  is_synced boolean not null,
  transports text[] not null,
  added_at timestamptz not null,
  last_used_at timestamptz,
  frozen_at timestamptz,
  primary key (account_id, passkey_id),
  constraint passkeys_belong_to_one unique (credential_id)
);
comment on table passkeys is 'WebAuthn credentials: each belongs to one account, over all of them.';
comment on column passkeys.credential_id is 'As the device names it, in base64url.';
comment on column passkeys.uses is 'What the device last counted; one that counts back may be a copy. Zero for those that do not count.';
comment on column passkeys.frozen_at is 'Since when an objection keeps it from being used (ACC-9).';
call baton_protect_account('passkeys');

create table authenticators (
  account_id uuid not null references accounts on delete cascade,
  authenticator_id uuid not null,
  sealed bytea not null,
  created_at timestamptz not null,
  confirmed_at timestamptz,
  last_step bigint not null default 0,
  last_used_at timestamptz,
  frozen_at timestamptz,
  primary key (account_id, authenticator_id)
);
comment on table authenticators is 'Authenticator apps (TOTP): one in use, and one that waits to be confirmed. The key is sealed by the vault.';
comment on column authenticators.last_step is 'The newest step of 30 s that a code was taken for; each counts once.';
create unique index authenticators_in_use on authenticators (account_id) where confirmed_at is not null;
create unique index authenticators_waiting on authenticators (account_id) where confirmed_at is null;
call baton_protect_account('authenticators');

create table recovery_codes (
  account_id uuid not null references accounts on delete cascade,
  code_digest bytea not null,
  made_at timestamptz not null,
  used_at timestamptz,
  primary key (account_id, code_digest)
);
comment on table recovery_codes is 'Recovery codes of 80 random bits, kept as keyed digests; each works once.';
call baton_protect_account('recovery_codes');

-- Who signs in by passkey alone is not known before: the credential says whose it is.
create function baton_passkey(credential text)
  returns table (account_id uuid, passkey_id uuid, public_key bytea, uses bigint, name text)
  language sql stable security definer set search_path = public, pg_temp as $$
  select p.account_id, p.passkey_id, p.public_key, p.uses, p.name from passkeys p where p.credential_id = credential and p.frozen_at is null
$$;
comment on function baton_passkey(text) is 'Whose a passkey is and what checks its signature; tells nothing that a caller without the private key can use.';
alter function baton_passkey(text) owner to baton_steward;
revoke all on function baton_passkey(text) from public;
grant execute on function baton_passkey(text) to baton_serve, baton_steward;

revoke create on schema public from baton_steward;
