import type { TaskTemplate, Words } from '../tasks/index.ts'

// The vendor's labels: seeds of the manual "Reassigning Phone Numbers and Managing Former Employee Accounts".
const wecomSource =
  'https://docs.smarsh.com/docs/reassigning-phone-numbers-and-managing-former-employee-accounts'

/** How long WeCom waits before a deleted account is gone. */
export const deletionWaitDays = 15

const wecomLosses: readonly Words[] = [
  { en: 'Chat history of the account', zh: '该账号的聊天记录' },
  { en: 'Group chat data', zh: '群聊数据' },
  {
    en: 'Customer contacts; an Admin can reassign them to others before, not after',
    zh: '客户联系人；管理员只能在此之前分配给他人，之后无法找回',
  },
]

const wecomDelete: TaskTemplate = {
  name: 'wecom.delete_account',
  title: { en: 'Delete the WeCom account {login}', zh: '注销企业微信账号 {login}' },
  why: {
    en: 'The company number {number} is bound to this account. Somebody else can use it at WeCom only after the account is deleted. The account is personal: nobody but you can delete it.',
    zh: '公司号码 {number} 绑定在该账号上，账号注销后他人才能在企业微信使用此号码。该账号属于您个人，只有您本人可以注销。',
  },
  conditions: [
    { en: 'You are signed in to the WeCom app with this account.', zh: '您已在企业微信 App 登录该账号。' },
    {
      en: 'The account is in one company at most, is neither creator nor super administrator of one, and is in a safe state.',
      zh: '账号最多加入一家企业，不是创建者或超级管理员，且处于安全状态。',
    },
    {
      en: 'Your customers were reassigned by an Admin, where the company needs them.',
      zh: '如公司需要，管理员已分配您的客户。',
    },
  ],
  steps: [
    { text: { en: 'Open the WeCom app.', zh: '打开企业微信 App。' } },
    {
      text: { en: 'Go to Delete Account.', zh: '进入“注销账号”。' },
      paths: {
        en: 'Settings > Account & Security > WeCom Security Center > Delete Account',
        zh: '设置 > 账号与安全 > 企业微信安全中心 > 注销账号',
      },
    },
    {
      text: {
        en: 'Follow the instructions on the screen and confirm. Take a screenshot of the last page.',
        zh: '按屏幕提示确认注销，并截取最后一页。',
      },
    },
    {
      text: {
        en: `For ${deletionWaitDays} days, do not sign in to WeCom, its plug-in in WeChat or its mail, and join no company: each of these cancels the deletion.`,
        zh: `此后 ${deletionWaitDays} 天内，请勿登录企业微信、微信插件或企业邮箱，也不要加入任何企业，否则注销将被取消。`,
      },
    },
  ],
  losses: wecomLosses,
  consent: {
    en: 'I agree that my WeCom account {login} is deleted, and know what is lost with it for good.',
    zh: '我同意注销我的企业微信账号 {login}，并知悉其数据将永久丢失。',
  },
  evidence: {
    en: 'A screenshot of the page that says that the deletion was requested.',
    zh: '显示已提交注销申请的页面截图。',
  },
  source: wecomSource,
}

const wecomConfirm: TaskTemplate = {
  name: 'wecom.confirm_deleted',
  title: {
    en: 'Check that the WeCom account {login} is gone',
    zh: '确认企业微信账号 {login} 已注销',
  },
  why: {
    en: 'Its deletion takes effect on {until}. Until then it can be cancelled by using the account.',
    zh: '注销将于 {until} 生效，此前使用该账号即取消注销。',
  },
  steps: [
    {
      text: {
        en: 'After {until}, look the person up at WeCom: customers and colleagues see “已注销的企业微信用户”.',
        zh: '在 {until} 之后，于企业微信查看此人：客户和同事会看到“已注销的企业微信用户”。',
      },
    },
    {
      text: {
        en: 'Where that is not so, the deletion was cancelled: cancel this task and say so at the account.',
        zh: '如未显示，则注销已被取消：请取消本事项并在账号处登记。',
      },
    },
    {
      needs: 'number',
      text: {
        en: 'Sign up at WeCom with {number}: no name of anybody else may be shown.',
        zh: '用 {number} 注册企业微信：不应显示他人姓名。',
      },
    },
  ],
  evidence: { en: 'A screenshot of what you saw.', zh: '所见页面的截图。' },
  source: wecomSource,
}

