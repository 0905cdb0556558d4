import { defineRefusals } from '../../kernel/refusal.ts'

export const invitationRefusal = defineRefusals({
  invalid: {
    code: 'invitation.invalid',
    status: 404,
    en: {
      title:
        'This invitation does not work: it was used, replaced or taken back, has expired, or was never made.',
      next: 'Ask an Admin of the company for a new one.',
    },
    zh: {
      title: '该邀请无效：已被使用、已被替换、已撤回、已过期，或从未存在。',
      next: '请向公司管理员索取新的邀请。',
    },
  },
  ownerOnly: {
    code: 'invitation.owner_only',
    status: 403,
    en: {
      title: 'Only an Owner invites an Owner.',
      next: 'Ask another Owner, or the operator of the installation.',
    },
    zh: { title: '只有所有者才能邀请所有者。', next: '请联系其他所有者或系统运维人员。' },
  },
  hasAccount: {
    code: 'invitation.has_account',
    status: 409,
    en: {
      title: 'This member has an account of their own; nobody else can open a way into it.',
      next: 'Ask the person to sign in. Where the account is being deleted, signing in cancels that.',
    },
    zh: {
      title: '该成员已有个人账号，他人无法代为开启登录方式。',
      next: '请本人直接登录；如该账号正在注销，本人登录即取消注销。',
    },
  },
  notActive: {
    code: 'invitation.not_active',
    status: 409,
    en: { title: 'This member is suspended or has left.', next: 'Reactivate the member first.' },
    zh: { title: '该成员已暂停或已离职。', next: '请先恢复该成员。' },
  },
  phoneInvalid: {
    code: 'invitation.phone_invalid',
    status: 422,
    en: {
      title: 'This is not a phone number that gets text messages.',
      next: 'Write a mobile number with its country code, e.g. +86 138 0000 1000.',
    },
    zh: {
      title: '该号码无法接收短信。',
      next: '请填写手机号码并带上国家代码，例如 +86 138 0000 1000。',
    },
  },
  tooOften: {
    code: 'invitation.too_often',
    status: 429,
    en: {
      title: 'This member was invited {times} times within a day.',
      next: 'Wait until tomorrow, or take the newest link to the person in another way.',
    },
    zh: {
      title: '一天内已向该成员发出 {times} 次邀请。',
      next: '请明天再试，或用其他方式将最新的链接交给本人。',
    },
  },
  ended: {
    code: 'invitation.ended',
    status: 409,
    en: {
      title: 'This invitation was accepted, taken back or replaced.',
      next: 'Invite the member anew where that is still needed.',
    },
    zh: { title: '该邀请已被接受、撤回或替换。', next: '如仍需要，请重新邀请该成员。' },
  },
  proofMissing: {
    code: 'invitation.proof_missing',
    status: 409,
    en: {
      title: 'Nobody is signed in here, and no phone or e-mail without an account was proved lately.',
      next: 'Prove a phone or e-mail with a code, or sign in; then accept the invitation.',
    },
    zh: {
      title: '当前未登录，且近期没有验证过未注册账号的手机或邮箱。',
      next: '请用验证码验证手机或邮箱，或先登录，然后接受邀请。',
    },
  },
  otherMember: {
    code: 'invitation.other_member',
    status: 409,
    en: {
      title: 'Your account is another member of this company already.',
      next: 'Sign in with the account you want to join with, or ask an Admin to take the other member out first.',
    },
    zh: {
      title: '您的账号已是本公司的另一名成员。',
      next: '请登录要用来加入的账号，或请管理员先移除另一名成员。',
    },
  },
  numberOfAnother: {
    code: 'invitation.number_of_another',
    status: 409,
    en: {
      title: 'This phone is a number of a company, and you are not the one who holds it.',
      next: 'Prove another phone, or an e-mail; or ask an Admin to assign the number to you first.',
    },
    zh: {
      title: '该手机号是公司号码，且您并非其当前使用人。',
      next: '请验证其他手机或邮箱；或请管理员先将该号码分配给您。',
    },
  },
})
