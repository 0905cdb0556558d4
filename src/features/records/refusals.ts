import { defineRefusals } from '../../kernel/refusal.ts'

/** Every "no" about records (ALL-3). */
export const recordRefusal = defineRefusals({
  reasonNeeded: {
    code: 'record.reason_needed',
    status: 428,
    en: {
      title: 'You do not hold this number: its contents are read with a reason only.',
      next: 'Ask again with `reason`; it is kept in the ledger.',
    },
    zh: {
      title: '您并非该号码的持有人：查看其内容须说明理由。',
      next: '请附上 reason 参数后重试；理由会记入审计日志。',
    },
  },
  notGranted: {
    code: 'record.not_granted',
    status: 403,
    en: {
      title: 'You may see that these records exist, but not their contents.',
      next: "Ask the number's holder, or an Owner or Admin of the company.",
    },
    zh: {
      title: '您可以看到这些记录存在，但无权查看其内容。',
      next: '请联系号码持有人，或公司的所有者、管理员。',
    },
  },
  numberUnknown: {
    code: 'record.number_unknown',
    status: 422,
    en: {
      title: 'At that time {number} was not a number of this company.',
      next: 'Add the number, or correct it (E.164, e.g. +8613800138000), then send the record again.',
    },
    zh: {
      title: '当时 {number} 不是本公司的号码。',
      next: '请先添加该号码，或更正号码（E.164 格式，如 +8613800138000）后重新发送该记录。',
    },
  },
  inFuture: {
    code: 'record.in_future',
    status: 422,
    en: {
      title: 'The record is said to have happened in the future, at {occurredAt}.',
      next: 'Correct the clock or the time zone of the source and send it again.',
    },
    zh: { title: '该记录的时间 {occurredAt} 在未来。', next: '请校正来源系统的时钟或时区后重新发送。' },
  },
  tooOld: {
    code: 'record.too_old',
    status: 422,
    en: {
      title:
        'The record is said to have happened at {occurredAt}; Baton takes what happened since {earliest}.',
      next: 'Correct `occurredAt`, or leave the record where it is.',
    },
    zh: {
      title: '该记录的时间为 {occurredAt}；Baton 只接收 {earliest} 以后的记录。',
      next: '请更正 occurredAt，或不再导入该记录。',
    },
  },
  erased: {
    code: 'record.erased',
    status: 422,
    en: {
      title: 'What this number had before {cutOff} was deleted for good; it is not taken in again.',
      next: 'Send only what happened after that time.',
    },
    zh: { title: '该号码在 {cutOff} 之前的历史已永久删除，不再接收。', next: '请只发送该时间之后的记录。' },
  },
  malformed: {
    code: 'record.malformed',
    status: 422,
    en: {
      title: 'This line is not a record: {fault}.',
      next: 'Correct the line and send it again; /docs shows the members of a record.',
    },
    zh: { title: '此行不是有效的记录：{fault}。', next: '请更正此行后重新发送；记录的字段见 /docs。' },
  },
  wrongEncoding: {
    code: 'record.wrong_encoding',
    status: 422,
    en: { title: 'This line is not in UTF-8.', next: 'Export it as UTF-8 and send the line again.' },
    zh: { title: '此行不是 UTF-8 编码。', next: '请以 UTF-8 编码导出后重新发送此行。' },
  },
  lineTooLong: {
    code: 'record.line_too_long',
    status: 422,
    en: {
      title: 'This line is longer than {limitBytes} bytes and was skipped.',
      next: 'Shorten its text to 10,000 characters and send the line again.',
    },
    zh: {
      title: '此行超过 {limitBytes} 字节，已跳过。',
      next: '请将文本缩短到 10,000 字以内后重新发送此行。',
    },
  },
  cutOff: {
    code: 'record.cut_off',
    status: 422,
    en: {
      title: 'The last line breaks off in the middle of a record.',
      next: 'Send the file again from its source; what is here already counts as a duplicate.',
    },
    zh: { title: '最后一行的记录不完整。', next: '请从来源重新发送该文件；已有的记录会计为重复。' },
  },
})

/** Every "no" about files of records. */
export const mediaRefusal = defineRefusals({
  empty: {
    code: 'media.empty',
    status: 422,
    en: { title: 'The file has no bytes.', next: 'Send the bytes of the file as the body of the request.' },
    zh: { title: '文件没有内容。', next: '请把文件的字节作为请求内容发送。' },
  },
  tooLarge: {
    code: 'media.too_large',
    status: 413,
    en: {
      title: 'The file is larger than {limitMb} MB.',
      next: 'Send a smaller one, or ask the operator to raise BATON_MEDIA_MAX_MB.',
    },
    zh: { title: '文件超过 {limitMb} MB。', next: '请发送较小的文件，或请运维人员调高 BATON_MEDIA_MAX_MB。' },
  },
  typeNotAllowed: {
    code: 'media.type_not_allowed',
    status: 415,
    en: {
      title: 'Files of this kind ({type}) are not kept.',
      next: 'Send one of these: {allowed}.',
    },
    zh: { title: '不保存此类文件（{type}）。', next: '请发送以下类型之一：{allowed}。' },
  },
  typeMismatch: {
    code: 'media.type_mismatch',
    status: 415,
    en: {
      title: 'The file was sent as {declared}, but its bytes are {found}.',
      next: 'Send it with the Content-Type that it has, or as application/octet-stream.',
    },
    zh: {
      title: '文件声明为 {declared}，但其内容是 {found}。',
      next: '请使用正确的 Content-Type，或以 application/octet-stream 发送。',
    },
  },
  tooMany: {
    code: 'media.too_many',
    status: 409,
    en: {
      title: 'The record has {limit} files already.',
      next: 'Keep the further ones elsewhere, or add a record of their own for them.',
    },
    zh: { title: '该记录已有 {limit} 个文件。', next: '请将其余文件另行保存，或为其新建一条记录。' },
  },
  rangeInvalid: {
    code: 'media.range_invalid',
    status: 416,
    en: {
      title: 'The file has {byteCount} bytes; the range that is asked for lies outside.',
      next: 'Ask for a range inside the file, or leave the Range header out.',
    },
    zh: {
      title: '文件共 {byteCount} 字节，所请求的范围超出文件。',
      next: '请请求文件内的范围，或去掉 Range 请求头。',
    },
  },
  missing: {
    code: 'media.missing',
    status: 410,
    en: {
      title: 'The record has this file, but its bytes are not in the media folder.',
      next: 'Ask the operator to bring the media folder back from a backup.',
    },
    zh: { title: '该记录有此文件，但媒体目录中没有其内容。', next: '请运维人员从备份恢复媒体目录。' },
  },
})
