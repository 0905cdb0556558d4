import { defineRefusals } from '../../kernel/refusal.ts'

/** What a handover as a whole may be refused for. */
export const handoverRefusal = defineRefusals({
  notNow: {
    code: 'handover.not_now',
    status: 409,
    en: {
      title: 'A handover that is {state} cannot do this.',
      next: 'Change, submit or run it before it starts; pause or undo it while it runs; `actions` lists what it can do now.',
    },
    zh: {
      title: '处于 {state} 状态的交接不能这样操作。',
      next: '开始前可修改、提交或执行；执行中可暂停或撤销；actions 列出当前可做的操作。',
    },
  },
  leaverLeft: {
    code: 'handover.leaver_left',
    status: 409,
    en: {
      title: '{name} has left and holds nothing any more.',
      next: 'There is nothing to hand over; look at the earlier handovers of this member.',
    },
    zh: { title: '{name} 已离职，名下已无任何项目。', next: '无需交接；可查看该成员以往的交接。' },
  },
  sameMember: {
    code: 'handover.same_member',
    status: 422,
    en: {
      title: 'Nobody can hand over to themselves.',
      next: 'Choose another member as the successor or the fallback.',
    },
    zh: { title: '不能交接给本人。', next: '请选择其他成员作为接收人或备选接收人。' },
  },
  endNeeded: {
    code: 'handover.end_needed',
    status: 422,
    en: {
      title: 'A loan needs the time at which everything comes back.',
      next: 'Send `endsAt`, or choose the kind `move` or `leave`.',
    },
    zh: { title: '借用需要归还时间。', next: '请填写 endsAt，或将类型改为 move 或 leave。' },
  },
  endOfLoansOnly: {
    code: 'handover.end_of_loans_only',
    status: 422,
    en: {
      title: 'Only a loan comes back by itself.',
      next: 'Leave `endsAt` out, or choose the kind `loan`.',
    },
    zh: { title: '只有借用会自动归还。', next: '请去掉 endsAt，或将类型改为 loan。' },
  },
  endBeforeStart: {
    code: 'handover.end_before_start',
    status: 422,
    en: {
      title: 'The loan would end at {endsAt}, before it begins.',
      next: 'Choose an end after {effectiveAt} that is still to come.',
    },
    zh: {
      title: '借用将于 {endsAt} 结束，早于开始时间。',
      next: '请选择晚于 {effectiveAt} 且尚未到来的结束时间。',
    },
  },
  wayNotPossible: {
    code: 'handover.way_not_possible',
    status: 422,
    en: {
      title: 'What is of kind {kind} cannot go the way {way} in this handover.',
      next: 'Choose one of: {ways}.',
    },
    zh: { title: '{kind} 类项目在此次交接中不能选择 {way}。', next: '请改选：{ways}。' },
  },
  notHeld: {
    code: 'handover.not_held',
    status: 422,
    en: {
      title: '{count} of the choices are about something that this member does not hold.',
      next: 'Leave out the choices listed in `choices`, or look at the plan again.',
    },
    zh: {
      title: '有 {count} 项选择所涉项目不在该成员名下。',
      next: '请去掉 choices 中所列项目，或重新查看计划。',
    },
  },
  planChanged: {
    code: 'handover.plan_changed',
    status: 409,
    en: {
      title: 'The plan is not the same any more: {added} added, {removed} gone, {changed} changed.',
      next: 'Look at `difference`, write the plan down again, and go on with its new `planHash`.',
    },
    zh: {
      title: '计划已发生变化：新增 {added} 项，减少 {removed} 项，变更 {changed} 项。',
      next: '请查看 difference，重新写定计划，并使用新的 planHash 继续。',
    },
  },
  blocked: {
    code: 'handover.blocked',
    status: 409,
    en: {
      title: 'Not all of this plan can be done as it stands: {count} cannot.',
      next: 'Take the ways out that the plan names, or run the rest with `despiteBlockers`: what is blocked then waits for you.',
    },
    zh: {
      title: '此计划中有 {count} 项目前无法执行。',
      next: '请按计划中列出的办法处理，或使用 despiteBlockers 先执行其余项目：受阻的项目将等待您处理。',
    },
  },
  needsApproval: {
    code: 'handover.needs_approval',
    status: 409,
    en: {
      title: 'In this company a second person approves every handover.',
      next: 'Submit it, then ask another Owner or Admin to approve exactly this plan.',
    },
    zh: { title: '本公司的每项交接均须由第二人批准。', next: '请提交，并请另一位所有者或管理员批准该计划。' },
  },
  nobodyElse: {
    code: 'handover.nobody_else',
    status: 409,
    en: {
      title: 'You and every other Owner and Admin had a part in this plan, so it waits for 24 hours.',
      next: 'Approve it from {from} on, or make someone else an Admin who can approve it now.',
    },
    zh: {
      title: '您与其他所有者、管理员均参与了此计划的制定或提交，因此须等待 24 小时。',
      next: '请于 {from} 之后批准，或另行任命一位管理员立即批准。',
    },
  },
  overLeavers: {
    code: 'handover.over_leavers',
    status: 409,
    en: {
      title:
        'With this one you hand over {leavers} leavers within 24 hours; more than {limit} need a second person.',
      next: 'Submit it, then ask another Owner or Admin to approve exactly this plan.',
    },
    zh: {
      title: '加上此项，您在 24 小时内共办理 {leavers} 名离职人员的交接；超过 {limit} 名须由第二人批准。',
      next: '请提交，并请另一位所有者或管理员批准该计划。',
    },
  },
  overMoves: {
    code: 'handover.over_moves',
    status: 409,
    en: {
      title: 'This plan moves {moves} numbers; you may move {left} more alone within 24 hours.',
      next: 'Submit it, then ask another Owner or Admin to approve exactly this plan.',
    },
    zh: {
      title: '此计划将移动 {moves} 个号码；您在 24 小时内还可独自移动 {left} 个。',
      next: '请提交，并请另一位所有者或管理员批准该计划。',
    },
  },
  needsAcceptance: {
    code: 'handover.needs_acceptance',
    status: 409,
    en: {
      title: 'Not every successor has accepted yet: {names}.',
      next: 'Submit the handover so that they are asked, remind them, or choose another successor.',
    },
    zh: {
      title: '尚有接收人未确认接收：{names}。',
      next: '请提交交接以征询其意见、提醒对方，或更换接收人。',
    },
  },
  leaverTwice: {
    code: 'handover.leaver_twice',
    status: 422,
    en: { title: 'This member is in the list twice.', next: 'Keep one of the two lines.' },
    zh: { title: '该成员在列表中出现了两次。', next: '请保留其中一行。' },
  },
  undoOver: {
    code: 'handover.undo_over',
    status: 409,
    en: {
      title: 'This handover could be undone until {until}.',
      next: 'Make a new handover for what has to go back.',
    },
    zh: { title: '此交接的撤销期限已于 {until} 届满。', next: '需要退回的项目请新建交接办理。' },
  },
  nothingToUndo: {
    code: 'handover.nothing_to_undo',
    status: 409,
    en: {
      title: 'Nothing of this handover has been done that could be taken back.',
      next: 'There is nothing to undo; look at its items.',
    },
    zh: { title: '此交接没有可撤销的内容。', next: '无需撤销；请查看各项目的状态。' },
  },
  itemNotNow: {
    code: 'handover.item_not_now',
    status: 409,
    en: {
      title: 'An item that is {state} cannot do this.',
      next: 'Retry, skip or hand over to a person what has failed or waits; what is observed is done.',
    },
    zh: {
      title: '处于 {state} 状态的项目不能这样操作。',
      next: '失败或等待中的项目可重试、跳过或交由人工办理；已核实的项目无需再处理。',
    },
  },
  referenceEnded: {
    code: 'handover.reference_ended',
    status: 409,
    en: {
      title: 'What this item waited for was rejected, withdrawn or cancelled.',
      next: 'Try it again, skip it with a reason, or hand it to a person; a number that was parked for it is assigned by hand.',
    },
    zh: {
      title: '该项目所等待的事项已被驳回、撤回或取消。',
      next: '可重试、说明理由跳过，或交由人工办理；因此已停放的号码请手动分配。',
    },
  },
  notSeen: {
    code: 'handover.not_seen',
    status: 409,
    en: {
      title: 'It was done, but looking again its effect is not there.',
      next: 'Look who has it now; then try again, skip it with a reason, or hand it to a person.',
    },
    zh: {
      title: '已执行，但核实时未见其结果。',
      next: '请先查看现由谁持有，再重试、说明理由跳过，或交由人工办理。',
    },
  },
  stepFailed: {
    code: 'handover.step_failed',
    status: 409,
    en: {
      title: 'Baton met an error of its own at this item, again and again.',
      next: 'Try it again, skip it with a reason, or hand it to a person; the log of the server says what went wrong.',
    },
    zh: {
      title: 'Baton 处理此项目时多次发生内部错误。',
      next: '可重试、说明理由跳过，或交由人工办理；错误原因见服务器日志。',
    },
  },
  stillHeld: {
    code: 'handover.still_held',
    status: 409,
    en: {
      title: 'The leaver still holds something ({count} in all), so they cannot have left.',
      next: 'Pass the rest on in another handover and try again, or skip this: the leaver then stays suspended.',
    },
    zh: {
      title: '离职人员名下仍有 {count} 项，因此不能标记为已离职。',
      next: '请通过另一项交接转交其余项目后重试，或跳过：该成员将保持停用状态。',
    },
  },
  receiptNotReady: {
    code: 'handover.receipt_not_ready',
    status: 409,
    en: {
      title: 'There is no receipt yet.',
      next: 'It is made a few seconds after the handover has finished; then ask again.',
    },
    zh: { title: '交接凭证尚未生成。', next: '交接完成后数秒内会生成，请稍后再试。' },
  },
})

