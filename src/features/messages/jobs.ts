import type { Announcer } from '../../platform/db/announce.ts'
import type { DueTask } from '../../platform/jobs/sweeper.ts'
import { messageChannels } from './model.ts'
import { type DispatchParts, sendWaiting } from './service/dispatch.ts'
import { forgetMessages } from './service/forget.ts'

const everyMs = 10_000
const forgetEveryMs = 600_000
const caller = { kind: 'installation', id: 'sweeper' } as const

/**
 * Sends messages as soon as their cause is committed, and again what could not be handed over; each channel by itself,
 * so that a gateway that hangs keeps no mail waiting. Forgets them later.
 */
export function messageDueTasks(
  parts: DispatchParts & { readonly announcer: Announcer },
): readonly DueTask[] {
  const { database, announcer } = parts
  return [
    ...messageChannels.map((channel) => ({
      name: `messages.${channel}`,
      everyMs,
      run: () => sendWaiting(parts, channel),
      wakeOn: (wake: () => void) =>
        announcer.listen(({ kind }) => {
          if (kind === 'messages-waiting') wake()
        }),
    })),
    {
      name: 'messages.old',
      everyMs: forgetEveryMs,
      run: () => database.asSteward(caller, (tx) => forgetMessages(tx, parts)),
    },
  ]
}
