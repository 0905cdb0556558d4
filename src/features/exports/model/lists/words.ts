import type { HoldingKind, Way } from '../../../custody-ports/model.ts'
import type { Words } from '../../../imports/model/column.ts'
import type { History } from '../../../numbers/model.ts'
import type { NumberUse } from '../../../work-accounts/model.ts'

export const holdingWords: Readonly<Record<HoldingKind, Words>> = {
  access: { en: 'access', zh: '访问权限' },
  api_token: { en: 'API token', zh: 'API 令牌' },
  incoming_move: { en: 'move to come', zh: '待转入的号码' },
  number: { en: 'number', zh: '号码' },
  loan_return: { en: 'right of return', zh: '归还权' },
  department_lead: { en: 'lead of a department', zh: '部门负责人' },
  report: { en: 'report', zh: '直属下属' },
  role: { en: 'role', zh: '角色' },
  work_account: { en: 'work account', zh: '工作账号' },
  task: { en: 'task', zh: '待办事项' },
  membership: { en: 'membership', zh: '成员身份' },
}

export const wayWords: Readonly<Record<Way, Words>> = {
  pass_on: { en: 'passes on', zh: '转交' },
  park: { en: 'the company keeps it', zh: '由公司保留' },
  end: { en: 'ends', zh: '终止' },
  leave: { en: 'stays as it is', zh: '保持不变' },
}

export const historyWords: Readonly<Record<History, Words>> = {
  keep: { en: 'kept', zh: '保留' },
  hide: { en: 'hidden', zh: '隐藏' },
  delete: { en: 'deleted', zh: '删除' },
}

/** What requests, holds and tasks are about. */
export const subjectWords: Readonly<Record<string, Words>> = {
  member: { en: 'member', zh: '成员' },
  number: { en: 'number', zh: '号码' },
  customer: { en: 'customer', zh: '客户' },
  work_account: { en: 'work account', zh: '工作账号' },
  operation: { en: 'operation', zh: '批量任务' },
  handover: { en: 'handover', zh: '交接' },
}

/** What an account does with a number. */
export const useWords: Readonly<Record<NumberUse, Words>> = {
  login: { en: 'signs in', zh: '用于登录' },
  verification: { en: 'gets codes', zh: '用于接收验证码' },
  both: { en: 'signs in and gets codes', zh: '用于登录和接收验证码' },
}
