-- The ledger is listed newest first by entry_id (time-ordered ids), sealed or not; each filter has an index of its own.
-- A jsonb operator is not leakproof, so under row-level security only a plain column reaches an index.
alter table audit_entries add column actor_id text generated always as (actor ->> 'id') stored;

drop index audit_entries_by_action;
drop index audit_entries_of_subject;
create index audit_entries_by_action on audit_entries (company_id, action, entry_id);
create index audit_entries_of_subject on audit_entries (company_id, subject_id, entry_id);
create index audit_entries_of_actor on audit_entries (company_id, actor_id, entry_id);

alter table legal_holds add column first_lift_reason text;
