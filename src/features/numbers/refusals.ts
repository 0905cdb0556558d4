import { defineRefusals } from '../../kernel/refusal.ts'

/** Every "no" about a number and its moves (ALL-3). */
export const numberRefusal = defineRefusals({
  invalid: {
    code: 'number.invalid',
    status: 422,
    en: {
      title: '"{given}" is not a phone number.',
      next: 'Write it with its country, like +86 138 0013 8000, or give `country`.',
    },
    zh: { title: '“{given}”不是电话号码。', next: '请写上国家代码，如 +86 138 0013 8000，或提供 country。' },
  },
  alreadyOwned: {
    code: 'number.already_owned',
    status: 409,
    en: { title: 'Your company has {e164} already.', next: 'Open it instead of adding it again.' },
    zh: { title: '贵公司已有号码 {e164}。', next: '请直接打开该号码，无需重复添加。' },
  },
  notAvailable: {
    code: 'number.not_available',
    status: 409,
    en: {
      title: '{e164} is not available on this installation.',
      next: 'If the number is yours, send the operator of the installation your contract for it.',
    },
    zh: { title: '{e164} 在此系统中不可用。', next: '若该号码属于贵公司，请向系统运营方提交号码合同。' },
  },
  released: {
    code: 'number.released',
    status: 409,
    en: {
      title: '{e164} was released; the company no longer owns it.',
      next: 'Add it again if the company owns it anew.',
    },
    zh: { title: '{e164} 已释放，公司不再拥有。', next: '若公司重新取得该号码，请重新添加。' },
  },
  isHeld: {
    code: 'number.held',
    status: 409,
    en: { title: '{e164} is held by someone.', next: 'Reassign it to pass it on, or park it first.' },
    zh: { title: '{e164} 已有持有人。', next: '请改用“转派”，或先收回停放。' },
  },
  isParked: {
    code: 'number.parked',
    status: 409,
    en: { title: '{e164} is parked: nobody holds it.', next: 'Assign it to someone.' },
    zh: { title: '{e164} 处于停放状态，无人持有。', next: '请直接分配给成员。' },
  },
  alreadyTheirs: {
    code: 'number.already_theirs',
    status: 409,
    en: { title: '{member} holds {e164} already.', next: 'Choose another recipient.' },
    zh: { title: '{member} 已持有 {e164}。', next: '请选择其他接收人。' },
  },
  holderChanged: {
    code: 'number.holder_changed',
    status: 409,
    en: {
      title: 'The holder of {e164} is not the one you expected: someone moved it in the meantime.',
      next: 'Load the number again and decide anew.',
    },
    zh: { title: '{e164} 的持有人与您预期不符：期间有人移动过。', next: '请重新加载该号码后再决定。' },
  },
  coolingDown: {
    code: 'number.cooling_down',
    status: 409,
    en: {
      title: '{e164} was assigned recently and can move from {availableAt}.',
      next: 'Send `"when": "earliest"` to move it then by itself, or wait. An Owner may override with a reason.',
    },
    zh: {
      title: '{e164} 刚分配不久，{availableAt} 起可以移动。',
      next: '可传 "when": "earliest" 到时自动移动，或等待。所有者可说明原因后跳过等待。',
    },
  },
  overrideOwnerOnly: {
    code: 'number.override_owner_only',
    status: 403,
    en: {
      title: 'Only an Owner may override the cool-down.',
      next: 'Ask an Owner, or send `"when": "earliest"`.',
    },
    zh: { title: '只有所有者可以跳过冷却时间。', next: '请联系所有者，或传 "when": "earliest"。' },
  },
  alreadyScheduled: {
    code: 'number.already_scheduled',
    status: 409,
    en: {
      title: '{e164} has a move waiting already ({waitsFor}, {dueAt}).',
      next: 'Cancel the waiting move {moveId} first.',
    },
    zh: { title: '{e164} 已有等待中的移动（{waitsFor}，{dueAt}）。', next: '请先取消移动 {moveId}。' },
  },
  onLoan: {
    code: 'number.on_loan',
    status: 409,
    en: {
      title: '{e164} is on loan until {returnAt}.',
      next: 'Reassign it to its lender to end the loan, or cancel its return first.',
    },
    zh: {
      title: '{e164} 正在借用中，至 {returnAt}。',
      next: '请转派回出借人以结束借用，或先取消其归还。',
    },
  },
  onHold: {
    code: 'number.on_hold',
    status: 409,
    en: {
      title: '{e164} is under a legal hold.',
      next: 'Two people must lift the hold first; keep or hide the history instead.',
    },
    zh: { title: '{e164} 处于法律保全状态。', next: '须先由两人解除保全；也可选择保留或隐藏历史。' },
  },
  hasDependents: {
    code: 'number.has_dependents',
    status: 409,
    en: {
      title: 'Something is still reached or verified by {e164} ({count} in all).',
      next: 'Re-bind what `dependents` lists to another number, or close it there; then release the number.',
    },
    zh: {
      title: '仍有 {count} 项以 {e164} 登录或验证。',
      next: '请先将 dependents 中列出的项目改绑到其他号码或注销，再释放该号码。',
    },
  },
  confirmationWrong: {
    code: 'number.confirmation_wrong',
    status: 422,
    en: {
      title: 'The typed confirmation is not {e164}.',
      next: 'Type the number to be released in `confirm`. Release cannot be undone.',
    },
    zh: { title: '输入的确认内容不是 {e164}。', next: '请在 confirm 中输入要释放的号码。释放后无法撤销。' },
  },
})

