import { defineRefusals } from '../../kernel/refusal.ts'

export const systemRefusal = defineRefusals({
  nameTaken: {
    code: 'system.name_taken',
    status: 409,
    en: {
      title: 'There is an outside system named {name} already.',
      next: 'Use that one, or choose another name.',
    },
    zh: { title: '已有名为 {name} 的外部系统。', next: '请使用已有系统，或换一个名称。' },
  },
  inUse: {
    code: 'system.in_use',
    status: 409,
    en: {
      title: 'The outside system {name} has {count} accounts, now or in its history.',
      next: 'Keep it; an account that was added by mistake can be removed first.',
    },
    zh: { title: '外部系统 {name} 现有或曾有 {count} 个账号。', next: '请保留该系统；误加的账号可先移除。' },
  },
})

export const workAccountRefusal = defineRefusals({
  loginTaken: {
    code: 'work_account.login_taken',
    status: 409,
    en: {
      title: '{system} has an account {login} already.',
      next: 'Open that account instead, or correct the account name.',
    },
    zh: { title: '{system} 已有账号 {login}。', next: '请打开该账号，或更正账号名。' },
  },
  memberLeft: {
    code: 'work_account.member_left',
    status: 409,
    en: { title: '{name} is not an active member.', next: 'Choose an active member.' },
    zh: { title: '{name} 不是在职成员。', next: '请选择在职成员。' },
  },
  state: {
    code: 'work_account.not_in_state',
    status: 409,
    en: {
      title: 'This cannot be done with the account: it is {state}.',
      next: 'Load the account again; what is still possible is offered there.',
    },
    zh: { title: '账号当前状态为 {state}，无法执行此操作。', next: '请重新加载该账号，查看可执行的操作。' },
  },
  taskOpen: {
    code: 'work_account.task_open',
    status: 409,
    en: {
      title: 'Something about this account is under way: “{title}”.',
      next: 'Finish that task or cancel it, then try again.',
    },
    zh: { title: '该账号正在办理：“{title}”。', next: '请先完成或取消该待办事项，再重试。' },
  },
  alreadyHeld: {
    code: 'work_account.already_held',
    status: 409,
    en: { title: '{name} holds this account already.', next: 'Choose somebody else.' },
    zh: { title: '{name} 已持有该账号。', next: '请选择其他人。' },
  },
  keptAlready: {
    code: 'work_account.kept_already',
    status: 409,
    en: { title: 'The company keeps this account already.', next: 'Pass it on to a member instead.' },
    zh: { title: '该账号已由公司保管。', next: '请将其转交给成员。' },
  },
  hasHistory: {
    code: 'work_account.has_history',
    status: 409,
    en: {
      title: 'This account has a history: it changed hands, or people had tasks about it.',
      next: 'Close it instead; removing is for what was added by mistake.',
    },
    zh: { title: '该账号已有历史：曾经转手或有相关待办事项。', next: '请改为停用；移除仅用于误加的账号。' },
  },
  notWecom: {
    code: 'work_account.not_wecom',
    status: 409,
    en: {
      title: 'Only a WeCom personal account is deleted by its person with a wait.',
      next: 'Close the account instead.',
    },
    zh: { title: '只有企业微信个人账号才由本人注销并有等待期。', next: '请改为停用该账号。' },
  },
  wecomPersonal: {
    code: 'work_account.wecom_personal',
    status: 409,
    en: {
      title:
        'A WeCom account belongs to its person: it cannot be kept by the company, closed or given to somebody else.',
      next: 'Let its person delete it (end), or let the successor take the number over (pass_on).',
    },
    zh: {
      title: '企业微信账号属于个人：公司不能保管、停用或转给他人。',
      next: '请由本人注销（end），或由接手人接管号码（pass_on）。',
    },
  },
  numberMissing: {
    code: 'work_account.number_missing',
    status: 409,
    en: {
      title: 'No number of the company hangs on this account, so there is none to take over.',
      next: 'Name the number first, or let its person delete the account.',
    },
    zh: { title: '该账号未绑定公司号码，无号码可接管。', next: '请先填写号码，或由本人注销账号。' },
  },
  deletionPast: {
    code: 'work_account.deletion_past',
    status: 422,
    en: {
      title: 'The end of the wait lies in the past.',
      next: 'If the account is gone, attest its release instead.',
    },
    zh: { title: '等待期结束时间已过。', next: '如账号已注销，请改为证实已释放。' },
  },
})

/** What a handover says of work accounts beforehand, or of what did not work. */
export const workAccountRemark = defineRefusals({
  wecomLost: {
    code: 'work_account.wecom_data_lost',
    status: 409,
    en: {
      title: 'With the WeCom account {login} its chats, groups and customers are lost for good.',
      next: 'Reassign its customers before the account is deleted or its number taken over.',
    },
    zh: {
      title: '企业微信账号 {login} 的聊天记录、群和客户将永久丢失。',
      next: '请在注销账号或接管号码之前先分配其客户。',
    },
  },
  wecomWait: {
    code: 'work_account.wecom_wait',
    status: 409,
    en: {
      title: 'A deleted WeCom account is gone only after 15 days; using it meanwhile cancels the deletion.',
      next: 'Plan with the wait, or let the successor take the number over instead (pass_on).',
    },
    zh: {
      title: '企业微信账号注销须等待 15 天，期间登录或使用即取消注销。',
      next: '请预留等待时间，或改由接手人接管号码（pass_on）。',
    },
  },
  notBack: {
    code: 'work_account.not_brought_back',
    status: 409,
    en: {
      title: 'The account {login} is {state} in the outside system and cannot be brought back from here.',
      next: 'Open a new account there and add it here.',
    },
    zh: { title: '账号 {login} 在外部系统中已 {state}，无法恢复。', next: '请在该系统新开账号并在此登记。' },
  },
})
