import type { TaskTemplate, Words } from '../tasks/index.ts'

// The steps and the vendor's labels: the manual "Reassigning Phone Numbers and Managing Former Employee Accounts".
const source = 'https://docs.smarsh.com/docs/reassigning-phone-numbers-and-managing-former-employee-accounts'

const losses: readonly Words[] = [
  { en: "The account's own data; it cannot be brought back", zh: '账号自身的数据，无法恢复' },
  { en: 'Groups and customers that were not passed on before', zh: '此前未转交的群和客户' },
]

/** Solution 1: the former member deletes the own account. */
const deleteAccount: TaskTemplate = {
  name: 'rebinding.delete_account',
  title: {
    en: 'Delete your Baton account so that {number} is free',
    zh: '注销您的 Baton 账号以释放 {number}',
  },
  why: {
    en: 'The number {number} belongs to the company and is still bound to your account. The account is yours: nobody but you can delete it.',
    zh: '号码 {number} 归公司所有，目前仍绑定在您的账号上。账号属于您个人，只有您本人可以注销。',
  },
  conditions: [
    { en: 'You can sign in to your account.', zh: '您可以登录自己的账号。' },
    { en: 'You agreed to delete it.', zh: '您已同意注销账号。' },
  ],
  steps: [
    { text: { en: 'Open Baton and sign in.', zh: '打开 Baton 并登录。' } },
    {
      text: { en: 'Go to Delete account.', zh: '进入“注销账号”。' },
      paths: {
        en: 'Settings > Account & Security > Security Center > Delete Account',
        zh: '设置 > 账号与安全 > 安全中心 > 注销账号',
      },
    },
    {
      text: {
        en: 'Follow the on-screen instructions to confirm deletion.',
        zh: '按屏幕提示确认注销。',
      },
    },
    {
      text: {
        en: 'Do not sign in during the cooling-off: that cancels the deletion. Afterwards {number} is free.',
        zh: '冷静期内请勿登录，否则注销将被取消。期满后 {number} 即可由他人绑定。',
      },
    },
  ],
  losses,
  consent: {
    en: 'I agree that my Baton account is deleted, and know what is lost with it for good.',
    zh: '我同意注销我的 Baton 账号，并知悉其数据将永久丢失。',
  },
  evidence: {
    en: 'A note that the deletion was requested, and until when it waits.',
    zh: '已提交注销及冷静期截止时间的备注。',
  },
  source,
}

/** Solution 2, step 1: an Admin invites the new member with a temporary identifier. */
const inviteTemporarily: TaskTemplate = {
  name: 'rebinding.invite',
  title: { en: 'Invite {holder} with a temporary identifier', zh: '使用临时标识邀请 {holder}' },
  why: {
    en: '{number} is still bound to an earlier account, so {holder} cannot sign up with it.',
    zh: '{number} 仍绑定在旧账号上，{holder} 无法直接用它注册。',
  },
  conditions: [
    {
      en: 'One of these is at hand: a new phone number, a WeChat account, an e-mail address.',
      zh: '已准备以下任一临时标识：新手机号、微信账号、邮箱。',
    },
  ],
  steps: [
    {
      text: {
        en: 'Open the page of {holder} and choose Invite; enter the temporary identifier, not {number}.',
        zh: '打开 {holder} 的页面，选择“邀请”，填写临时标识（不要填写 {number}）。',
      },
    },
    { text: { en: 'See that {holder} has joined.', zh: '确认 {holder} 已加入。' } },
  ],
  evidence: { en: 'A note that the person has joined.', zh: '本人已加入的备注。' },
  source,
}

/** Solution 2, steps 2 to 6: the new member takes the number over. */
const changeMobile: TaskTemplate = {
  name: 'rebinding.change_mobile',
  title: { en: 'Take {number} over by Change mobile', zh: '通过“更换手机号”接管 {number}' },
  why: {
    en: 'The company number {number} is assigned to you and still bound to an earlier account.',
    zh: '公司号码 {number} 已分配给您，但仍绑定在旧账号上。',
  },
  conditions: [{ en: 'You receive text messages sent to {number}.', zh: '您能收到发往 {number} 的短信。' }],
  steps: [
    { text: { en: 'Sign in to your own Baton account.', zh: '登录您自己的 Baton 账号。' } },
    {
      text: { en: 'Open Mobile number and select Change mobile.', zh: '打开“手机号”，选择“更换手机号”。' },
      paths: {
        en: 'Settings > Account & Security > Mobile Number > Change Mobile',
        zh: '设置 > 账号与安全 > 手机号 > 更换手机号',
      },
    },
    {
      text: { en: 'Enter {number}, then the code that is sent to it.', zh: '填写 {number} 及收到的验证码。' },
    },
    {
      text: {
        en: 'See what is lost and confirm. The number leaves the earlier account and is bound to yours.',
        zh: '查看将丢失的内容并确认。号码随即从旧账号解绑并绑定到您的账号。',
      },
    },
  ],
  losses,
  evidence: {
    en: 'Baton sees by itself that the number is bound to your account.',
    zh: 'Baton 会自行确认号码已绑定到您的账号。',
  },
  source,
}

/** Solution 1, at the end: the new member binds the number, which is free then. */
const bindAfterwards: TaskTemplate = {
  ...changeMobile,
  name: 'rebinding.bind_afterwards',
  title: { en: 'Bind {number} once it is free', zh: '号码 {number} 释放后进行绑定' },
  why: {
    en: 'The former member deletes the earlier account; after its cooling-off {number} is free.',
    zh: '原使用人将注销旧账号；冷静期满后 {number} 即可绑定。',
  },
  losses: [],
}

/** How tasks about numbers on earlier accounts are put in words (ACC-11, S000). */
export const takeoverTemplates: readonly TaskTemplate[] = [
  deleteAccount,
  inviteTemporarily,
  changeMobile,
  bindAfterwards,
]
