import { defineRefusals } from '../../kernel/refusal.ts'

export const takeoverRefusal = defineRefusals({
  phoneInvalid: {
    code: 'takeover.phone_invalid',
    status: 422,
    en: {
      title: 'This is no phone number that exists.',
      next: 'Enter it with country code, e.g. +86 138 0013 8000.',
    },
    zh: { title: '该手机号不存在。', next: '请带国家代码填写，例如 +86 138 0013 8000。' },
  },
  ownAlready: {
    code: 'takeover.own_already',
    status: 409,
    en: { title: 'This phone is bound to your account already.', next: 'There is nothing to change.' },
    zh: { title: '该手机号已绑定到您的账号。', next: '无需更换。' },
  },
  notAssigned: {
    code: 'takeover.not_assigned',
    status: 409,
    en: {
      title: 'This number belongs to {company} and is not assigned to you.',
      next: 'Ask to have it assigned to you: {admins}. They have been told of your wish. Then start again.',
    },
    zh: {
      title: '该号码属于 {company}，尚未分配给您。',
      next: '请联系 {admins} 将号码分配给您（系统已通知对方），然后重新操作。',
    },
  },
  notYourCompany: {
    code: 'takeover.not_your_company',
    status: 409,
    en: {
      title: 'This number belongs to a company in which you are not working.',
      next: 'Use a number of your own, or ask the company that issued it to you for an invitation.',
    },
    zh: {
      title: '该号码属于其他公司，您不是该公司的在职成员。',
      next: '请使用您自己的号码，或请发放该号码的公司邀请您加入。',
    },
  },
  personActive: {
    code: 'takeover.person_active',
    status: 409,
    en: {
      title: 'This number is still linked to the account of somebody who works here.',
      next: 'Ask that person, by an Admin, to change or unbind it under Account & security; then start again.',
    },
    zh: {
      title: '该号码仍绑定在一位在职成员的账号上。',
      next: '请通过管理员联系对方，在“账号与安全”中更换或解绑该号码，然后重新操作。',
    },
  },
  accountBound: {
    code: 'number.account_bound',
    status: 409,
    en: {
      title:
        '{e164} is in the Baton account of somebody who works here, or is the only way into an earlier account.',
      next: 'Ask for it to be unbound under Account & security, with another way in bound first; or assign the number to its next holder, who takes it over by Change mobile. Then release it.',
    },
    zh: {
      title: '{e164} 仍绑定在一位在职成员的 Baton 账号上，或是某个先前账号的唯一登录方式。',
      next: '请对方先绑定其他登录方式，再在“账号与安全”中解绑该号码；或将号码分配给下一位使用者，由其通过“更换手机号”接管。之后再释放该号码。',
    },
  },
  stillUsed: {
    code: 'takeover.still_used',
    status: 409,
    en: {
      title: 'This phone is the only address of another account, which was used in the last {days} days.',
      next: 'Its person can unbind it under Account & security. If that cannot be, use another number now, or try again when that account has not been used for {days} days.',
    },
    zh: {
      title: '该手机号是另一账号唯一的联系方式，且该账号在最近 {days} 天内使用过。',
      next: '对方可在“账号与安全”中解绑该号码。如无法联系对方，请先使用其他号码，或在该账号连续 {days} 天未使用后重试。',
    },
  },
  vetoedLately: {
    code: 'takeover.vetoed_lately',
    status: 409,
    en: {
      title: 'The person who has this phone in an earlier account objected when you asked for it.',
      next: 'Use another number. You can ask again {days} days after they objected.',
    },
    zh: {
      title: '您此前申请该手机号时，先前账号的使用者已提出异议。',
      next: '请使用其他号码，或在对方提出异议 {days} 天后重新申请。',
    },
  },
  lossesChanged: {
    code: 'takeover.losses_changed',
    status: 409,
    en: {
      title: 'What is lost has changed since you looked.',
      next: 'Look at `losses` again and confirm with the new hash.',
    },
    zh: { title: '您查看之后，将丢失的内容已发生变化。', next: '请重新查看 losses，并使用新的值确认。' },
  },
  notOpen: {
    code: 'takeover.not_open',
    status: 409,
    en: {
      title:
        'This change of mobile has ended: it is done, cancelled or too old, or the number went another way.',
      next: 'Look at Account & security; start again if the phone is not bound.',
    },
    zh: {
      title: '此次更换手机号已结束：已完成、已取消、已过期，或号码情况已变化。',
      next: '请查看“账号与安全”；如手机号尚未绑定，请重新操作。',
    },
  },
  replacedMissing: {
    code: 'takeover.replaced_missing',
    status: 422,
    en: {
      title: 'The phone that is to be replaced is not one of yours.',
      next: 'Choose one of your own phones, or leave `replaces` out.',
    },
    zh: { title: '要替换的手机号不属于您的账号。', next: '请选择您自己的手机号，或不填写 replaces。' },
  },
  linkInvalid: {
    code: 'takeover.link_invalid',
    status: 410,
    en: {
      title: 'This link does not work: it was used, has expired, or there is nothing left to object to.',
      next: 'Sign in and look at Account & security, or ask an Admin of your company.',
    },
    zh: {
      title: '该链接无效：已被使用、已过期，或已无可提出异议的事项。',
      next: '请登录查看“账号与安全”，或联系贵公司的管理员。',
    },
  },
})

