-- A number's history begins before Baton knew the number: what was ingested from earlier belongs to it and passes on
-- with it. So visibility starts at the beginning of time, not at the moment the number was added.
set local role baton_steward;
update assignments a set visible_from = '0001-01-01T00:00:00Z'
  from numbers n where n.company_id = a.company_id and n.number_id = a.number_id and a.visible_from = n.created_at;
update numbers set visible_from = '0001-01-01T00:00:00Z' where visible_from = created_at;
reset role;

-- Erasing a long history takes many transactions: from the first one on nobody sees it and nothing is added to it.
alter table history_erasures drop constraint history_erasures_state_check;
-- Erasures are few, and nothing serves while changes are applied.
-- squawk-ignore constraint-missing-not-valid
alter table history_erasures add constraint history_erasures_state_check
  check (state in ('awaiting_approval', 'approved', 'erasing', 'done', 'cancelled', 'rejected'));
alter table history_erasures add column erased_records bigint not null default 0;
-- Erasures are few, and nothing serves while changes are applied.
-- squawk-ignore require-concurrent-index-creation
create index history_erasures_of_request on history_erasures (company_id, request_id);
-- Erasures are few, and nothing serves while changes are applied.
-- squawk-ignore require-concurrent-index-creation
create index history_erasures_begun on history_erasures (company_id, erasure_id) where state = 'erasing';
