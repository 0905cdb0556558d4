import type { Announcer } from '../../platform/db/announce.ts'
import type { DueTask } from '../../platform/jobs/sweeper.ts'
import { type DispatchParts, sendWaiting } from './service/dispatch.ts'

const everyMs = 10_000

/** Sends messages as soon as their cause is committed, and again what could not be handed over. */
export function messageDueTasks(
  parts: DispatchParts & { readonly announcer: Announcer },
): readonly DueTask[] {
  return [
    {
      name: 'messages.waiting',
      everyMs,
      run: () => sendWaiting(parts),
      wakeOn: (wake) =>
        parts.announcer.listen(({ kind }) => {
          if (kind === 'messages-waiting') wake()
        }),
    },
  ]
}
