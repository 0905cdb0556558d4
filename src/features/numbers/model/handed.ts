import { z } from 'zod'
import { Id, Instant } from '../../../kernel/fields.ts'
import { defineRefusals } from '../../../kernel/refusal.ts'
import { CustodyState } from '../model.ts'

/** What stands in the way of a number in a handover, and what it tells beforehand (HAN-2, HAN-5). */
export const handedRemark = defineRefusals({
  successorAtCap: {
    code: 'successor.at_cap',
    status: 409,
    en: {
      title:
        '{successor} has {held} numbers and would get {coming} more, and the {tier} subscription allows {cap} per member.',
      next: 'Choose another successor for some of them, park them, or let the Owner upgrade the subscription.',
    },
    zh: {
      title: '{successor} 已有 {held} 个号码，还将接收 {coming} 个，而 {tier} 订阅每人上限为 {cap} 个。',
      next: '请为其中一部分另选接收人、将其停放，或由所有者升级订阅。',
    },
  },
  movedMeanwhile: {
    code: 'number.moved_meanwhile',
    status: 409,
    en: {
      title: '{e164} is with {holder} by now: someone moved it in the meantime.',
      next: "Look at the number's custody, then skip this step with a reason, or pass the number on by hand.",
    },
    zh: {
      title: '{e164} 现由 {holder} 持有：期间有人移动过。',
      next: '请查看该号码的持有记录，再说明理由跳过此步骤，或手动转派该号码。',
    },
  },
  parkedMeanwhile: {
    code: 'number.parked_meanwhile',
    status: 409,
    en: {
      title: '{e164} is parked by now: someone took it back in the meantime.',
      next: 'Assign it from the park by hand, or skip this step with a reason.',
    },
    zh: {
      title: '{e164} 现处于停放状态：期间有人收回过。',
      next: '请手动分配该号码，或说明理由跳过此步骤。',
    },
  },
  checkTurnedDown: {
    code: 'check.turned_down',
    status: 409,
    en: {
      title: 'The check for {e164} was turned down or its move cancelled, so it did not pass on.',
      next: 'Assign the number to somebody else by hand, or leave it parked and skip this step with a reason.',
    },
    zh: {
      title: '{e164} 的核验未通过或移动已取消，因此未能转交。',
      next: '请手动将该号码分配给他人，或保持停放并说明理由跳过此步骤。',
    },
  },
  checkParks: {
    code: 'check.parks_number',
    status: 409,
    en: {
      title: '{e164} needs a check of {successor} before it passes; until that is cleared it is parked.',
      next: 'Have the check attested under Requests as soon as the handover runs.',
    },
    zh: {
      title: '{e164} 转交前须核验 {successor}；核验通过之前该号码将停放。',
      next: '交接执行后，请尽快在“申请”中完成核验。',
    },
  },
  checkWaits: {
    code: 'check.keeps_number',
    status: 409,
    en: {
      title: '{e164} needs a check of {successor} before it passes; until that is cleared {leaver} keeps it.',
      next: 'Have the check attested under Requests as soon as the handover runs.',
    },
    zh: {
      title: '{e164} 转交前须核验 {successor}；核验通过之前仍由 {leaver} 持有。',
      next: '交接执行后，请尽快在“申请”中完成核验。',
    },
  },
  stays: {
    code: 'number.stays',
    status: 409,
    en: {
      title: '{e164} stays with {leaver}, who cannot have left while they hold it.',
      next: 'Pass it on or park it, unless it is borrowed and goes back by itself.',
    },
    zh: {
      title: '{e164} 仍由 {leaver} 持有，持有期间无法办结离职。',
      next: '请转交或停放该号码；若为借用并会自动归还，则无需处理。',
    },
  },
  hangs: {
    code: 'number.hangs',
    status: 409,
    en: {
      title: 'Reached or verified by {e164} ({count}): {things}.',
      next: 'Re-bind them to another number before the run, while {leaver} can still confirm it.',
    },
    zh: {
      title: '有 {count} 项以 {e164} 登录或验证：{things}。',
      next: '请在执行之前、{leaver} 仍可确认时，将其改绑到其他号码。',
    },
  },
  seesAll: {
    code: 'history.seen_whole',
    status: 409,
    en: {
      title: '{successor} sees the whole history of {e164}.',
      next: 'Choose to hide the history if {successor} must not see it.',
    },
    zh: {
      title: '{successor} 将能看到 {e164} 的全部历史记录。',
      next: '若不应让 {successor} 看到，请选择隐藏历史记录。',
    },
  },
  seesSince: {
    code: 'history.seen_since',
    status: 409,
    en: {
      title: '{successor} sees the history of {e164} since {since}.',
      next: 'Choose to hide the history if {successor} must not see it.',
    },
    zh: {
      title: '{successor} 将能看到 {e164} 自 {since} 起的历史记录。',
      next: '若不应让 {successor} 看到，请选择隐藏历史记录。',
    },
  },
  historyLost: {
    code: 'history.lost',
    status: 409,
    en: {
      title:
        'The history of {e164} before the move is deleted for good, once a second person approves it and the undo window is over.',
      next: 'Hide the history instead if it may be needed one day.',
    },
    zh: {
      title: '{e164} 移动之前的历史记录，经第二人批准并过撤销期限后将永久删除。',
      next: '若日后可能需要，请改为隐藏历史记录。',
    },
  },
})

/** A number before a handover's step, as the step keeps it for the undo. */
export const NumberBefore = z.object({
  state: CustodyState,
  holderId: Id.nullable(),
  heldFrom: Instant,
  visibleFrom: Instant,
  assignedAt: Instant.nullable(),
  /** The returns of loans that the step brought about early. */
  ended: z.array(Id).default([]),
  /** Of a number that waits for a check: the move that waits, and when it was parked for that. */
  moveId: Id.optional(),
  parkedAt: Instant.optional(),
})
export type NumberBefore = z.infer<typeof NumberBefore>

/** The same after it. */
export const NumberAfter = z.object({
  state: CustodyState,
  holderId: Id.nullable(),
  heldFrom: Instant,
  visibleFrom: Instant,
  assignedAt: Instant.nullable(),
  /** Of a lent number: the move that brings it back. */
  returnMoveId: Id.optional(),
})
export type NumberAfter = z.infer<typeof NumberAfter>

/** A move to come, before and after a handover's step. */
export const ComingParticulars = z.object({
  toMemberId: Id,
  state: z.string(),
  dueAt: Instant,
  requestId: Id.nullable(),
  approvedBy: z.string().nullable(),
  checkedBy: z.string().nullable(),
})
export type ComingParticulars = z.infer<typeof ComingParticulars>
