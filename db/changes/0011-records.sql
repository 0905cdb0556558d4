-- Calls, messages and voicemails of the numbers. They belong to the number; who held it then follows from custody.
create table records (
  company_id uuid not null,
  number_id uuid not null,
  occurred_at timestamptz not null,
  record_id uuid not null,
  kind text not null check (kind in ('call', 'message', 'voicemail')),
  direction text not null check (direction in ('inbound', 'outbound')),
  other_party text not null,
  other_name text,
  duration_seconds integer,
  answered boolean,
  body text,
  source text not null,
  source_id text not null,
  received_at timestamptz not null,
  primary key (company_id, number_id, occurred_at, record_id)
) partition by range (occurred_at);
comment on table records is 'One call, message or voicemail of a number. Partitioned by month: the years behind cost nothing to keep. No foreign key to numbers, since a new month would lock them.';
create index records_by_time on records (company_id, occurred_at, record_id);
create index records_of_party on records (company_id, other_party, occurred_at, record_id);
call baton_protect('records');

-- Months are made when the first record of theirs comes. The owner makes them, in a transaction of their own; ATTACH
-- locks the parent no more than a write does, where CREATE … PARTITION OF would stop all readers.
create function baton_open_record_month(moment timestamptz) returns void
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  first_instant timestamptz := date_trunc('month', moment, 'UTC');
  next_instant timestamptz := first_instant + interval '1 month';
  part text := 'records_' || to_char(first_instant at time zone 'UTC', 'YYYY_MM');
begin
  perform pg_advisory_xact_lock(4400004);
  if to_regclass('public.' || part) is not null then return; end if;
  execute format('create table %I (like records including defaults including constraints)', part);
  execute format('alter table records attach partition %I for values from (%L) to (%L)', part, first_instant, next_instant);
end $$;
comment on function baton_open_record_month(timestamptz) is 'Makes the partition of a month of records, if it is not there yet.';
revoke all on function baton_open_record_month(timestamptz) from public;
grant execute on function baton_open_record_month(timestamptz) to baton_serve, baton_steward;

create table record_sources (
  company_id uuid not null,
  source text not null,
  source_id text not null,
  record_id uuid not null,
  primary key (company_id, source, source_id)
);
comment on table record_sources is 'Which records of a source are here already, so that sending them again changes nothing. Beside the partitions, where it can be unique.';
call baton_protect('record_sources');

create table conversations (
  company_id uuid not null,
  number_id uuid not null,
  other_party text not null,
  other_name text,
  named_at timestamptz,
  last_at timestamptz not null,
  last_asked_at timestamptz,
  last_answered_at timestamptz,
  primary key (company_id, number_id, other_party),
  foreign key (company_id, number_id) references numbers (company_id, number_id)
);
comment on table conversations is 'A number and someone outside: open while what they last asked (message, missed call, voicemail) is later than the last answer.';
comment on column conversations.named_at is 'When the record was that other_name is from: a name goes with its record, and a later one wins.';
create index conversations_by_time on conversations (company_id, number_id, last_at, other_party);
create index conversations_open on conversations (company_id, number_id, last_asked_at, other_party)
  where last_asked_at > coalesce(last_answered_at, '-infinity');
call baton_protect('conversations');

create table record_media (
  company_id uuid not null,
  media_id uuid not null,
  record_id uuid not null,
  number_id uuid not null,
  occurred_at timestamptz not null,
  content_type text not null,
  byte_count bigint not null,
  sha256 bytea not null,
  file_name text,
  received_at timestamptz not null,
  primary key (company_id, media_id),
  foreign key (company_id, number_id) references numbers (company_id, number_id)
);
comment on table record_media is 'What belongs to a record as a file: voicemail, recording, picture. The bytes lie in the media folder under media_id.';
create unique index record_media_of_record on record_media (company_id, record_id, sha256);
create index record_media_of_number on record_media (company_id, number_id, occurred_at);
call baton_protect('record_media');

create table record_readings (
  company_id uuid not null,
  person text not null,
  number_id uuid not null,
  hour timestamptz not null,
  primary key (company_id, person, number_id, hour),
  foreign key (company_id, number_id) references numbers (company_id, number_id)
);
comment on table record_readings is 'Who has read the contents of a number''s records in which hour: each leaves one ledger entry (ALL-7).';
create index record_readings_of_number on record_readings (company_id, number_id);
call baton_protect('record_readings');
