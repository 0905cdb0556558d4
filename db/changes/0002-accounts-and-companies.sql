create table accounts (
  account_id uuid primary key,
  display_name text not null,
  password_hash text,
  state text not null default 'active' check (state in ('active', 'sealed', 'erased')),
  created_at timestamptz not null
);
comment on table accounts is 'A person''s own account (ACC-1); global, reached by serve only through functions.';

create table identifiers (
  kind text not null check (kind in ('phone', 'email', 'wechat', 'wecom', 'qq', 'wechat_official')),
  value text not null,
  account_id uuid not null references accounts,
  can_login boolean not null,
  can_verify boolean not null,
  bound_at timestamptz not null,
  proven_how text not null,
  primary key (kind, value)
);
comment on table identifiers is 'What an account signs in or is verified with; bound to at most one account at a time.';
create index identifiers_of_account on identifiers (account_id);

create table account_memberships (
  account_id uuid not null references accounts,
  company_id uuid not null,
  member_id uuid not null,
  joined_at timestamptz not null,
  primary key (account_id, company_id)
);
comment on table account_memberships is 'Which companies an account belongs to, for the company switcher.';

create table sessions (
  token_hash bytea primary key,
  session_id uuid not null,
  account_id uuid not null references accounts,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  last_used_at timestamptz not null,
  ended_at timestamptz,
  device text
);
comment on table sessions is 'Sign-ins of accounts; only the SHA-256 of the cookie is stored.';
create index sessions_of_account on sessions (account_id);

create table sign_in_links (
  token_hash bytea primary key,
  company_id uuid not null,
  member_id uuid not null,
  created_by text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);
comment on table sign_in_links is 'One-use sign-in links that an Admin makes for a member.';

create table sign_in_failures (
  subject_hash bytea primary key,
  failures integer not null,
  last_failed_at timestamptz not null
);
comment on table sign_in_failures is 'Failed sign-ins per e-mail (hashed), for growing waits that a restart does not forget.';

create table company_slugs (
  slug text primary key,
  company_id uuid not null
);
comment on table company_slugs is 'The registry of short names in addresses: /c/{slug}.';

create table companies (
  company_id uuid primary key,
  slug text not null,
  name text not null,
  time_zone text not null,
  language text not null check (language in ('en', 'zh')),
  host_company_id uuid,
  policies jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null
);
comment on table companies is 'A tenant. policies holds only what differs from the defaults.';
call baton_protect('companies');

create table subscriptions (
  company_id uuid primary key references companies,
  tier text not null check (tier in ('connect', 'advanced', 'max')),
  cap_override integer check (cap_override between 1 and 1000),
  licences_total integer not null check (licences_total >= 0),
  licences_used integer not null default 0 check (licences_used >= 0),
  version integer not null default 1,
  constraint licences_never_oversold check (licences_used <= licences_total)
);
comment on table subscriptions is 'Tier, cap and licences of a company (NUM-3, NUM-10).';
call baton_protect('subscriptions');

create table api_tokens (
  company_id uuid not null references companies,
  token_id uuid not null,
  token_hash bytea not null,
  member_id uuid not null,
  name text not null,
  scopes text[] not null,
  created_at timestamptz not null,
  expires_at timestamptz,
  last_used_at timestamptz,
  revoked_at timestamptz,
  primary key (company_id, token_id),
  unique (company_id, token_hash)
);
comment on table api_tokens is 'Bearer tokens of a member; a token names its company, so that it is looked up inside that realm.';
call baton_protect('api_tokens');
