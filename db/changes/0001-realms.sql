-- Realms: every transaction is one company's, one account's, or the steward's. Row-level security keeps them apart.
-- The roles baton_serve and baton_steward exist already: they belong to the cluster and are made at start.

grant usage on schema public to baton_serve, baton_steward;

-- Needed only to hand functions over to the steward; taken back by the last statement of this file's sequel.
grant create on schema public to baton_steward;

create function baton_current_company() returns uuid
  language sql stable parallel safe
  return nullif(current_setting('baton.company', true), '')::uuid;
comment on function baton_current_company() is 'The company of this transaction; null outside a company realm, which matches no row.';

create procedure baton_protect(target regclass)
  language plpgsql as $$
begin
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  execute format(
    'create policy serve_own_company on %s for all to baton_serve using (company_id = (select baton_current_company())) with check (company_id = (select baton_current_company()))',
    target);
  execute format('create policy steward_all on %s for all to baton_steward using (true) with check (true)', target);
  execute format('grant select, insert, update, delete on %s to baton_serve, baton_steward', target);
end $$;
comment on procedure baton_protect(regclass) is 'The one template of row-level security: call it for every table with a company_id.';

create table installation (
  only_row boolean primary key default true check (only_row),
  installation_id uuid not null,
  created_at timestamptz not null
);
comment on table installation is 'Who this installation is; the origin of its audit checkpoints.';
grant select on installation to baton_serve;
grant select, insert on installation to baton_steward;

create table idempotency_keys (
  company_id uuid not null,
  principal text not null,
  key text not null,
  operation text not null,
  fingerprint bytea not null,
  status smallint,
  answer jsonb,
  etag text,
  created_at timestamptz not null,
  primary key (company_id, principal, key)
);
comment on table idempotency_keys is 'Answers to repeated writes (ALL-4), written in the transaction of the effect, swept after 24 h. The zero company holds those of the installation.';
create index idempotency_keys_age on idempotency_keys (created_at);
call baton_protect('idempotency_keys');
