-- Phones that pass from one account to another (ACC-5, ACC-6), and how a company chose to get there (ACC-11).
grant create on schema public to baton_steward;

create table takeovers (
  account_id uuid not null references accounts on delete cascade,
  takeover_id uuid not null,
  state text not null check (state in ('confirm', 'waiting', 'done', 'cancelled', 'vetoed', 'void')),
  basis text not null check (basis in ('company', 'recycled')),
  phone text,
  replaces uuid,
  owner_company_id uuid,
  number_id uuid,
  member_id uuid,
  former_member_id uuid,
  former_account_id uuid not null,
  former_identifier_id uuid not null,
  token_hash bytea unique,
  started_at timestamptz not null,
  due_at timestamptz not null,
  ended_at timestamptz,
  disputed_at timestamptz,
  primary key (account_id, takeover_id),
  check ((state in ('confirm', 'waiting')) = (ended_at is null)),
  check ((phone is null) = (ended_at is not null)),
  check ((basis = 'company') <= (number_id is not null)),
  check (disputed_at is null or state = 'done')
);
comment on table takeovers is 'Phones on their way to an account from another one; belongs to who gets it.';
comment on column takeovers.phone is 'While it is on its way; afterwards the account itself says what it has.';
comment on column takeovers.due_at is 'Waiting: when it passes by itself. To be confirmed: until when that can be done.';
comment on column takeovers.token_hash is 'SHA-256 of what the message to the former person carries, so that they can object.';
create unique index takeovers_open on takeovers (account_id, phone) where ended_at is null;
create index takeovers_due on takeovers (due_at) where ended_at is null;
create index takeovers_against on takeovers (former_account_id) where ended_at is null;
call baton_protect_account('takeovers');
revoke delete on takeovers from baton_serve;

create table number_rebindings (
  company_id uuid not null references companies,
  rebinding_id uuid not null,
  number_id uuid not null,
  solution text not null check (solution in ('former_deletes', 'take_over')),
  former_available boolean not null,
  former_member_id uuid,
  for_member_id uuid,
  consent_by text,
  consent_at timestamptz,
  consent_how text check (consent_how in ('in_person', 'phone', 'email', 'chat', 'paper')),
  consent_note text,
  chosen_by text not null,
  chosen_at timestamptz not null,
  replaced_at timestamptz,
  primary key (company_id, rebinding_id),
  foreign key (company_id, number_id) references numbers (company_id, number_id),
  foreign key (company_id, former_member_id) references members (company_id, member_id),
  foreign key (company_id, for_member_id) references members (company_id, member_id),
  check ((consent_at is null) = (consent_how is null)),
  check (solution <> 'former_deletes' or (consent_at is not null and former_member_id is not null))
);
comment on table number_rebindings is 'Which of the two solutions was chosen for a number that an earlier account still has, and who agreed.';
create index number_rebindings_of_number on number_rebindings (company_id, number_id, chosen_at desc);
create index number_rebindings_of_former on number_rebindings (company_id, former_member_id);
create index number_rebindings_for_member on number_rebindings (company_id, for_member_id);
call baton_protect('number_rebindings');
revoke delete on number_rebindings from baton_serve;

create table binding_ends (
  company_id uuid not null references companies,
  identifier_id uuid not null,
  number_id uuid not null,
  account_id uuid not null,
  asked_at timestamptz not null,
  ended_at timestamptz,
  primary key (company_id, identifier_id),
  foreign key (company_id, number_id) references numbers (company_id, number_id)
);
comment on table binding_ends is 'Bindings of own accounts to a number that the company gave up: they end right after the release.';
create index binding_ends_waiting on binding_ends (asked_at) where ended_at is null;
create index binding_ends_of_number on binding_ends (company_id, number_id);
call baton_protect('binding_ends');
revoke delete on binding_ends from baton_serve;

alter table tasks add column former_member_id uuid;
comment on column tasks.former_member_id is 'The former member whose name for_name is, so that it goes when that person is erased.';

