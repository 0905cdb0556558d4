import { defineRefusals } from '../../kernel/refusal.ts'

export const taskRefusal = defineRefusals({
  state: {
    code: 'task.not_in_state',
    status: 409,
    en: {
      title: 'This cannot be done with the task any more or yet: it is {state}.',
      next: 'Load the task again; if something is still to be done, open a new one.',
    },
    zh: {
      title: '待办事项当前状态为 {state}，无法执行此操作。',
      next: '请重新加载该待办事项；如仍有事要办，请新建一项。',
    },
  },
  notYours: {
    code: 'task.not_yours',
    status: 403,
    en: {
      title: 'This task is for {name}.',
      next: 'Let {name} say that it is done, or ask an Owner or Admin.',
    },
    zh: { title: '该待办事项由 {name} 办理。', next: '请由 {name} 申报完成，或联系所有者或管理员。' },
  },
  ownClaim: {
    code: 'task.own_claim',
    status: 403,
    en: {
      title: 'You did this task yourself, so somebody else has to see that it is done.',
      next: 'Ask another Owner or Admin: {others}.',
    },
    zh: { title: '该待办事项由您本人办理，须由他人确认完成。', next: '请其他所有者或管理员确认：{others}。' },
  },
  evidenceMissing: {
    code: 'task.evidence_missing',
    status: 422,
    en: {
      title: 'What shows that this is done is missing.',
      next: 'Write a note saying what you saw, or add a file such as a screenshot, and try again.',
    },
    zh: { title: '缺少完成的证明。', next: '请写明您所看到的情况，或上传截图等文件后重试。' },
  },
  consentMissing: {
    code: 'task.consent_missing',
    status: 422,
    en: {
      title: 'This task needs the consent of whoever does it.',
      next: 'Read what is lost for good and send `consent: true` if you agree; else say no to whoever asked.',
    },
    zh: {
      title: '办理此事项须经本人同意。',
      next: '请阅读将永久丢失的内容，同意则发送 consent: true；否则请告知委托人。',
    },
  },
  nobody: {
    code: 'task.for_nobody_fit',
    status: 409,
    en: {
      title: '{name} has left and can do nothing here any more.',
      next: 'Choose an active member, or give the name of a person without an account.',
    },
    zh: { title: '{name} 已离职，无法办理。', next: '请选择在职成员，或填写无账号人员的姓名。' },
  },
  duePast: {
    code: 'task.due_past',
    status: 422,
    en: { title: 'The due date lies in the past.', next: 'Choose a time to come.' },
    zh: { title: '截止时间已过。', next: '请选择将来的时间。' },
  },
})

export const taskLinkRefusal = defineRefusals({
  invalid: {
    code: 'task_link.invalid',
    status: 404,
    en: {
      title: 'This link does not work: it was used, has expired, or was never made.',
      next: 'Ask whoever sent it to you for a new one.',
    },
    zh: { title: '此链接无效：已使用、已过期或从未生成。', next: '请向发送人索取新的链接。' },
  },
})

export const evidenceRefusal = defineRefusals({
  empty: {
    code: 'evidence.empty',
    status: 422,
    en: { title: 'The file has no bytes.', next: 'Send the bytes of the file as the body of the request.' },
    zh: { title: '文件没有内容。', next: '请把文件的字节作为请求内容发送。' },
  },
  tooLarge: {
    code: 'evidence.too_large',
    status: 413,
    en: { title: 'The file is larger than {limitMb} MB.', next: 'Send a smaller picture or PDF.' },
    zh: { title: '文件超过 {limitMb} MB。', next: '请发送较小的图片或 PDF。' },
  },
  typeNotAllowed: {
    code: 'evidence.type_not_allowed',
    status: 415,
    en: {
      title: 'Files of this kind ({type}) are not taken as evidence.',
      next: 'Send a screenshot or scan as JPEG, PNG, WebP or PDF.',
    },
    zh: {
      title: '此类文件（{type}）不能作为证明。',
      next: '请发送 JPEG、PNG、WebP 或 PDF 格式的截图或扫描件。',
    },
  },
  tooMany: {
    code: 'evidence.too_many',
    status: 409,
    en: { title: 'The task has {limit} files already.', next: 'Put the rest into one PDF.' },
    zh: { title: '该待办事项已有 {limit} 个文件。', next: '请将其余内容合并为一个 PDF。' },
  },
  missing: {
    code: 'evidence.missing',
    status: 410,
    en: {
      title: 'The task has this file, but its bytes are not in the media folder.',
      next: 'Ask the operator to bring the media folder back from a backup.',
    },
    zh: { title: '该待办事项有此文件，但媒体目录中没有其内容。', next: '请运维人员从备份恢复媒体目录。' },
  },
})
