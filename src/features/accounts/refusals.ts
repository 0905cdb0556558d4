import { defineRefusals } from '../../kernel/refusal.ts'

/** What a handover tells about API tokens (HAN-2). */
export const tokenRemark = defineRefusals({
  inUse: {
    code: 'token.in_use',
    status: 409,
    en: {
      title: 'The API token "{name}" was last used at {lastUsedAt}; what uses it stops working.',
      next: 'Make a token of another member for what uses it, and put that in its place before the run.',
    },
    zh: {
      title: 'API 令牌“{name}”最近一次使用于 {lastUsedAt}；使用它的程序将停止工作。',
      next: '请在执行前为该程序创建其他成员的令牌并替换。',
    },
  },
  neverUsed: {
    code: 'token.never_used',
    status: 409,
    en: {
      title: 'The API token "{name}" has never been used.',
      next: 'Nothing is to be done, unless something is about to use it: then make a token of another member for it.',
    },
    zh: {
      title: 'API 令牌“{name}”从未使用过。',
      next: '无需处理；若有程序即将使用它，请为其创建其他成员的令牌。',
    },
  },
  lost: {
    code: 'token.lost',
    status: 409,
    en: {
      title: 'The API token "{name}" is gone for good: an undo does not bring it back.',
      next: 'Make a new token where one is needed; its secret is shown once.',
    },
    zh: {
      title: 'API 令牌“{name}”将永久失效，撤销交接也无法恢复。',
      next: '如有需要请创建新令牌；其密钥只显示一次。',
    },
  },
})
