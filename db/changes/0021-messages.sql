-- Messages on their way out: written in the transaction of their cause, sent after it (ALL-6). What they say is sealed,
-- since codes are among it, and goes when it was sent.
grant create on schema public to baton_steward;

create table messages (
  message_id uuid primary key,
  channel text not null check (channel in ('email', 'sms', 'robot')),
  template text not null,
  sealed bytea,
  state text not null default 'waiting' check (state in ('waiting', 'sent', 'failed', 'kept')),
  tries integer not null default 0,
  failure text,
  created_at timestamptz not null,
  due_at timestamptz,
  ended_at timestamptz,
  check ((state = 'waiting') = (due_at is not null))
);
comment on table messages is 'Messages to send: sealed until they are sent; `kept` are those that no sender takes, for the outbox page of a development machine.';
create index messages_due on messages (due_at) where state = 'waiting';
create index messages_by_age on messages (created_at);
grant select, insert, update, delete on messages to baton_steward;

create function baton_post_message(message uuid, by_channel text, by_template text, body bytea, moment timestamptz) returns void
  language sql security definer set search_path = public, pg_temp as $$
  insert into messages (message_id, channel, template, sealed, created_at, due_at)
  values (message, by_channel, by_template, body, moment, moment)
$$;
alter function baton_post_message(uuid, text, text, bytea, timestamptz) owner to baton_steward;
revoke all on function baton_post_message(uuid, text, text, bytea, timestamptz) from public;
grant execute on function baton_post_message(uuid, text, text, bytea, timestamptz) to baton_serve, baton_steward;

revoke create on schema public from baton_steward;
