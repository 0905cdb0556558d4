-- Lists that screens ask for: by the time custody began, the history of one member, and what waits by its time.
-- Nothing serves while changes are applied.
-- squawk-ignore require-concurrent-index-creation
create index numbers_by_custody on numbers (company_id, held_from, number_id);

-- A batch gives many numbers at the same instant, so the number is a part of the place in a member's history; nothing
-- serves while changes are applied.
-- squawk-ignore require-concurrent-index-creation
create index assignments_of_member on assignments (company_id, holder_id, held_from, number_id) where holder_id is not null;
-- The new index does all that this one did; nothing serves while changes are applied.
-- squawk-ignore require-concurrent-index-deletion
drop index assignments_of_holder;

-- Nothing serves while changes are applied.
-- squawk-ignore require-concurrent-index-creation
create index scheduled_moves_waiting_by_due on scheduled_moves (company_id, due_at, move_id)
  where state in ('scheduled', 'pending_check', 'pending_approval');
