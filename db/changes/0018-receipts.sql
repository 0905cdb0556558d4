-- Receipts of handovers (HAN-8): the signed part is written with the finish and never again; names stand beside it.
create table handover_receipts (
  company_id uuid not null,
  handover_id uuid not null,
  part text not null check (part in ('receipt', 'supplement')),
  made_at timestamptz not null,
  body text not null,
  body_hash text not null,
  signature jsonb,
  evidence jsonb,
  signed_at timestamptz,
  primary key (company_id, handover_id, part),
  foreign key (company_id, handover_id) references handovers (company_id, handover_id),
  check ((signature is null) = (signed_at is null) and (evidence is null) = (signed_at is null))
);
comment on table handover_receipts is 'What a finished handover did, in canonical JSON: ids and salted digests only. Signed once its entries are sealed.';
create index handover_receipts_to_sign on handover_receipts (company_id, handover_id) where signed_at is null;
call baton_protect('handover_receipts');
-- What was hashed stays as it is; only the steward, who signs, adds the signature and the proof.
revoke update, delete on handover_receipts from baton_serve;
revoke update on handover_receipts from baton_steward;
grant update (signature, evidence, signed_at) on handover_receipts to baton_steward;

create table handover_receipt_names (
  company_id uuid not null,
  handover_id uuid not null,
  part text not null,
  ref text not null,
  salt bytea not null,
  value jsonb not null,
  primary key (company_id, handover_id, part, ref),
  foreign key (company_id, handover_id, part) references handover_receipts (company_id, handover_id, part)
);
comment on table handover_receipt_names is 'Names, numbers and reasons behind a receipt''s digests; may be erased without breaking its proof.';
create index handover_receipt_names_of on handover_receipt_names (company_id, ref);
call baton_protect('handover_receipt_names');

create function baton_installation_id(fresh uuid, moment timestamptz) returns uuid
  language sql security definer set search_path = public, pg_temp as $$
  with made as (
    insert into installation (installation_id, created_at) select fresh, moment
    where not exists (select 1 from installation) on conflict (only_row) do nothing returning installation_id)
  select installation_id from made union all select installation_id from installation limit 1
$$;
comment on function baton_installation_id(uuid, timestamptz) is 'Who this installation is; `fresh` where it is not known yet.';

grant create on schema public to baton_steward;
alter function baton_installation_id(uuid, timestamptz) owner to baton_steward;
revoke all on function baton_installation_id(uuid, timestamptz) from public;
grant execute on function baton_installation_id(uuid, timestamptz) to baton_serve, baton_steward;
revoke create on schema public from baton_steward;
