-- A company may set its own limit of numbers per member as high as somebody in it needs, e.g. a robot's.
alter table subscriptions drop constraint subscriptions_cap_override_check;
-- One row a company; nothing serves while changes are applied.
-- squawk-ignore constraint-missing-not-valid
alter table subscriptions add constraint subscriptions_cap_override_check check (cap_override between 1 and 100000);
