import { defineRefusals } from '../../kernel/refusal.ts'

/** The refusals that any route may give, before or around its own work. */
export const httpRefusal = defineRefusals({
  malformed: {
    code: 'request.malformed',
    status: 400,
    en: {
      title: 'The request is not in the form this route takes.',
      next: 'Correct the fields listed in `errors` and send it again.',
    },
    zh: { title: '请求的格式不符合此接口的要求。', next: '请更正 errors 中列出的字段后重新发送。' },
  },
  tooLarge: {
    code: 'request.too_large',
    status: 413,
    en: { title: 'The request body is larger than {limitBytes} bytes.', next: 'Send less at once.' },
    zh: { title: '请求内容超过 {limitBytes} 字节。', next: '请分批发送。' },
  },
  wrongMediaType: {
    code: 'request.media_type',
    status: 415,
    en: {
      title: 'This route does not take a body of this Content-Type.',
      next: 'Send `Content-Type: application/json`, or another type that /docs names for this route.',
    },
    zh: {
      title: '此接口不接受该 Content-Type 的内容。',
      next: '请使用 Content-Type: application/json，或 /docs 中该接口列出的其他类型。',
    },
  },
  noSuchRoute: {
    code: 'request.no_such_route',
    status: 404,
    en: { title: 'There is nothing at this address.', next: 'See /docs for all addresses.' },
    zh: { title: '此地址没有内容。', next: '所有地址见 /docs。' },
  },
  notFound: {
    code: 'thing.not_found',
    status: 404,
    en: {
      title: 'There is no such {thing} here.',
      next: 'Check the id and the company that the request names.',
    },
    zh: { title: '此处没有该对象（{thing}）。', next: '请检查编号以及请求所指的公司。' },
  },
  notSignedIn: {
    code: 'session.required',
    status: 401,
    en: {
      title: 'You are not signed in, or the session or token is no longer valid.',
      next: 'Sign in again, or use a valid API token.',
    },
    zh: { title: '您尚未登录，或会话、令牌已失效。', next: '请重新登录，或使用有效的 API 令牌。' },
  },
  personOnly: {
    code: 'account.person_only',
    status: 403,
    en: {
      title: 'An account belongs to its person: no token, admin or operator acts on it.',
      next: 'Let the person sign in and do it; what an admin can do is on the page of the member.',
    },
    zh: {
      title: '账号属于其本人：任何令牌、管理员或运维人员都不能操作。',
      next: '请由本人登录后操作；管理员可做的事项见成员页面。',
    },
  },
  notFresh: {
    code: 'session.not_fresh',
    status: 401,
    en: {
      title: 'This needs a fresh proof that it is you.',
      next: 'Confirm who you are (POST /v1/account/confirmation), then do it again within 10 minutes.',
    },
    zh: {
      title: '此操作需要重新确认是您本人。',
      next: '请先确认身份（POST /v1/account/confirmation），并在 10 分钟内重试。',
    },
  },
  companyMissing: {
    code: 'company.not_named',
    status: 400,
    en: {
      title: 'The request does not say which company it is about.',
      next: "Send the header `Baton-Company` with the company's id or short name.",
    },
    zh: { title: '请求没有说明针对哪家公司。', next: '请在 Baton-Company 头中给出公司的编号或短名称。' },
  },
  notAllowed: {
    code: 'permission.missing',
    status: 403,
    en: {
      title: 'Your role ({role}) does not allow this; it needs the permission {permission}.',
      next: 'Ask an Owner or Admin of the company.',
    },
    zh: {
      title: '您的角色（{role}）无权执行此操作，需要权限 {permission}。',
      next: '请联系公司的所有者或管理员。',
    },
  },
  scopeMissing: {
    code: 'token.scope_missing',
    status: 403,
    en: { title: 'This API token lacks the scope {permission}.', next: 'Make a token that has it.' },
    zh: { title: '该 API 令牌缺少权限范围 {permission}。', next: '请创建包含此范围的令牌。' },
  },
  installationToken: {
    code: 'token.of_installation',
    status: 403,
    en: {
      title: 'A token of the installation may not do this; its scopes are: {scopes}.',
      next: 'Use an API token of the company instead.',
    },
    zh: { title: '系统级令牌无权执行此操作；其权限范围为：{scopes}。', next: '请改用该公司的 API 令牌。' },
  },
  crossSite: {
    code: 'request.cross_site',
    status: 403,
    en: { title: 'The request came from another site.', next: 'Use Baton from its own address.' },
    zh: { title: '请求来自其他网站。', next: '请从 Baton 自己的地址使用。' },
  },
  versionChanged: {
    code: 'version.changed',
    status: 412,
    en: {
      title: 'Someone else changed this in the meantime (now version {version}).',
      next: 'Load it again and repeat your change.',
    },
    zh: { title: '在此期间他人已修改（现为第 {version} 版）。', next: '请重新加载后再修改。' },
  },
  keyReused: {
    code: 'idempotency.key_reused',
    status: 422,
    en: {
      title: 'This Idempotency-Key was used for another request.',
      next: 'Use a new key for a new request.',
    },
    zh: { title: '该 Idempotency-Key 已用于另一个请求。', next: '新的请求请使用新的键。' },
  },
  keyWithStream: {
    code: 'idempotency.not_for_streams',
    status: 400,
    en: {
      title: 'A streamed body takes no Idempotency-Key.',
      next: 'Leave the header out; sending the same stream again changes nothing that is there already.',
    },
    zh: {
      title: '流式内容不能使用 Idempotency-Key。',
      next: '请去掉该请求头；重复发送同一内容不会改变已有的数据。',
    },
  },
  cutOff: {
    code: 'request.cut_off',
    status: 400,
    en: {
      title: 'The connection ended before the body did.',
      next: 'Send it again; what was taken in already is found and not doubled.',
    },
    zh: { title: '内容尚未传完，连接已中断。', next: '请重新发送；已接收的部分会被识别，不会重复。' },
  },
  cursorInvalid: {
    code: 'page.cursor_invalid',
    status: 400,
    en: { title: 'The cursor does not belong to this list.', next: 'Start again without a cursor.' },
    zh: { title: '该游标不属于此列表。', next: '请不带游标重新开始。' },
  },
  tooMany: {
    code: 'request.too_many',
    status: 429,
    en: { title: 'Too many requests.', next: 'Wait {seconds} seconds and try again.' },
    zh: { title: '请求过多。', next: '请等待 {seconds} 秒后再试。' },
  },
  collided: {
    code: 'request.collided',
    status: 503,
    en: {
      title: 'This change met another one at the same moment; nothing was changed.',
      next: 'Send it again.',
    },
    zh: { title: '此更改与另一项更改同时发生冲突；未做任何更改。', next: '请重新发送。' },
  },
  outcomeUnknown: {
    code: 'database.outcome_unknown',
    status: 503,
    en: {
      title: 'The database was lost at the very moment of saving: the change was made, or it was not.',
      next: 'Look at it again before you repeat it; with the same Idempotency-Key a repetition is safe.',
    },
    zh: {
      title: '数据库在保存的瞬间断开：更改可能已完成，也可能未完成。',
      next: '重复操作前请先重新查看；使用相同的 Idempotency-Key 重复是安全的。',
    },
  },
  databaseAway: {
    code: 'database.unavailable',
    status: 503,
    en: {
      title: 'The database cannot be reached at the moment; nothing was changed.',
      next: 'Try again in a few seconds.',
    },
    zh: { title: '数据库暂时无法访问；未做任何更改。', next: '请几秒后重试。' },
  },
  diskFull: {
    code: 'database.no_space',
    status: 503,
    en: {
      title: 'The disk of the database is full; nothing was changed.',
      next: 'Free disk space on the machine, then repeat the request.',
    },
    zh: { title: '数据库磁盘已满；未做任何更改。', next: '请清理机器磁盘空间后重试。' },
  },
})
