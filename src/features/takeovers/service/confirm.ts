import { Refusal } from '../../../kernel/refusal.ts'
import type { RouteInput } from '../../../kernel/route.ts'
import { hashSecret, newSecret } from '../../../platform/crypto/secret.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { lockPhone } from '../../accounts/index.ts'
import type { takeoversContract } from '../contract.ts'
import { type MobileChangeOutcome, takeoverRefusal } from '../model.ts'
import { endTakeover, findPhone, lockTakeover } from '../store.ts'
import { carryOver } from './carry-over.ts'
import { lookAt } from './look.ts'
import type { TakeoverParts } from './parts.ts'
import { lossesOfRow } from './start.ts'

/**
 * Takes the company's number over from the earlier account, having seen what is lost (ACC-5). Everything is checked
 * again: the assignment, the earlier account, the former person, the losses.
 * @throws Refusal `takeover.not_open`, `takeover.losses_changed` and as `decidePassage` and `carryOver` do
 */
export async function confirmMobileChange(
  tx: Tx,
  parts: TakeoverParts,
  { params, body, language }: RouteInput<(typeof takeoversContract)['confirmMobileChange']>,
): Promise<MobileChangeOutcome> {
  const { changeId } = params
  const phone = await findPhone(tx, changeId)
  if (phone === null) throw new Refusal(takeoverRefusal.notOpen)
  await lockPhone(tx, phone)
  const look = await lookAt(tx, phone)
  const row = await lockTakeover(tx, changeId)
  if (row?.state !== 'confirm' || row.dueAt <= tx.now) throw new Refusal(takeoverRefusal.notOpen)
  const passage = look.decide()
  const isSame = passage === 'confirm' && look.bound?.identifierId === row.formerIdentifierId
  // Freed meanwhile, it is bound as it would have been at first.
  if (!isSame && passage !== 'bind') throw new Refusal(takeoverRefusal.notOpen)
  if (isSame) {
    const losses = await lossesOfRow(tx, row, language)
    if (losses?.lossesHash !== body.losses) {
      throw new Refusal(takeoverRefusal.lossesChanged, {}, { ...losses })
    }
  }
  const secret = newSecret()
  const { replaces } = row
  const identifierId = await carryOver(tx, parts, { look, replaces, how: 'taken_over', secret })
  endTakeover(tx, changeId, { state: 'done', tokenHash: hashSecret(secret) })
  return { outcome: 'bound', identifierId }
}