/** What a plan says of an item of its own accord, beside what the item's own kind says: blockers and warnings (HAN-2). */
export const planRemark = defineRefusals({
  successorDeclined: {
    code: 'handover.successor_declined',
    status: 409,
    en: {
      title: '{name} has declined to take this over.',
      next: 'Ask {name} to accept after all, or choose another successor: once it runs, skip this and make another handover for it.',
    },
    zh: {
      title: '{name} 已拒绝接收。',
      next: '请 {name} 重新确认，或选择其他接收人：执行开始后，请跳过此项并为其另建交接。',
    },
  },
  awaitsAcceptance: {
    code: 'handover.awaits_acceptance',
    status: 409,
    en: {
      title: '{name} has not accepted this yet.',
      next: 'Submit the handover so that {name} is asked, or choose another successor.',
    },
    zh: { title: '{name} 尚未确认接收。', next: '请提交交接以征询 {name} 的意见，或选择其他接收人。' },
  },
  tookFallback: {
    code: 'handover.took_fallback',
    status: 409,
    en: {
      title: '{name} cannot take this, so it goes to the fallback.',
      next: 'Choose someone for it yourself where that is not right.',
    },
    zh: { title: '{name} 无法接收，因此改由备选接收人接收。', next: '如不合适，请自行为其选择接收人。' },
  },
  alsoIn: {
    code: 'handover.also_in',
    status: 409,
    en: {
      title: 'Another handover that is under way hands this over, too.',
      next: 'Whichever comes first does it; the other one then shows the difference. Cancel the one that is not needed.',
    },
    zh: {
      title: '另一项进行中的交接也包含该项目。',
      next: '先执行者生效，另一项会显示差异；请取消不需要的一项。',
    },
  },
})

/** What an undo says of what does not come back (HAN-7). */
export const lossRemark = defineRefusals({
  ofKind: {
    code: 'handover.not_brought_back',
    status: 409,
    en: {
      title: 'This was ended for good and cannot be brought back.',
      next: 'Make a new one where it is needed.',
    },
    zh: { title: '该项目已永久终止，无法恢复。', next: '如有需要请新建。' },
  },
})