export const moveRefusal = defineRefusals({
  recipientNotActive: {
    code: 'recipient.not_active',
    status: 409,
    en: {
      title: '{member} is {status}, and only active members can receive a number.',
      next: 'Choose an active member, or reactivate this one first.',
    },
    zh: {
      title: '{member} 当前状态为 {status}，只有在职成员可以接收号码。',
      next: '请选择在职成员，或先恢复该成员。',
    },
  },
  recipientAtCap: {
    code: 'recipient.at_cap',
    status: 409,
    en: {
      title: '{member} has {held} numbers, and the {tier} subscription allows {cap} per member.',
      next: 'Remove one of the numbers in `held`, or let the Owner upgrade the subscription.',
    },
    zh: {
      title: '{member} 已有 {held} 个号码，{tier} 订阅每人上限为 {cap} 个。',
      next: '请移除 heldNumbers 中的一个号码，或由所有者升级订阅。',
    },
  },
  noLicence: {
    code: 'licences.none_free',
    status: 409,
    en: {
      title: 'All {total} licences are in use.',
      next: 'Release a number, or let the Owner add licences. Baton never buys one by itself.',
    },
    zh: {
      title: '{total} 个许可已全部使用。',
      next: '请释放一个号码，或由所有者增加许可。Baton 不会自动购买。',
    },
  },
  inThePast: {
    code: 'move.in_the_past',
    status: 422,
    en: {
      title: 'The time {at} lies in the past.',
      next: 'Leave `at` out to move now, or give a later time.',
    },
    zh: { title: '时间 {at} 已经过去。', next: '如需立即移动请省略 at，或给出更晚的时间。' },
  },
  returnBeforeStart: {
    code: 'move.return_before_start',
    status: 422,
    en: {
      title: 'The return {returnAt} does not come after the start {startsAt}.',
      next: 'Give a later `returnAt`.',
    },
    zh: { title: '归还时间 {returnAt} 不晚于开始时间 {startsAt}。', next: '请给出更晚的 returnAt。' },
  },
  loanFromPark: {
    code: 'move.loan_needs_lender',
    status: 422,
    en: { title: 'A parked number has no lender to return to.', next: 'Leave `returnAt` out.' },
    zh: { title: '停放的号码没有可归还的出借人。', next: '请省略 returnAt。' },
  },
  loanKeepsHistory: {
    code: 'move.loan_cannot_delete',
    status: 422,
    en: {
      title: 'A lent number comes back, so its history cannot be deleted.',
      next: 'Use `keep` or `hide` for a loan.',
    },
    zh: { title: '借出的号码会归还，因此不能删除历史。', next: '借用时请使用 keep 或 hide。' },
  },
  unreadableTime: {
    code: 'move.time_unreadable',
    status: 422,
    en: {
      title: '"{given}" is not a time that exists in {timeZone}.',
      next: 'Write an instant with offset, or a local time like 2026-12-01T09:00 with `timeZone`.',
    },
    zh: {
      title: '“{given}”不是 {timeZone} 中存在的时间。',
      next: '请写带时区偏移的时刻，或 2026-12-01T09:00 形式的当地时间并给出 timeZone。',
    },
  },
  reasonNeeded: {
    code: 'history.reason_needed',
    status: 422,
    en: { title: 'Deleting history needs a reason.', next: 'Give `reason`; a second person will read it.' },
    zh: { title: '删除历史需要说明原因。', next: '请填写 reason，供第二人审核。' },
  },
  retained: {
    code: 'history.retained',
    status: 409,
    en: {
      title: 'The company keeps records for at least {days} days, so history cannot be deleted now.',
      next: 'Hide the history instead, or let an Owner change the retention.',
    },
    zh: {
      title: '公司规定记录至少保留 {days} 天，因此现在不能删除历史。',
      next: '请改为隐藏历史，或由所有者修改保留期限。',
    },
  },
  nothingToUndo: {
    code: 'undo.nothing',
    status: 409,
    en: {
      title: 'The latest entry of {e164} ({cause}) is not a move that can be undone.',
      next: 'Move the number instead.',
    },
    zh: { title: '{e164} 的最近记录（{cause}）不是可撤销的移动。', next: '请改为移动该号码。' },
  },
  undoOver: {
    code: 'undo.window_over',
    status: 409,
    en: { title: 'The move could be undone until {undoUntil}.', next: 'Reassign the number instead.' },
    zh: { title: '该移动只能在 {undoUntil} 之前撤销。', next: '请改为转派该号码。' },
  },
  notWaiting: {
    code: 'move.not_waiting',
    status: 409,
    en: {
      title: 'The move is {state} and no longer waits.',
      next: "Look at the number's custody for what happened.",
    },
    zh: { title: '该移动状态为 {state}，已不在等待。', next: '请查看该号码的持有记录。' },
  },
})

export const selectionRefusal = defineRefusals({
  tooMany: {
    code: 'selection.too_many',
    status: 422,
    en: {
      title: 'More than {limit} numbers fit, which is more than one selection has.',
      next: 'Narrow the filters, by department, state or country, and do the rest after that.',
    },
    zh: {
      title: '符合条件的号码超过 {limit} 个，超出一次选择的上限。',
      next: '请按部门、状态或国家缩小筛选范围，分次办理。',
    },
  },
})