const wecomChangeMobile: TaskTemplate = {
  name: 'wecom.change_mobile',
  title: {
    en: 'Take over {number} at WeCom by Change Mobile',
    zh: '在企业微信通过“更换手机号”接管 {number}',
  },
  why: {
    en: 'The company number {number} is still bound to the WeCom account of its former holder. Entering it in your own account unbinds it there.',
    zh: '公司号码 {number} 仍绑定在原使用人的企业微信账号上。在您自己的账号中填写此号码后，原绑定即解除。',
  },
  conditions: [
    { en: 'The number belongs to the company and is assigned to you.', zh: '该号码属于公司且已分配给您。' },
    {
      en: 'You receive text messages sent to it: the SIM is with you.',
      zh: '您能收到发往该号码的短信：SIM 卡在您手中。',
    },
    {
      en: 'You have a temporary identifier for signing up: a new phone number, a WeChat account or an e-mail address.',
      zh: '您有用于注册的临时标识：新手机号、微信账号或邮箱。',
    },
  ],
  steps: [
    {
      text: {
        en: 'An Admin invites you at WeCom with the temporary identifier.',
        zh: '由管理员用临时标识邀请您加入企业微信。',
      },
    },
    { text: { en: 'Sign in to the new WeCom account.', zh: '登录新的企业微信账号。' } },
    {
      text: { en: 'Open Change Mobile.', zh: '打开“更换手机号”。' },
      paths: {
        en: 'Settings > Account & Security > Mobile Number > Change Mobile',
        zh: '设置 > 账号与安全 > 手机号 > 更换手机号',
      },
    },
    { text: { en: 'Enter {number} and the code that is sent to it.', zh: '填写 {number} 及收到的验证码。' } },
    {
      text: {
        en: 'See that {number} is shown as your mobile number now, and take a screenshot.',
        zh: '确认 {number} 已显示为您的手机号，并截图。',
      },
    },
  ],
  losses: wecomLosses,
  evidence: {
    en: 'A screenshot that shows {number} in your account.',
    zh: '显示您账号已绑定 {number} 的截图。',
  },
  source: wecomSource,
}

const accountEvidence: Words = {
  en: 'A note of what you saw after signing in, or a screenshot without secrets.',
  zh: '登录后所见情况的备注，或不含机密的截图。',
}

const getFromHolder = {
  needs: 'holder',
  text: {
    en: 'Meet {holder}, who holds the account now: nobody sends a password.',
    zh: '与现持有人 {holder} 当面交接：请勿发送密码。',
  },
} as const

const numberThere = {
  needs: 'number',
  text: {
    en: 'The number {number} is used there for signing in or verification: keep it reachable, or replace it there first.',
    zh: '该账号以 {number} 登录或验证：请保证能收到短信，或先在该系统更换。',
  },
} as const

const passOn: TaskTemplate = {
  name: 'system.pass_on',
  title: { en: 'Take over {login} at {system}', zh: '接管 {system} 的账号 {login}' },
  steps: [
    getFromHolder,
    numberThere,
    { text: { en: 'Sign in to {system} as {login}.', zh: '以 {login} 登录 {system}。' } },
    {
      text: {
        en: 'Replace password, second factor, and the phone and e-mail for recovery by your own.',
        zh: '将密码、二次验证以及找回用的手机和邮箱改为您自己的。',
      },
    },
    {
      text: {
        en: 'End all other sessions there, and sign in once more.',
        zh: '退出其他所有会话，并重新登录一次。',
      },
    },
  ],
  evidence: accountEvidence,
}

const takeBack: TaskTemplate = {
  name: 'system.take_back',
  title: {
    en: 'Take {login} at {system} back for the company',
    zh: '收回 {system} 的账号 {login} 由公司保管',
  },
  steps: [
    getFromHolder,
    numberThere,
    { text: { en: 'Sign in to {system} as {login}.', zh: '以 {login} 登录 {system}。' } },
    {
      text: {
        en: 'Set a new password and second factor that the company keeps, and recovery to an address of the company.',
        zh: '设置由公司保管的新密码和二次验证，并将找回方式改为公司地址。',
      },
    },
    { text: { en: 'End all other sessions there.', zh: '退出其他所有会话。' } },
  ],
  evidence: accountEvidence,
}

const close: TaskTemplate = {
  name: 'system.close',
  title: { en: 'Close {login} at {system}', zh: '停用 {system} 的账号 {login}' },
  steps: [
    numberThere,
    { text: { en: 'Save what the company needs from the account.', zh: '保存公司所需的资料。' } },
    { text: { en: 'Close or delete {login} at {system}.', zh: '在 {system} 停用或删除 {login}。' } },
    { text: { en: 'Try to sign in: it must be refused.', zh: '尝试登录：应被拒绝。' } },
  ],
  losses: [{ en: 'What the system deletes with the account', zh: '系统随账号删除的内容' }],
  evidence: accountEvidence,
}

/** The same in the company's own words, where it has written some. */
function inOwnWords(template: TaskTemplate): TaskTemplate {
  return { ...template, name: `${template.name}_own`, steps: [numberThere, { linesOf: 'instructions' }] }
}

/** How tasks about accounts in outside systems are put in words: S000 for WeCom, the company's own for its systems. */
export const workAccountTemplates: readonly TaskTemplate[] = [
  wecomDelete,
  wecomConfirm,
  wecomChangeMobile,
  passOn,
  takeBack,
  close,
  inOwnWords(passOn),
  inOwnWords(takeBack),
  inOwnWords(close),
]
