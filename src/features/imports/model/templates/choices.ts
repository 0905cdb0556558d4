import type { Role } from '../../../../kernel/permission.ts'
import type { History, NumberType } from '../../../numbers/model.ts'
import type { MemberStatus } from '../../../people/states.ts'
import type { Direction, RecordKind } from '../../../records/model.ts'
import type { Choice } from '../column.ts'

type ChoiceTexts = readonly [en: string, zh: string, ...aliases: string[]]

function choicesOf<Value extends string>(table: Readonly<Record<Value, ChoiceTexts>>): readonly Choice[] {
  return Object.entries<ChoiceTexts>(table).map(([value, [en, zh, ...aliases]]) => ({
    value,
    words: { en, zh },
    aliases,
  }))
}

export const roleChoices = choicesOf<Role>({
  owner: ['owner', '所有者', '拥有者'],
  admin: ['admin', '管理员', 'administrator'],
  lead: ['lead', '部门负责人', '负责人', 'leader'],
  auditor: ['auditor', '审计员', '审计'],
  member: ['member', '成员', '普通成员', '员工', 'staff'],
})

export const statusChoices = choicesOf<MemberStatus>({
  active: ['active', '在职', '已激活'],
  suspended: ['suspended', '停用', '已停用', '禁用', '已禁用', 'disabled'],
  leaving: ['leaving', '离职中', '待离职'],
  left: ['left', '已离职', '离职'],
})

export const genderChoices = choicesOf({
  male: ['male', '男', 'm', '男性', '1'],
  female: ['female', '女', 'f', '女性', '2'],
  unknown: ['unknown', '未知', '未定义', '保密', '0'],
})

export const numberTypeChoices = choicesOf<NumberType>({
  mobile: ['mobile', '手机', '移动', 'cell', '移动电话'],
  landline: ['landline', '座机', '固话', '固定电话', 'fixed', 'fixed line'],
  toll_free: ['toll_free', '免费电话', 'toll free', 'tollfree', '400', '800'],
})

export const historyChoices = choicesOf<History>({
  keep: ['keep', '保留', 'kept'],
  hide: ['hide', '隐藏', 'hidden'],
  delete: ['delete', '删除', 'deleted'],
})

export const recordKindChoices = choicesOf<RecordKind>({
  call: ['call', '通话', '电话'],
  message: ['message', '短信', '消息', 'sms', 'text'],
  voicemail: ['voicemail', '语音留言', '留言'],
})

export const directionChoices = choicesOf<Direction>({
  inbound: ['inbound', '呼入', '接收', 'in', 'incoming', '来电'],
  outbound: ['outbound', '呼出', '发送', 'out', 'outgoing', '去电'],
})

export const usedForChoices = choicesOf({
  login: ['login', '登录', 'sign-in', 'sign in'],
  verification: ['verification', '验证', '验证码', 'verify', '2fa'],
  both: ['both', '登录和验证', '登录及验证', 'login and verification'],
})

/** The words for yes and no in any column that takes them. */
export const yesWords: readonly string[] = [
  'yes',
  '是',
  'true',
  'y',
  '1',
  '有',
  '已',
  '禁用',
  '已禁用',
  '已接听',
  '接听',
  'disabled',
]
export const noWords: readonly string[] = [
  'no',
  '否',
  'false',
  'n',
  '0',
  '无',
  '未',
  '启用',
  '已启用',
  '未禁用',
  '正常',
  '未接听',
  'enabled',
]
