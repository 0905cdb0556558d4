/** In which languages a form is printed. */
export const formLanguages = ['both', 'en', 'zh'] as const
export type FormLanguage = (typeof formLanguages)[number]

/** A phrase in both languages. */
export interface Phrase {
  readonly zh: string
  readonly en: string
}

/** The phrase as the form says it; in both languages Chinese comes first, as such forms have it. */
export function say({ zh, en }: Phrase, language: FormLanguage, between = ' '): string {
  if (language === 'both') return `${zh}${between}${en}`
  return language === 'zh' ? zh : en
}

export const titles: Readonly<Record<'leave' | 'move' | 'loan', Phrase>> = {
  leave: { zh: '离职交接单', en: 'Handover form' },
  move: { zh: '岗位变动交接单', en: 'Handover form: change of position' },
  loan: { zh: '临时交接单', en: 'Handover form: for a time' },
}

export const words = {
  company: { zh: '公司', en: 'Company' },
  handover: { zh: '交接编号', en: 'Handover' },
  leaver: { zh: '交接人', en: 'Handed over by' },
  receiver: { zh: '接收人', en: 'Received by' },
  witness: { zh: '监交人', en: 'Witnessed by' },
  staffCode: { zh: '工号', en: 'Staff code' },
  department: { zh: '部门', en: 'Department' },
  effective: { zh: '生效时间', en: 'Effective' },
  endsAt: { zh: '归还时间', en: 'Returns' },
  finished: { zh: '完成时间', en: 'Finished' },
  timeZone: { zh: '时区', en: 'Time zone' },
  orderedBy: { zh: '执行决定人', en: 'Ordered by' },
  approvedBy: { zh: '批准人', en: 'Approved by' },
  undoUntil: { zh: '可撤销至', en: 'Can be undone until' },
  heldAfter: { zh: '交接后名下项目', en: 'Held afterwards' },
  nothing: { zh: '无', en: 'Nothing' },
  reason: { zh: '说明', en: 'Reason' },
  items: { zh: '移交项目', en: 'What was handed over' },
  number: { zh: '序号', en: 'No.' },
  kind: { zh: '类别', en: 'Kind' },
  item: { zh: '项目', en: 'Item' },
  change: { zh: '移交前 → 移交后', en: 'Before → after' },
  result: { zh: '结果', en: 'Result' },
  nobody: { zh: '无人接收（停放、终止或不变）', en: 'Received by nobody (parked, ended or unchanged)' },
  left: {
    zh: '另有 {count} 项未打印，均列于电子凭证（在交接页面下载 JSON，或运行 baton receipt get 交接编号）。签字对全部项目有效。',
    en: '{count} more are not printed. All stand in the electronic receipt: download it as JSON on the page of the handover, or run baton receipt get with the number of the handover. The signatures count for all of them.',
  },
  exceptions: { zh: '例外事项', en: 'Exceptions' },
  stillHeld: { zh: '仍在名下', en: 'Still held' },
  due: { zh: '后续待办', en: 'Still due' },
  what: { zh: '事项', en: 'What' },
  when: { zh: '时间', en: 'When' },
  irreversible: { zh: '不可撤销', en: 'cannot be undone' },
  signatures: { zh: '签字确认', en: 'Signatures' },
  signature: { zh: '签字', en: 'Signature' },
  date: { zh: '日期', en: 'Date' },
  proof: { zh: '凭证', en: 'Proof' },
  hash: { zh: '凭证摘要（SHA-256）', en: 'Receipt hash (SHA-256)' },
  key: { zh: '签名密钥', en: 'Signed with' },
  checkpoint: { zh: '审计账本检查点', en: 'Checkpoint of the ledger' },
  howToVerify: {
    zh: '本单由电子凭证打印而成，以电子凭证为准。核验：下载凭证 JSON，运行 baton receipt verify 文件名；其摘要须与上列一致。',
    en: 'This form is a print of an electronic receipt, which is what counts. To check it, download the receipt as JSON and run: baton receipt verify FILE. Its hash must be the one above.',
  },
  erased: { zh: '（已删除）', en: '(erased)' },
  later: { zh: '待定', en: 'not set' },
  missing: {
    zh: '下列字符无法打印，以方框代替',
    en: 'These characters cannot be printed and stand as boxes',
  },
  undone: {
    zh: '本次交接已被撤销，名下项目已恢复原状。',
    en: 'This handover was undone: what could be brought back is as it was before.',
  },
  closed: {
    zh: '本次交接已结案；结果以补充凭证为准。',
    en: 'This handover is closed; results are those of its supplement.',
  },
  keep: { zh: '历史记录保留', en: 'history kept' },
  hide: { zh: '历史记录隐藏', en: 'history hidden' },
  delete: { zh: '历史记录删除', en: 'history deleted' },
  unchanged: { zh: '不变', en: 'unchanged' },
  parked: { zh: '停放', en: 'parked' },
  inForce: { zh: '有效', en: 'in force' },
  ended: { zh: '终止', en: 'ended' },
} as const satisfies Readonly<Record<string, Phrase>>

export const kindWords: Readonly<Record<string, Phrase>> = {
  access: { zh: '登录权限', en: 'Access' },
  api_token: { zh: 'API 令牌', en: 'API token' },
  incoming_move: { zh: '待移入号码', en: 'Number to come' },
  number: { zh: '号码', en: 'Number' },
  loan_return: { zh: '归还权', en: 'Right of return' },
  department_lead: { zh: '部门负责人', en: 'Lead of department' },
  report: { zh: '直属下属', en: 'Direct report' },
  role: { zh: '角色', en: 'Role' },
  work_account: { zh: '工作账号', en: 'Work account' },
  task: { zh: '任务', en: 'Task' },
  membership: { zh: '成员身份', en: 'Membership' },
}

export const stateWords: Readonly<Record<string, Phrase>> = {
  planned: { zh: '未执行', en: 'not begun' },
  attempted: { zh: '已执行，待核实', en: 'done, not yet seen' },
  waiting: { zh: '等待中', en: 'waiting' },
  observed: { zh: '已核实', en: 'seen done' },
  failed: { zh: '未成功', en: 'failed' },
  skipped: { zh: '已跳过', en: 'skipped' },
  handed: { zh: '转人工办理', en: 'handed to a person' },
  undone: { zh: '已撤销', en: 'undone' },
}

export const dueWords: Readonly<Record<string, Phrase>> = {
  return: { zh: '归还', en: 'Goes back' },
  erasure: { zh: '删除历史记录', en: 'Deletion of history' },
  task: { zh: '人工任务', en: 'Task of a person' },
  check: { zh: '国家核验', en: 'Country check' },
  undo_window: { zh: '撤销期限届满', en: 'End of the undo window' },
}
