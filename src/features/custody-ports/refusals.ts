import { defineRefusals } from '../../kernel/refusal.ts'

/** What may stand in the way of passing on any kind of holding (HAN-2, HAN-5). */
export const stepRefusal = defineRefusals({
  successorMissing: {
    code: 'successor.missing',
    status: 422,
    en: {
      title: 'Nobody is named who gets "{label}".',
      next: 'Choose a successor for it, or another way than passing it on.',
    },
    zh: { title: '尚未指定由谁接收“{label}”。', next: '请为其选择接收人，或改用转交以外的方式。' },
  },
  successorNotActive: {
    code: 'successor.not_active',
    status: 409,
    en: {
      title: '{successor} is {status}, and only active members take something over.',
      next: 'Choose an active member, or reactivate this one first.',
    },
    zh: {
      title: '{successor} 当前状态为 {status}，只有在职成员可以接收。',
      next: '请选择在职成员，或先恢复该成员。',
    },
  },
  notHeld: {
    code: 'holding.passed_on',
    status: 409,
    en: {
      title: '"{label}" is no longer with the person who hands over: someone changed it in the meantime.',
      next: 'Look who has it now, then skip this step with a reason, or give it back and run the step again.',
    },
    zh: {
      title: '“{label}”已不在交接人名下：期间有人更改过。',
      next: '请先查看现由谁持有，再说明理由跳过此步骤，或归还后重新执行。',
    },
  },
  changedSince: {
    code: 'holding.changed_since',
    status: 409,
    en: {
      title: '"{label}" was changed by someone else after this handover, so it stays as it is now.',
      next: 'Look who has it now, and change it by hand if it should go back.',
    },
    zh: {
      title: '“{label}”在此次交接之后又被他人更改，因此保持现状。',
      next: '请查看现由谁持有；如需恢复，请手动更改。',
    },
  },
})
