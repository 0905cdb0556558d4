import { personOf } from '../../../kernel/caller.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { addNotices } from '../../people/index.ts'
import type { HandoverRow } from '../store.ts'

/** What people are told of a handover. */
export type HandoverNotice =
  | 'handover.asks_you'
  | 'handover.comes_to_you'
  | 'handover.begins_for_you'
  | 'handover.of_your_report'
  | 'handover.declined'
  | 'handover.stopped'

/** Tells members of a handover, whoever acts apart. */
export function tellOf(
  tx: Tx,
  { handoverId, kind }: Pick<HandoverRow, 'handoverId' | 'kind'>,
  told: { readonly notice: HandoverNotice; readonly memberIds: readonly (string | null)[] },
): void {
  const memberIds = new Set(told.memberIds.filter((id) => id !== null && id !== personOf(tx.caller)))
  addNotices(
    tx,
    [...memberIds].flatMap((memberId) =>
      memberId === null
        ? []
        : {
            noticeId: tx.newId(),
            memberId,
            kind: told.notice,
            particulars: { handoverId, cause: kind },
            at: tx.now,
          },
    ),
  )
}