/** What a person loses when the phone goes to another account, for the one who takes it over to read. */
export const lossRemark = defineRefusals({
  signIn: {
    code: 'takeover.sign_in_lost',
    status: 409,
    en: {
      title:
        'The earlier account can no longer sign in or be verified by this number; its sessions by this number end.',
      next: 'Ask the former person to bind another phone or e-mail address before, if that is possible.',
    },
    zh: {
      title: '原账号将无法再用此号码登录或验证，通过此号码登录的会话将结束。',
      next: '如有可能，请先让原使用人绑定其他手机号或邮箱。',
    },
  },
  account: {
    code: 'takeover.account_may_be_lost',
    status: 409,
    en: {
      title:
        'If the earlier account has no other way in, it is sealed, and erased after {days} days unless its person recovers it. Its own data is then lost for ever.',
      next: 'Numbers and records of the company stay with the company.',
    },
    zh: {
      title:
        '如原账号没有其他登录方式，将被封存；若其本人未在 {days} 天内找回，账号将被清除，其个人数据将永久丢失。',
      next: '公司的号码和记录仍归公司所有。',
    },
  },
})

export const recoveryRefusal = defineRefusals({
  nothing: {
    code: 'recovery.nothing',
    status: 409,
    en: {
      title: 'No sealed account can be recovered by this e-mail address.',
      next: 'Try another address that the account once had, or ask your company for an invitation to a new account.',
    },
    zh: {
      title: '无法通过该邮箱找回已封存的账号。',
      next: '请尝试该账号曾绑定的其他邮箱，或请公司邀请您使用新账号。',
    },
  },
  passwordWrong: {
    code: 'recovery.password_wrong',
    status: 403,
    en: {
      title: 'The account has a password, and this is not it.',
      next: 'Enter the password that the account had when it was sealed; after a wrong one, with a new code.',
    },
    zh: {
      title: '该账号设有密码，输入的密码不正确。',
      next: '请输入账号被封存时的密码；若密码输错，需重新获取验证码。',
    },
  },
})

export const rebindingRefusal = defineRefusals({
  notCompany: {
    code: 'rebinding.not_company_owned',
    status: 409,
    en: {
      title: 'Neither solution works for a number that is not the company’s.',
      next: 'The new holder enters it under Account & security › Mobile number › Change mobile; it passes after {days} days unless the former person objects.',
    },
    zh: {
      title: '不属于公司的号码不适用这两种方案。',
      next: '请新使用人在“账号与安全 › 手机号 › 更换手机号”中填写该号码；若原使用人在 {days} 天内未提出异议，号码即转入新账号。',
    },
  },
  nobodyHolds: {
    code: 'rebinding.nobody_holds',
    status: 409,
    en: {
      title: 'Nobody holds {e164}, so nobody could take it over.',
      next: 'Assign the number to the new member first.',
    },
    zh: { title: '{e164} 目前无人使用，无法由他人接管。', next: '请先将号码分配给新成员。' },
  },
  formerUnknown: {
    code: 'rebinding.former_unknown',
    status: 409,
    en: {
      title: 'The ledger knows nobody who held {e164} before, so nobody can be asked to delete an account.',
      next: 'Choose that the former member is not available; the new holder then takes the number over.',
    },
    zh: {
      title: '台账中没有 {e164} 的前使用人，无法请其注销账号。',
      next: '请选择“原使用人无法联系”，由新使用人接管号码。',
    },
  },
})
