import { Refusal } from '../../../kernel/refusal.ts'
import type { RouteInput } from '../../../kernel/route.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { httpRefusal } from '../../../platform/http/refusals.ts'
import { record } from '../../audit/index.ts'
import type { handoversContract } from '../contract.ts'
import type { HandoverDetail } from '../model.ts'
import { handoverRefusal } from '../refusals.ts'
import { mayAnswer } from '../states.ts'
import { setAcceptances } from '../store.ts'
import { acceptancesOf } from '../views.ts'
import { getHandover, memberOf } from './read.ts'
import { lockSeen } from './steer.ts'
import { tellOf } from './tell.ts'

/**
 * HAN-6: a successor says whether they take over what is meant for them; until the start they may think better of it, and
 * after it whoever declined may still accept, so that their items can be tried again.
 * @throws Refusal `thing.not_found` for whoever gets nothing or knows nothing of it yet, `version.changed`,
 * `handover.not_now` once it runs, but for who declined
 */
export async function acceptHandover(
  tx: Tx,
  input: RouteInput<(typeof handoversContract)['acceptHandover']>,
): Promise<HandoverDetail> {
  const row = await lockSeen(tx, input)
  const { handoverId, state } = row
  const memberId = memberOf(tx)
  const own = (await acceptancesOf(tx, handoverId)).find((one) => one.memberId === memberId)
  if (memberId === null || !own) throw new Refusal(httpRefusal.notFound, { thing: 'handover' })
  const { accept, reason = null } = input.body
  if (!mayAnswer(state, own.state, accept)) throw new Refusal(handoverRefusal.notNow, { state }, { state })
  setAcceptances(tx, { handoverId, memberIds: [memberId], state: accept ? 'accepted' : 'declined', reason })
  if (!accept)
    tellOf(tx, row, {
      notice: 'handover.declined',
      memberIds: [row.createdByMemberId, row.orderedByMemberId],
    })
  record(tx, {
    action: accept ? 'handover.accepted' : 'handover.declined',
    subjectKind: 'handover',
    subjectId: handoverId,
    effect: { memberId, planHash: row.planHash },
    reason,
  })
  return getHandover(tx, { params: input.params, language: input.language })
}
