import { defineRefusals } from '../../kernel/refusal.ts'

export const departmentRefusal = defineRefusals({
  nameTaken: {
    code: 'department.name_taken',
    status: 409,
    en: {
      title: 'There is a department "{name}" in the same place already.',
      next: 'Choose another name or another parent department.',
    },
    zh: { title: '同一位置已有名为“{name}”的部门。', next: '请换一个名称或上级部门。' },
  },
  cycle: {
    code: 'department.cycle',
    status: 409,
    en: {
      title: 'The department "{name}" cannot be moved below itself.',
      next: 'Choose a parent that is not this department and not below it.',
    },
    zh: { title: '部门“{name}”不能移动到自身之下。', next: '请选择既非该部门本身、也不在其下级的上级部门。' },
  },
  notEmpty: {
    code: 'department.not_empty',
    status: 409,
    en: {
      title: 'The department "{name}" still has {members} members and {departments} departments below it.',
      next: 'Move the members to another department and move or remove the departments below it first.',
    },
    zh: {
      title: '部门“{name}”下仍有 {members} 名成员和 {departments} 个下级部门。',
      next: '请先将成员转到其他部门，并移动或删除下级部门。',
    },
  },
})

export const memberRefusal = defineRefusals({
  staffCodeTaken: {
    code: 'member.staff_code_taken',
    status: 409,
    en: {
      title: 'The staff code {staffCode} belongs to {name}.',
      next: 'Choose another staff code, or change that member; codes of people who have left stay theirs.',
    },
    zh: {
      title: '工号 {staffCode} 已属于 {name}。',
      next: '请换一个编号，或修改该成员；离职者的编号仍归其本人。',
    },
  },
  mobileInvalid: {
    code: 'member.mobile_invalid',
    status: 422,
    en: {
      title: '"{mobile}" is not a mobile number.',
      next: 'Write it with its country code, e.g. +86 138 0000 1000.',
    },
    zh: { title: '“{mobile}”不是有效的手机号码。', next: '请带上国家代码填写，例如 +86 138 0000 1000。' },
  },
  destinationInvalid: {
    code: 'member.destination_invalid',
    status: 422,
    en: {
      title: '"{destination}" is neither a phone number nor a SIP address.',
      next: 'Write a number with its country code, e.g. +86 138 0000 1000, or an address such as sip:li@pbx.example.com.',
    },
    zh: {
      title: '“{destination}”既不是电话号码，也不是 SIP 地址。',
      next: '请填写带国家代码的号码，例如 +86 138 0000 1000，或 SIP 地址，例如 sip:li@pbx.example.com。',
    },
  },
  managerCycle: {
    code: 'member.manager_cycle',
    status: 409,
    en: {
      title:
        '{manager} reports to {name}, directly or through others, and so cannot be the manager of {name}.',
      next: 'Choose a manager who does not report to {name}, or change the reporting line of {manager} first.',
    },
    zh: {
      title: '{manager} 直接或间接向 {name} 汇报，因此不能担任 {name} 的上级。',
      next: '请选择不向 {name} 汇报的人，或先更改 {manager} 的汇报关系。',
    },
  },
  managerIsSelf: {
    code: 'member.manager_is_self',
    status: 422,
    en: { title: 'Nobody is the own manager.', next: 'Choose another member, or null for nobody.' },
    zh: { title: '成员不能以自己为上级。', next: '请选择其他成员；没有上级时填 null。' },
  },
  managerHasLeft: {
    code: 'member.manager_has_left',
    status: 409,
    en: { title: '{manager} has left and cannot be a manager.', next: 'Choose a member who works here.' },
    zh: { title: '{manager} 已离职，不能担任上级。', next: '请选择在职成员。' },
  },
  statusImpossible: {
    code: 'member.status_impossible',
    status: 409,
    en: {
      title: '{name} is {from} and cannot become {to}.',
      next: 'From here only this is possible: {possible}.',
    },
    zh: { title: '{name} 当前状态为 {from}，不能变为 {to}。', next: '目前只能变为：{possible}。' },
  },
  reasonRequired: {
    code: 'member.reason_required',
    status: 422,
    en: {
      title: '{name} has left; taking them back needs a reason.',
      next: 'Send `reason`: it is kept in the ledger.',
    },
    zh: { title: '{name} 已离职，重新接纳须说明理由。', next: '请填写 reason，它将记入审计账本。' },
  },
  holds: {
    code: 'member.holds',
    status: 409,
    en: {
      title: '{name} still holds something ({count} in all).',
      next: "Begin a handover of everything that `holdings` lists. By hand: pass on or park numbers, cancel moves to come, revoke tokens, give reports another manager, and take leading roles off with the member's `departments`; then try again.",
    },
    zh: {
      title: '{name} 名下仍有 {count} 项。',
      next: '请为 holdings 中的全部事项发起交接。也可手动处理：转交或停放号码，取消即将转入的移动，撤销令牌，为下属更换上级，并通过成员的 departments 解除部门负责人身份，然后重试。',
    },
  },
  hasHistory: {
    code: 'member.has_history',
    status: 409,
    en: {
      title: '{name} has signed in or held numbers here, so the ledger still needs this member.',
      next: 'Set the status to `left` instead of removing the member.',
    },
    zh: {
      title: '{name} 曾登录或持有过号码，账本仍需保留该成员。',
      next: '请将状态改为 left（离职），而不是删除成员。',
    },
  },
  onHold: {
    code: 'member.on_hold',
    status: 409,
    en: {
      title: '{name} is under a legal hold and cannot be removed.',
      next: 'Have two people lift the holds in `holdIds`, or set the status to `left` instead.',
    },
    zh: {
      title: '{name} 处于法务保全之下，不能删除。',
      next: '请由两人解除 holdIds 中的保全，或将状态改为 left（离职）。',
    },
  },
  hasReports: {
    code: 'member.has_reports',
    status: 409,
    en: {
      title: '{count} members report to {name}.',
      next: 'Give the members in `reports` another manager first.',
    },
    zh: { title: '有 {count} 名成员向 {name} 汇报。', next: '请先为 reports 中的成员更换上级。' },
  },
  lastOwner: {
    code: 'member.last_owner',
    status: 409,
    en: {
      title: '{name} is the last active Owner of the company.',
      next: 'Make another active member Owner first.',
    },
    zh: { title: '{name} 是公司最后一位在职的所有者。', next: '请先将另一位在职成员设为所有者。' },
  },
  ownerOnly: {
    code: 'member.owner_only',
    status: 403,
    en: {
      title: 'Only an Owner makes, changes or removes Owners.',
      next: 'Ask an Owner of the company to do this.',
    },
    zh: { title: '只有所有者才能设立、更改或移除所有者。', next: '请联系公司的所有者。' },
  },
})

