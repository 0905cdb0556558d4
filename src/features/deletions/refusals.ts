import { defineRefusals } from '../../kernel/refusal.ts'

export const deletionRefusal = defineRefusals({
  lastOwner: {
    code: 'deletion.last_owner',
    status: 409,
    en: {
      title: 'You are the last Owner of {company}, and a company always has one.',
      next: 'Make another member an Owner there first: People › the member › Role.',
    },
    zh: {
      title: '您是“{company}”的最后一名所有者，而公司必须至少有一名所有者。',
      next: '请先在该公司将另一名成员设为所有者：成员 › 选择成员 › 角色。',
    },
  },
  typedWrong: {
    code: 'deletion.not_confirmed',
    status: 422,
    en: {
      title: 'What was typed does not confirm the deletion.',
      next: 'Type exactly “{phrase}”, without the quotation marks.',
    },
    zh: { title: '输入的内容与确认语不一致。', next: '请准确输入“{phrase}”（不含引号）。' },
  },
  waiting: {
    code: 'deletion.waiting',
    status: 409,
    en: {
      title: 'The deletion of this account is on its way already.',
      next: 'Wait until it ends, or cancel it by signing in.',
    },
    zh: { title: '该账号的注销已在进行中。', next: '请等待其完成；重新登录即可取消。' },
  },
  none: {
    code: 'deletion.none',
    status: 409,
    en: {
      title: 'No deletion of this account is on its way.',
      next: 'There is nothing to cancel; the account stays as it is.',
    },
    zh: { title: '该账号没有正在进行的注销。', next: '无需取消，账号保持不变。' },
  },
  noAccount: {
    code: 'deletion_request.no_account',
    status: 409,
    en: {
      title: '{name} has no account of their own in this company, so there is nothing to ask for.',
      next: 'Set the member to "left" instead, or invite the person first.',
    },
    zh: {
      title: '{name} 在本公司没有个人账号，因此无需请求注销。',
      next: '可直接将该成员设为“已离职”，或先邀请本人加入。',
    },
  },
  askedAlready: {
    code: 'deletion_request.open',
    status: 409,
    en: {
      title: '{name} was asked already and has not answered yet.',
      next: "Wait for the answer, or withdraw the request and ask again. Meanwhile you can reassign what the company owns, end the company's sessions, or end the membership.",
    },
    zh: {
      title: '已向 {name} 提出请求，对方尚未答复。',
      next: '请等待答复，或撤回后重新提出。期间可转移公司资产、结束其在本公司的会话，或结束其成员身份。',
    },
  },
  declinedLately: {
    code: 'deletion_request.declined',
    status: 409,
    en: {
      title: '{name} declined on {declinedAt}; the account is theirs, and nobody else can delete it.',
      next: "Ask again after {askAgainAt}. Meanwhile you can reassign what the company owns, end the company's sessions, or end the membership; a number of the company is freed by Change mobile of its new holder.",
    },
    zh: {
      title: '{name} 已于 {declinedAt} 拒绝；账号属于其本人，他人无法注销。',
      next: '可在 {askAgainAt} 之后再次请求。期间可转移公司资产、结束其在本公司的会话，或结束其成员身份；公司号码可由新持有人通过“更换手机号”转移。',
    },
  },
  askedOften: {
    code: 'deletion_request.too_many',
    status: 409,
    en: {
      title: '{name} was asked {most} times within a week, and each request was withdrawn.',
      next: "Ask again after {askAgainAt}. Meanwhile you can reassign what the company owns, end the company's sessions, or end the membership.",
    },
    zh: {
      title: '一周内已向 {name} 提出 {most} 次请求，且均已撤回。',
      next: '可在 {askAgainAt} 之后再次请求。期间可转移公司资产、结束其在本公司的会话，或结束其成员身份。',
    },
  },
  requestEnded: {
    code: 'deletion_request.ended',
    status: 409,
    en: {
      title: 'This request has ended already.',
      next: 'Nothing is to be done; a new one can be made where it is needed.',
    },
    zh: { title: '该请求已结束。', next: '无需操作；如有需要可重新提出。' },
  },
})

/** What deleting the own account takes for ever, and what it leaves with the companies (ACC-2). */
export const lossRemark = defineRefusals({
  identifier: {
    code: 'loss.identifier',
    status: 409,
    en: {
      title: 'Your one way to sign in and be verified: it becomes free for a new account.',
      next: 'Nothing can be signed in to with it afterwards; bind it to another account once this one is erased.',
    },
    zh: {
      title: '您唯一的登录与验证方式：将释放，可用于新的账号。',
      next: '之后无法再用它登录此账号；账号清除后可绑定到其他账号。',
    },
  },
  identifiers: {
    code: 'loss.identifiers',
    status: 409,
    en: {
      title: 'Your {count} ways to sign in and be verified: each of them becomes free for a new account.',
      next: 'Nothing can be signed in to with them afterwards; bind them to another account once this one is erased.',
    },
    zh: {
      title: '您的 {count} 个登录与验证方式：都将释放，可用于新的账号。',
      next: '之后无法再用它们登录此账号；账号清除后可绑定到其他账号。',
    },
  },
  profile: {
    code: 'loss.profile',
    status: 409,
    en: {
      title:
        'Your name, password, sessions, known browsers, passkeys, authenticator, recovery codes and security log.',
      next: 'They are erased and cannot be brought back.',
    },
    zh: {
      title: '您的姓名、密码、登录会话、常用浏览器、通行密钥、身份验证器、恢复码和安全日志。',
      next: '这些内容将被清除且无法恢复。',
    },
  },
  membership: {
    code: 'loss.membership',
    status: 409,
    en: {
      title:
        'Your membership of {company}: your name, e-mail and mobile there are erased; you are shown as a former member with your staff code.',
      next: 'Hand over what you hold there while you still can; an Admin can reassign it until the end, too.',
    },
    zh: {
      title: '您在“{company}”的成员身份：您在该公司的姓名、邮箱和手机号将被清除，仅以“前成员”加工号显示。',
      next: '请尽早交接您名下的内容；在注销完成前，管理员也可以重新分配。',
    },
  },
  companyKeeps: {
    code: 'stays.company',
    status: 409,
    en: {
      title:
        '{company} keeps its numbers, their calls and messages, who held what when, and its audit ledger.',
      next: 'This is its own. What it has to keep by law it keeps for as long as it must; ask its Admin if you want to know more.',
    },
    zh: {
      title: '“{company}”保留其号码、通话与消息记录、持有历史以及审计账本。',
      next: '这些属于公司；依法须保留的内容会保留至期限届满。如需了解更多，请联系其管理员。',
    },
  },
})
