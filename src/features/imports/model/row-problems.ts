import { defineProblems } from './problem-rule.ts'

/** What may be wrong with a row beside the others of the file, and beside what the company has. */
export const rowProblems = defineProblems({
  staff_code_twice: {
    severity: 'error',
    fixes: ['skip_row', 'prefix_staff_code', 'set_value'],
    en: [
      'The staff code {value} stands in row {other} already.',
      'Give one of them another staff code, or leave this row out.',
      '{count} [row repeats|rows repeat] the staff code of another row',
    ],
    zh: [
      '工号 {value} 已出现在第 {other} 行。',
      '请更换其中一个工号，或跳过该行。',
      '{count} 行的工号与其他行重复',
    ],
  },
  staff_code_zeros_lost: {
    severity: 'conflict',
    fixes: ['restore_leading_zero', 'keep_anyway'],
    en: [
      'The staff code {value} has probably lost the zeros at its beginning.',
      'Put them back, as is suggested, or say that it is right.',
      '{count} [staff code|staff codes] probably lost the zeros at the beginning',
    ],
    zh: [
      '工号 {value} 可能丢失了开头的 0。',
      '请按建议补回，或确认其正确。',
      '{count} 个工号可能丢失了开头的 0',
    ],
  },
  staff_code_exists: {
    severity: 'conflict',
    fixes: ['choose_existing', 'prefix_staff_code'],
    en: [
      'The staff code {value} is {name}’s already.',
      'Choose whether the row overwrites that member or is skipped.',
      '{count} [staff code exists|staff codes exist] already',
    ],
    zh: ['工号 {value} 已属于 {name}。', '请选择覆盖该成员或跳过该行。', '{count} 个工号已存在'],
  },
  staff_code_of_leaver: {
    severity: 'error',
    fixes: ['prefix_staff_code', 'skip_row'],
    en: [
      'The staff code {value} belongs to {name}, who has left.',
      'Choose another staff code: codes of people who have left stay theirs.',
      '{count} [staff code belongs to somebody who has|staff codes belong to people who have] left',
    ],
    zh: [
      '工号 {value} 属于已离职的 {name}。',
      '请更换工号；离职者的编号仍归其本人。',
      '{count} 个工号属于已离职的人员',
    ],
  },
  rename_unknown: {
    severity: 'error',
    fixes: ['set_value', 'skip_row'],
    en: [
      '{value} renames a staff code that nobody has.',
      'Write the staff code alone, or correct the one before the colon.',
      '{count} [row renames a staff code|rows rename staff codes] that nobody has',
    ],
    zh: [
      '{value} 要修改的原工号不存在。',
      '请只填写工号，或更正冒号前的工号。',
      '{count} 行要修改的原工号不存在',
    ],
  },
  rename_taken: {
    severity: 'error',
    fixes: ['set_value', 'skip_row'],
    en: [
      '{value} renames to a staff code that is {name}’s already.',
      'Choose another new staff code.',
      '{count} [row renames to a staff code that exists|rows rename to staff codes that exist] already',
    ],
    zh: ['{value} 的新工号已属于 {name}。', '请更换新的工号。', '{count} 行的新工号已存在'],
  },
  mobile_twice: {
    severity: 'conflict',
    fixes: ['keep_anyway', 'clear_cell', 'skip_row'],
    en: [
      'The mobile {value} stands in row {other} already.',
      'Say that both have it, or empty the wrong one.',
      '{count} [mobile stands|mobiles stand] in another row already',
    ],
    zh: [
      '手机 {value} 已出现在第 {other} 行。',
      '请确认两人共用，或清空有误的一个。',
      '{count} 个手机号与其他行重复',
    ],
  },
  mobile_taken: {
    severity: 'conflict',
    fixes: ['keep_anyway', 'clear_cell', 'skip_row'],
    en: [
      'The mobile {value} is {name}’s already ({staffCode}).',
      'Say that both have it, empty the cell, or skip the row if it is the same person.',
      '{count} [mobile belongs to another member|mobiles belong to other members]',
    ],
    zh: [
      '手机 {value} 已属于 {name}（{staffCode}）。',
      '请确认两人共用、清空该单元格，或在同一人时跳过该行。',
      '{count} 个手机号已属于其他成员',
    ],
  },
  contact_missing: {
    severity: 'warning',
    en: [
      'Neither {columns} is given.',
      'The row is taken; nobody can be invited without one of them.',
      '{count} [row has|rows have] neither {columns}',
    ],
    zh: ['{columns}均未填写。', '该行仍会导入，但无法邀请其加入。', '{count} 行未填写{columns}'],
  },
  member_disabled: {
    severity: 'warning',
    fixes: ['skip_row'],
    en: [
      'The file marks {value} as disabled.',
      'The row is taken like any other, unless disabled members are left out.',
      '{count} [member is|members are] marked as disabled',
    ],
    zh: ['文件中 {value} 标为已禁用。', '除非选择跳过已禁用成员，否则仍会导入。', '{count} 名成员标为已禁用'],
  },
  owner_only: {
    severity: 'error',
    fixes: ['clear_cell'],
    en: [
      'Only an Owner makes, changes or removes Owners.',
      'Ask an Owner to import this row, or empty the role.',
      '{count} [row is about an Owner|rows are about Owners]',
    ],
    zh: [
      '只有所有者才能设立、更改或移除所有者。',
      '请由所有者导入该行，或清空角色。',
      '{count} 行涉及所有者',
    ],
  },
  department_id_unknown: {
    severity: 'error',
    fixes: ['choose_department'],
    about: 'id',
    en: [
      'Nobody has said which department the id {id} is.',
      'Choose the department for id {id}.',
      '{count} [member is|members are] in the department with id {id}',
    ],
    zh: [
      '尚未指定部门 ID {id} 对应的部门。',
      '请为 ID {id} 选择部门。',
      '{count} 名成员属于 ID 为 {id} 的部门',
    ],
  },
  manager_unknown: {
    severity: 'error',
    fixes: ['clear_cell', 'set_value'],
    en: [
      'Nobody has the staff code {value} of the manager.',
      'Correct it, or leave the manager empty.',
      '{count} [manager is|managers are] not known',
    ],
    zh: ['没有工号为 {value} 的上级。', '请更正，或将上级留空。', '{count} 个上级不存在'],
  },
  manager_is_self: {
    severity: 'error',
    fixes: ['clear_cell'],
    en: [
      '{value} is named as the own manager.',
      'Name somebody else, or leave the manager empty.',
      '{count} [member is named as their own manager|members are named as their own managers]',
    ],
    zh: ['{value} 被填写为自己的上级。', '请填写其他人，或将上级留空。', '{count} 名成员被填写为自己的上级'],
  },
  manager_cycle: {
    severity: 'error',
    fixes: ['clear_cell'],
    en: [
      '{value} reports to this member, directly or through others: {chain}.',
      'Name another manager in one of these rows.',
      '{count} [member would be the manager of their own manager|members would be managers of their own managers]',
    ],
    zh: [
      '{value} 直接或间接向该成员汇报：{chain}。',
      '请在其中一行更换上级。',
      '{count} 名成员的汇报关系成环',
    ],
  },
  manager_has_left: {
    severity: 'error',
    fixes: ['clear_cell', 'set_value'],
    en: [
      '{name} ({value}) has left and cannot be a manager.',
      'Name a member who works here, or leave the manager empty.',
      '{count} [manager has|managers have] left',
    ],
    zh: ['{name}（{value}）已离职，不能担任上级。', '请填写在职成员，或将上级留空。', '{count} 个上级已离职'],
  },
  number_twice: {
    severity: 'error',
    fixes: ['skip_row'],
    en: [
      'The number {value} stands in row {other} already.',
      'Leave one of the rows out.',
      '{count} [row repeats|rows repeat] the number of another row',
    ],
    zh: ['号码 {value} 已出现在第 {other} 行。', '请跳过其中一行。', '{count} 行的号码与其他行重复'],
  },
  number_exists: {
    severity: 'conflict',
    fixes: ['choose_existing'],
    en: [
      'The company has the number {value} already.',
      'Choose whether the row overwrites what is known of it or is skipped.',
      '{count} [number exists|numbers exist] already',
    ],
    zh: ['公司已有号码 {value}。', '请选择覆盖其资料或跳过该行。', '{count} 个号码已存在'],
  },
  number_released: {
    severity: 'error',
    fixes: ['skip_row'],
    en: [
      'The number {value} was released.',
      'Leave the row out; a number that comes back is added by hand.',
      '{count} [number was|numbers were] released',
    ],
    zh: ['号码 {value} 已释放。', '请跳过该行；重新取得的号码请手动添加。', '{count} 个号码已释放'],
  },
  number_not_available: {
    severity: 'error',
    fixes: ['skip_row'],
    en: [
      'The number {value} is not available.',
      'Check it; if it is yours, claim it with evidence.',
      '{count} [number is|numbers are] not available',
    ],
    zh: ['号码 {value} 不可用。', '请核对；如确属贵公司，请凭证据申诉。', '{count} 个号码不可用'],
  },
  number_unknown: {
    severity: 'error',
    fixes: ['skip_row', 'set_value'],
    en: [
      'The company has no number {value}.',
      'Add it first, or correct it.',
      '{count} [number is|numbers are] not the company’s',
    ],
    zh: ['公司没有号码 {value}。', '请先添加，或更正号码。', '{count} 个号码不属于公司'],
  },
  number_of_other_holder: {
    severity: 'error',
    fixes: ['clear_cell', 'skip_row'],
    en: [
      '{name} holds {value} now.',
      'An import of numbers moves none: empty the holder here and use the template for moves.',
      '{count} [number is|numbers are] held by somebody else now',
    ],
    zh: [
      '{value} 现由 {name} 持有。',
      '号码导入不会移动号码：请清空持有人，并使用移动模板。',
      '{count} 个号码现由他人持有',
    ],
  },
  member_unknown: {
    severity: 'error',
    fixes: ['set_value', 'clear_cell', 'skip_row'],
    en: [
      'Nobody has the staff code {value}.',
      'Correct it, or import the member first.',
      '{count} [staff code in {column} is|staff codes in {column} are] nobody’s',
    ],
    zh: ['没有工号为 {value} 的成员。', '请更正，或先导入该成员。', '“{column}”中有 {count} 个工号不存在'],
  },
  member_not_active: {
    severity: 'error',
    fixes: ['set_value', 'clear_cell', 'skip_row'],
    en: [
      '{name} ({value}) is {status} and cannot be given anything.',
      'Name an active member.',
      '{count} [person in {column} is|people in {column} are] not active',
    ],
    zh: [
      '{name}（{value}）当前状态为 {status}，不能接收。',
      '请填写在职成员。',
      '“{column}”中有 {count} 人不在职',
    ],
  },
  member_at_cap: {
    severity: 'error',
    fixes: ['set_value', 'clear_cell', 'skip_row'],
    en: [
      '{name} ({value}) would hold more than {cap} numbers.',
      'Give it to somebody else, or raise the subscription.',
      '{count} [number|numbers] would be above the cap of the holder',
    ],
    zh: [
      '{name}（{value}）持有的号码将超过 {cap} 个。',
      '请分配给其他人，或升级订阅。',
      '{count} 个号码将超出持有人的上限',
    ],
  },
  licence_short: {
    severity: 'error',
    fixes: ['clear_cell', 'skip_row'],
    en: [
      'There is no free licence for {value}: {free} are free.',
      'Empty the holder, so that the number is parked, or get more licences.',
      '{count} [number has|numbers have] no free licence',
    ],
    zh: [
      '没有可供 {value} 使用的许可：剩余 {free} 个。',
      '请清空持有人使号码停放，或增加许可。',
      '{count} 个号码没有可用的许可',
    ],
  },
  holder_differs: {
    severity: 'error',
    fixes: ['clear_cell', 'skip_row'],
    en: [
      '{value} does not hold the number; {name} does.',
      'Correct the row, or empty the expected holder.',
      '{count} [number is|numbers are] held by somebody else than expected',
    ],
    zh: [
      '持有该号码的不是 {value}，而是 {name}。',
      '请更正，或清空原持有人。',
      '{count} 个号码的持有人与预期不符',
    ],
  },
  reason_missing: {
    severity: 'error',
    fixes: ['set_value'],
    en: [
      'Deleting history needs a reason.',
      'Write why; it is kept in the ledger.',
      '{count} [row deletes|rows delete] history without a reason',
    ],
    zh: ['删除历史记录须说明理由。', '请填写理由，它将记入审计账本。', '{count} 行删除历史记录而未说明理由'],
  },
  answered_missing: {
    severity: 'error',
    fixes: ['set_value'],
    en: [
      'A call says whether it was answered.',
      'Write yes or no.',
      '{count} [call does not say whether it was|calls do not say whether they were] answered',
    ],
    zh: ['通话须说明是否接听。', '请填写是或否。', '{count} 条通话未说明是否接听'],
  },
  voicemail_outbound: {
    severity: 'error',
    fixes: ['set_value', 'skip_row'],
    en: [
      'A voicemail comes in.',
      'Write inbound, or correct the kind.',
      '{count} [voicemail is|voicemails are] marked as outbound',
    ],
    zh: ['语音留言只能是呼入。', '请改为呼入，或更正类型。', '{count} 条语音留言标为呼出'],
  },
  record_twice: {
    severity: 'error',
    fixes: ['skip_row'],
    en: [
      'The same source and id stand in row {other} already.',
      'Leave one of the rows out.',
      '{count} [row repeats|rows repeat] the record of another row',
    ],
    zh: ['相同的来源和编号已出现在第 {other} 行。', '请跳过其中一行。', '{count} 行与其他行是同一条通信记录'],
  },
  account_twice: {
    severity: 'error',
    fixes: ['skip_row'],
    en: [
      'The account {value} stands in row {other} already.',
      'Leave one of the rows out.',
      '{count} [row repeats|rows repeat] the account of another row',
    ],
    zh: ['账号 {value} 已出现在第 {other} 行。', '请跳过其中一行。', '{count} 行的账号与其他行重复'],
  },
  account_of_other_holder: {
    severity: 'error',
    fixes: ['clear_cell', 'skip_row'],
    en: [
      '{name} has the account {value} now.',
      'An import passes no account on: empty the holder here and pass it on by a handover.',
      '{count} [account is|accounts are] held by somebody else now',
    ],
    zh: [
      '账号 {value} 现由 {name} 使用。',
      '导入不会转交账号：请清空持有人，并通过交接转交。',
      '{count} 个账号现由他人使用',
    ],
  },
})
