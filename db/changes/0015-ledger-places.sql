-- Only the sealer gives an entry its place in the ledger: nobody may write one together with the entry.
revoke insert on audit_entries from baton_serve, baton_steward;
grant insert (company_id, entry_id, at, action, actor, subject_kind, subject_id, effect, reason_digest, details_digest,
  leaf_hash) on audit_entries to baton_serve, baton_steward;