create table account_recoveries (
  account_id uuid not null references accounts on delete cascade,
  recovery_id uuid not null,
  email text not null,
  token_hash bytea not null unique,
  asked_at timestamptz not null,
  due_at timestamptz not null,
  vetoed_at timestamptz,
  primary key (account_id, recovery_id),
  unique (account_id, email)
);
comment on table account_recoveries is 'Sealed accounts without a password that come back to an address unless another one of theirs objects.';
comment on column account_recoveries.token_hash is 'SHA-256 of what the messages to the other addresses carry, so that they can object.';
comment on column account_recoveries.vetoed_at is 'When another address objected; this one brings the account back no more.';
create index account_recoveries_due on account_recoveries (due_at) where vetoed_at is null;
call baton_protect_account('account_recoveries');

create function baton_owner_of_line(line text) returns table (company_id uuid, number_id uuid)
  language sql stable security definer set search_path = public, pg_temp as $$
  select r.company_id, r.number_id from number_registry r where r.e164 = line
$$;
comment on function baton_owner_of_line(text) is 'Which company owns a number; asked for whoever has proved to receive its messages, and decided on, never shown.';

create function baton_bindings_of_numbers(wanted uuid[])
  returns table (number_id uuid, identifier_id uuid, account_id uuid, member_id uuid, can_login boolean, can_verify boolean,
    bound_at timestamptz)
  language sql stable security definer set search_path = public, pg_temp as $$
  select n.number_id, i.identifier_id, i.account_id, m.member_id, i.can_login, i.can_verify, i.bound_at
  from numbers n
  join identifiers i on i.kind = 'phone' and i.value = n.e164
  join members m on m.company_id = n.company_id and m.account_id = i.account_id
  where n.company_id = baton_current_company() and n.number_id = any (wanted) and n.state <> 'released'
$$;
comment on function baton_bindings_of_numbers(uuid[]) is 'Accounts of members, former ones too, that use numbers of this company; of accounts of strangers nothing is known here.';

create function baton_takeover_by_token(token bytea)
  returns table (account_id uuid, takeover_id uuid, former_account_id uuid)
  language sql stable security definer set search_path = public, pg_temp as $$
  select t.account_id, t.takeover_id, t.former_account_id from takeovers t where t.token_hash = token
$$;

create function baton_claims_on_account()
  returns table (account_id uuid, takeover_id uuid, phone text, due_at timestamptz)
  language sql stable security definer set search_path = public, pg_temp as $$
  select t.account_id, t.takeover_id, t.phone, t.due_at from takeovers t
  where t.former_account_id = baton_current_account() and t.state = 'waiting'
  order by t.due_at, t.takeover_id
$$;
comment on function baton_claims_on_account() is 'Phones of this account that pass on unless its person objects.';

create function baton_sealed_account_by_identifier(by_kind text, digest bytea, by_value text, without_password_days integer)
  returns table (account_id uuid, password_hash text)
  language sql stable security definer set search_path = public, pg_temp as $$
  select a.account_id, a.password_hash
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

create function baton_recovery_by_token(token bytea) returns table (account_id uuid, recovery_id uuid)
  language sql stable security definer set search_path = public, pg_temp as $$
  select r.account_id, r.recovery_id from account_recoveries r where r.token_hash = token
$$;

do $$
declare door regprocedure;
begin
  for door in select unnest(array['baton_owner_of_line(text)', 'baton_bindings_of_numbers(uuid[])',
    'baton_takeover_by_token(bytea)', 'baton_claims_on_account()',
    'baton_sealed_account_by_identifier(text, bytea, text, integer)', 'baton_recovery_by_token(bytea)'])::regprocedure loop
    execute format('alter function %s owner to baton_steward', door);
    execute format('revoke all on function %s from public', door);
    execute format('grant execute on function %s to baton_serve, baton_steward', door);
  end loop;
end $$;

revoke create on schema public from baton_steward;
