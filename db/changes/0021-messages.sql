-- Messages on their way out: written in the transaction of their cause, sent after it. What they say is sealed,
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
  expires_at timestamptz,
  ended_at timestamptz,
  check ((state = 'waiting') = (due_at is not null)),
  check ((state = 'waiting') = (ended_at is null)),
  check ((state in ('waiting', 'kept')) = (sealed is not null))
);
comment on table messages is 'Messages to send: sealed until they are sent; `kept` are those that no sender takes, for the outbox page of a development machine.';
comment on column messages.due_at is 'When it is sent next. Whoever takes it to send moves this ahead first, so that one who dies leaves it to another.';
comment on column messages.expires_at is 'After this it is of no use, such as an expired code, and not sent any more; null for no end.';
comment on column messages.failure is 'Why the last try failed: no text, no address, no secret.';
create index messages_due on messages (channel, due_at) where state = 'waiting';
create index messages_ended on messages (ended_at) where ended_at is not null;
create index messages_kept on messages (message_id) where state = 'kept';
grant select, insert, update, delete on messages to baton_steward;

create function baton_post_message(message uuid, by_channel text, by_template text, body bytea, moment timestamptz,
    expires timestamptz) returns void
  language sql security definer set search_path = public, pg_temp as $$
  insert into messages (message_id, channel, template, sealed, created_at, due_at, expires_at)
  values (message, by_channel, by_template, body, moment, moment, expires)
$$;

create function baton_kept_messages(before uuid, most integer)
  returns table (message_id uuid, sealed bytea, created_at timestamptz)
  language sql stable security definer set search_path = public, pg_temp as $$
  select m.message_id, m.sealed, m.created_at from messages m
  where m.state = 'kept' and (before is null or m.message_id < before) order by m.message_id desc limit most
$$;
comment on function baton_kept_messages(uuid, integer) is 'What no sender took, the newest first; nothing where the outbox is off.';

do $$
declare door regprocedure;
begin
  for door in select unnest(array['baton_post_message(uuid, text, text, bytea, timestamptz, timestamptz)',
    'baton_kept_messages(uuid, integer)'])::regprocedure loop
    execute format('alter function %s owner to baton_steward', door);
    execute format('revoke all on function %s from public', door);
    execute format('grant execute on function %s to baton_serve, baton_steward', door);
  end loop;
end $$;

revoke create on schema public from baton_steward;
