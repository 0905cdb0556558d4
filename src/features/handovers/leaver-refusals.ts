import { defineRefusals } from '../../kernel/refusal.ts'

/** What a list of leavers says of a line: what keeps it from becoming a plan, and the way out. */
export const leaverRemark = defineRefusals({
  unknown: {
    code: 'leaver.unknown',
    status: 404,
    en: {
      title: 'Nobody in the company is “{value}”.',
      next: 'Choose who is meant, or leave the line out.',
    },
    zh: { title: '公司内没有“{value}”。', next: '请选择所指的成员，或去掉该行。' },
  },
  several: {
    code: 'leaver.several',
    status: 409,
    en: { title: 'The words “{value}” fit {count} people.', next: 'Choose which of them is meant.' },
    zh: { title: '“{value}”对应 {count} 名成员。', next: '请选择所指的成员。' },
  },
  nameDiffers: {
    code: 'leaver.name_differs',
    status: 409,
    en: {
      title: 'Here “{value}” is {name}, but the line says “{said}”.',
      next: 'Choose who is meant.',
    },
    zh: { title: '“{value}”在本公司为 {name}，而该行填写的是“{said}”。', next: '请选择所指的成员。' },
  },
  hasLeft: {
    code: 'leaver.has_left',
    status: 409,
    en: {
      title: '{name} has left and holds nothing any more.',
      next: 'Leave the line out, or choose somebody else.',
    },
    zh: { title: '{name} 已离职，名下已无任何项目。', next: '请去掉该行，或选择其他成员。' },
  },
  twice: {
    code: 'leaver.twice',
    status: 409,
    en: { title: '{name} stands in row {row} already.', next: 'Keep one of the two lines.' },
    zh: { title: '{name} 已出现在第 {row} 行。', next: '请保留其中一行。' },
  },
  alreadyLeaving: {
    code: 'leaver.already_leaving',
    status: 409,
    en: {
      title: 'There is a handover of {name} already.',
      next: 'Go on with that one, or cancel it first.',
    },
    zh: { title: '{name} 已有进行中的交接。', next: '请继续办理该交接，或先将其取消。' },
  },
  lastOwner: {
    code: 'leaver.last_owner',
    status: 409,
    en: {
      title: '{name} is the last Owner of the company.',
      next: 'Make somebody who stays an Owner first.',
    },
    zh: { title: '{name} 是公司最后一位所有者。', next: '请先将一位留任的成员设为所有者。' },
  },
  noManager: {
    code: 'leaver.no_manager',
    status: 409,
    en: {
      title: '{name} has no manager who stays.',
      next: 'Choose who gets everything, or let the company keep it.',
    },
    zh: { title: '{name} 没有留任的上级。', next: '请选择接收人，或由公司保管。' },
  },
  successorUnknown: {
    code: 'leaver.successor_unknown',
    status: 404,
    en: {
      title: 'Nobody in the company is “{value}”, to whom everything is to go.',
      next: 'Choose the successor.',
    },
    zh: { title: '公司内没有接收人“{value}”。', next: '请选择接收人。' },
  },
  successorSeveral: {
    code: 'leaver.successor_several',
    status: 409,
    en: {
      title: 'The successor “{value}” may be one of {count} people.',
      next: 'Choose which of them is meant.',
    },
    zh: { title: '接收人“{value}”对应 {count} 名成员。', next: '请选择所指的接收人。' },
  },
  successorIsLeaver: {
    code: 'leaver.successor_is_leaver',
    status: 409,
    en: { title: '{name} cannot hand over to themselves.', next: 'Choose another successor.' },
    zh: { title: '{name} 不能交接给本人。', next: '请选择其他接收人。' },
  },
  successorLeaves: {
    code: 'leaver.successor_leaves',
    status: 409,
    en: { title: '{name}, who is to get everything, leaves, too.', next: 'Choose somebody who stays.' },
    zh: { title: '接收人 {name} 也将离职。', next: '请选择留任的成员。' },
  },
  successorNotActive: {
    code: 'leaver.successor_not_active',
    status: 409,
    en: {
      title: '{name} cannot get anything: suspended, or left.',
      next: 'Choose somebody who works here.',
    },
    zh: { title: '{name} 已停用或已离职，不能接收。', next: '请选择在职成员。' },
  },
  dayUnreadable: {
    code: 'leaver.day_unreadable',
    status: 422,
    en: {
      title: 'The day “{value}” cannot be read in one way only.',
      next: 'Choose the last day, e.g. 2026-11-30.',
    },
    zh: { title: '无法确定“{value}”是哪一天。', next: '请选择最后工作日，如 2026-11-30。' },
  },
  dayPast: {
    code: 'leaver.day_past',
    status: 422,
    en: {
      title: 'The last day, {value}, is past.',
      next: 'Choose another day, or let it take effect at once.',
    },
    zh: { title: '最后工作日 {value} 已过。', next: '请选择其他日期，或立即生效。' },
  },
})