/** What a handover meets, or tells, about a person (HAN-2, HAN-5). */
export const leaverRemark = defineRefusals({
  statusDrifted: {
    code: 'member.status_drifted',
    status: 409,
    en: {
      title: '{name} is {status} by now, which is not what this step was planned for.',
      next: 'Look at the page of {name}: set the status as it should be and run the step again, or skip it with a reason.',
    },
    zh: {
      title: '{name} 目前状态为 {status}，与此步骤的计划不符。',
      next: '请查看 {name} 的页面：改正状态后重新执行此步骤，或说明理由跳过。',
    },
  },
  accessEnds: {
    code: 'access.ends',
    status: 409,
    en: {
      title:
        '{name} is signed out everywhere, API tokens stop working, and calls of their numbers give the park announcement until the numbers have moved.',
      next: 'Let {name} finish what needs the own sign-in before you run the handover.',
    },
    zh: {
      title: '{name} 将在所有设备上退出登录，API 令牌失效；其号码在移动之前，来电将播放停放提示音。',
      next: '请让 {name} 在执行交接之前完成需要本人登录的事项。',
    },
  },
  leadRoleMissing: {
    code: 'lead.role_missing',
    status: 409,
    en: {
      title:
        '{successor} leads "{department}" then, but has the role {role} and so sees only their own person.',
      next: 'Give {successor} the role lead if they are to see the department in Baton.',
    },
    zh: {
      title: '{successor} 将负责“{department}”，但其角色为 {role}，因此只能看到本人信息。',
      next: '若需在 Baton 中查看该部门，请将 {successor} 的角色设为 lead。',
    },
  },
  leadSees: {
    code: 'lead.sees_department',
    status: 409,
    en: {
      title: '{successor} sees the members of "{department}" and everything below it, with their numbers.',
      next: 'Choose another successor if {successor} must not see them.',
    },
    zh: {
      title: '{successor} 将能看到“{department}”及其下级部门的成员及其号码。',
      next: '若 {successor} 不应看到这些内容，请选择其他接收人。',
    },
  },
  roleKept: {
    code: 'role.successor_keeps',
    status: 409,
    en: {
      title: '{successor} has the role {role} already, which allows as much: only {leaver} loses the role.',
      next: 'Nothing is to be done, unless somebody else should get the role: then choose them.',
    },
    zh: {
      title: '{successor} 已有角色 {role}，权限不低于此，因此仅解除 {leaver} 的角色。',
      next: '无需处理；若应由他人获得该角色，请另选接收人。',
    },
  },
  rolePassesOn: {
    code: 'role.passes_on',
    status: 409,
    en: {
      title: '{successor} gets the role {role} in the whole company, with every right of it.',
      next: 'End the role instead if {successor} should not have these rights.',
    },
    zh: {
      title: '{successor} 将在全公司范围内获得角色 {role} 及其全部权限。',
      next: '若 {successor} 不应拥有这些权限，请改为终止该角色。',
    },
  },
})
