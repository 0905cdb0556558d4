-- Notices are read newest first; their ids follow from what happened, not from the time.
drop index notices_of_member;
create index notices_of_member on notices (company_id, member_id, created_at, notice_id);
