create table audit_entries (
  company_id uuid not null references companies,
  entry_id uuid not null,
  at timestamptz not null,
  action text not null,
  actor jsonb not null,
  subject_kind text not null,
  subject_id text not null,
  effect jsonb not null,
  reason_digest text,
  details_digest text,
  leaf_hash bytea not null,
  seq bigint,
  actor_id text generated always as (actor ->> 'id') stored,
  primary key (company_id, entry_id),
  unique (company_id, seq)
);
comment on table audit_entries is 'Every decision (ALL-2): ids and salted digests only, written with the change; the sealer gives seq.';
create index audit_entries_unsealed on audit_entries (company_id, entry_id) where seq is null;
-- Listed newest first by entry_id (ids sort by time), sealed or not. A jsonb operator is not leakproof, so under
-- row-level security only a plain column reaches an index.
create index audit_entries_by_action on audit_entries (company_id, action, entry_id);
create index audit_entries_of_subject on audit_entries (company_id, subject_id, entry_id);
create index audit_entries_of_actor on audit_entries (company_id, actor_id, entry_id);
call baton_protect('audit_entries');
-- Only the sealer gives an entry its place in the ledger: nobody may write one together with the entry.
revoke insert, update, delete on audit_entries from baton_serve, baton_steward;
grant insert (company_id, entry_id, at, action, actor, subject_kind, subject_id, effect, reason_digest, details_digest,
  leaf_hash) on audit_entries to baton_serve, baton_steward;
grant update (seq) on audit_entries to baton_steward;

create table audit_details (
  company_id uuid not null,
  entry_id uuid not null,
  salt bytea not null,
  details jsonb not null,
  primary key (company_id, entry_id),
  foreign key (company_id, entry_id) references audit_entries (company_id, entry_id)
);
comment on table audit_details is 'Reasons, names and numbers behind an entry''s digests; may be erased without breaking a proof.';
call baton_protect('audit_details');
revoke update, delete on audit_details from baton_serve;

create table audit_heads (
  company_id uuid primary key references companies,
  size bigint not null,
  frontier bytea[] not null
);
comment on table audit_heads is 'The compact range of each company''s Merkle tree (RFC 6962); locked by the sealer.';
call baton_protect('audit_heads');
revoke insert, update, delete on audit_heads from baton_serve;

create table audit_checkpoints (
  company_id uuid not null references companies,
  size bigint not null,
  note text not null,
  sealed_at timestamptz not null,
  primary key (company_id, size)
);
comment on table audit_checkpoints is 'Signed checkpoints (C2SP tlog-checkpoint); the same lines also go outside the database (ALL-6).';
call baton_protect('audit_checkpoints');
revoke insert, update, delete on audit_checkpoints from baton_serve;
revoke update, delete on audit_checkpoints from baton_steward;

create table signing_keys (
  key_name text primary key,
  public_key text not null,
  created_at timestamptz not null,
  retired_at timestamptz
);
comment on table signing_keys is 'Public halves of the keys that signed checkpoints; old ones stay verifiable. The private halves are files.';
grant select on signing_keys to baton_serve;
grant select, insert, update on signing_keys to baton_steward;
