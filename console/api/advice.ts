import type { Language } from '../ui/preferences.ts'

type Words = Readonly<Record<Language, string>>

// The API's advice names members of a request; on a screen the same things are fields and buttons.
const onScreens: Readonly<Record<string, Words>> = {
  'session.not_fresh': {
    en: 'Confirm who you are, then do it again within 10 minutes.',
    'zh-CN': '请先确认身份，并在 10 分钟内重试。',
  },
  'confirmation.way_missing': {
    en: 'Choose one of the ways offered here; with a passkey or an authenticator app it has to be one of these. Signing out and in again does, too.',
    'zh-CN': '请从此处列出的方式中选择；已设置通行密钥或身份验证器时须使用它们。退出后重新登录也可。',
  },
  'handover.not_now': {
    en: 'Look where the handover stands; what can be done now is offered there.',
    'zh-CN': '请查看交接当前的状态；此时可执行的操作会在页面上列出。',
  },
  'handover.end_needed': {
    en: 'Say when it comes back, or choose that they leave or change their place.',
    'zh-CN': '请填写归还时间，或改选离职或调岗。',
  },
  'handover.end_of_loans_only': {
    en: 'Leave the day of return empty, or choose that they are away for a while.',
    'zh-CN': '请将归还时间留空，或改选暂时离开。',
  },
  'handover.not_held': {
    en: 'Look at the plan again: it shows what this person holds now.',
    'zh-CN': '请重新查看计划：其中列出该成员当前名下的项目。',
  },
  'handover.plan_changed': {
    en: 'Look at what has changed, and plan again.',
    'zh-CN': '请查看变化之处，并重新制定计划。',
  },
  'handover.blocked': {
    en: 'Take the ways out that the plan names, or run the rest: what is blocked then waits for you.',
    'zh-CN': '请按计划中列出的办法处理，或先执行其余项目：受阻的项目将等待您处理。',
  },
  'number.has_dependents': {
    en: 'Have the accounts that hang on this number use another one first; they are listed on its page.',
    'zh-CN': '请先将依赖此号码的账号改用其他号码；这些账号列在号码页面上。',
  },
  'task.consent_missing': {
    en: 'Read what is lost by it, and tick that you agree.',
    'zh-CN': '请阅读将会失去的内容，并勾选同意。',
  },
  'import.no_such_layout': {
    en: 'Choose another file format or layout of this template.',
    'zh-CN': '请选择该模板的其他文件格式或版式。',
  },
  'request.evidence_missing': {
    en: 'Say what was checked and how, for example the date and reference of the real-name check.',
    'zh-CN': '请填写核验了什么、如何核验，例如实名核验的日期与编号。',
  },
  'operation.undone_already': {
    en: 'Look at the batch that takes it back.',
    'zh-CN': '请查看用于撤销的任务。',
  },
  'subscription.below_held': {
    en: 'Reassign or park numbers of the people named here, or choose a higher subscription.',
    'zh-CN': '请先转派或停放以下成员的号码，或选择更高的订阅。',
  },
  'member.manager_is_self': { en: 'Choose somebody else, or nobody.', 'zh-CN': '请选择其他成员，或留空。' },
  'member.reason_required': {
    en: 'Give a reason: it is kept in the ledger.',
    'zh-CN': '请填写原因，它将记入审计账本。',
  },
  'member.holds': {
    en: 'Pass on or park the numbers, and take leading roles off; then try again.',
    'zh-CN': '请先转派或停放这些号码，并解除部门负责人身份，然后重试。',
  },
  'member.on_hold': {
    en: 'Have two people lift the legal holds, or set the status to Left instead.',
    'zh-CN': '请由两人解除法律保全，或将状态改为“已离职”。',
  },
  'member.has_history': {
    en: 'Set the status to Left instead of removing the person.',
    'zh-CN': '请将状态改为“已离职”，而不是移除成员。',
  },
  'member.has_reports': {
    en: 'Give those who report to this person another manager first.',
    'zh-CN': '请先为其下属更换上级。',
  },
  'number.invalid': {
    en: 'Write it with its country code, like +86 138 0013 8000, or choose its country.',
    'zh-CN': '请写上国家代码，如 +86 138 0013 8000，或选择所属国家。',
  },
  'move.loan_needs_lender': {
    en: 'A parked number is given without a return date.',
    'zh-CN': '停放的号码分配时不能设归还时间。',
  },
  'number.cooling_down': {
    en: 'Let it move then by itself, or wait. An Owner may override with a reason.',
    'zh-CN': '可到时自动移动，或等待。所有者可说明原因后立即移动。',
  },
  'number.override_owner_only': {
    en: 'Ask an Owner, or let it move at the earliest time.',
    'zh-CN': '请联系所有者，或选择最早时间自动移动。',
  },
  'recipient.at_cap': {
    en: 'Remove one of their numbers, or let the Owner upgrade the subscription.',
    'zh-CN': '请先移除其名下一个号码，或由所有者升级订阅。',
  },
  'move.in_the_past': {
    en: 'Choose a later time, or move it now.',
    'zh-CN': '请选择更晚的时间，或立即移动。',
  },
  'move.return_before_start': { en: 'Choose a later return.', 'zh-CN': '请选择更晚的归还时间。' },
  'move.loan_cannot_delete': {
    en: 'Keep or hide the history of a loan.',
    'zh-CN': '借用时请保留或隐藏历史记录。',
  },
  'move.time_unreadable': { en: 'Choose a date and a time.', 'zh-CN': '请选择日期和时间。' },
  'history.reason_needed': {
    en: 'Give a reason; a second person will read it.',
    'zh-CN': '请填写原因，供第二人审核。',
  },
  'number.confirmation_wrong': {
    en: 'Type the number that is to be released. A release cannot be undone.',
    'zh-CN': '请输入要释放的号码。释放后无法撤销。',
  },
  'move.linked_too_many': {
    en: 'Make room for the recipients first, or raise the largest portion of a batch in the settings.',
    'zh-CN': '请先为接收人腾出名额，或在设置中调高每批最多数量。',
  },
  'batch.has_problems': {
    en: 'Correct these lines, or do the others first.',
    'zh-CN': '请更正这些行，或先办理其余各行。',
  },
  'batch.nothing_left': {
    en: 'Correct these lines: each says what to do.',
    'zh-CN': '请更正这些行，各行均附有处理办法。',
  },
  'record.reason_needed': {
    en: 'Say why you read it; the reason is kept in the ledger.',
    'zh-CN': '请填写阅读理由；理由会记入审计账本。',
  },
  'sign_in_link.password_needed': {
    en: 'Enter a new password, or that of the account that already has the e-mail address {email}.',
    'zh-CN': '请输入新密码，或邮箱 {email} 已有账号的密码。',
  },
  'import.built_on': {
    en: 'Undo or change what is listed here first, or change single things by hand.',
    'zh-CN': '请先撤销或更改以下各项，或逐项手动修改。',
  },
  'import.cell_too_long': {
    en: 'Shorten the cell and send the file again.',
    'zh-CN': '请缩短该单元格的内容后重新上传。',
  },
  'identifier.last_login': {
    en: 'Add another way to sign in first; the order that works is shown with it.',
    'zh-CN': '请先添加其他登录方式；可行的顺序会一并显示。',
  },
  'identifier.last_verification': {
    en: 'Add another way to verify you first; the order that works is shown with it.',
    'zh-CN': '请先添加其他验证方式；可行的顺序会一并显示。',
  },
  'takeover.replaced_missing': {
    en: 'Choose one of your own phones, or that none is replaced.',
    'zh-CN': '请选择您自己的手机号，或选择不替换。',
  },
  'takeover.losses_changed': {
    en: 'Read the list again: it is up to date now. Then confirm.',
    'zh-CN': '请重新阅读最新的列表，然后确认。',
  },
  'token.expiry_past': { en: 'Choose a later expiry.', 'zh-CN': '请选择更晚的到期时间。' },
  'request.malformed': {
    en: 'Correct what is named here and send it again.',
    'zh-CN': '请更正以下内容后重试。',
  },
  'database.outcome_unknown': {
    en: 'Look at it again before you repeat it.',
    'zh-CN': '重复操作前请先重新查看。',
  },
}

/** What to do next about a refusal, as screens say it; null where the API's own words name nothing of a request. */
export function adviceFor(
  code: string,
  language: Language,
  values: Readonly<Record<string, unknown>> = {},
): string | null {
  const words = onScreens[code]?.[language]
  return words?.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole)) ?? null
}
