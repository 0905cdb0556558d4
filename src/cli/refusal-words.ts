import { moment } from './show.ts'

// The API's advice names members of a request; on the command line the same things are options.
const asOptions: Readonly<Record<string, { readonly en: string; readonly zh: string }>> = {
  'number.cooling_down': {
    en: 'Add --earliest to move it then by itself, or wait. An Owner may add --override-cooldown "why".',
    zh: '可加 --earliest 到时自动移动，或等待。所有者可加 --override-cooldown "原因"。',
  },
  'number.override_owner_only': {
    en: 'Ask an Owner, or use --earliest.',
    zh: '请联系所有者，或使用 --earliest。',
  },
  'batch.has_problems': {
    en: 'Correct these lines, or leave out --stop-on-problems to do the others.',
    zh: '请更正这些行，或去掉 --stop-on-problems 先办理其余各行。',
  },
  'batch.nothing_left': {
    en: 'Correct these lines: each says what to do.',
    zh: '请更正这些行，各行均附有处理办法。',
  },
  'record.reason_needed': {
    en: 'Add --reason "why"; it is kept in the ledger.',
    zh: '请加 --reason "理由"；理由会记入审计日志。',
  },
  'operation.not_now': {
    en: 'Look at its state: npx baton operations show OPERATION',
    zh: '请先查看任务状态：npx baton operations show OPERATION',
  },
}

const instants = /\b\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z/g

/** A refusal of the API as a command says it: options instead of members, times of this machine's clock. */
export function asCommandSays(problem: {
  readonly code: string
  readonly title: string
  readonly next: string
}) {
  const isChinese = /\p{Script=Han}/u.test(problem.title)
  const next = asOptions[problem.code]?.[isChinese ? 'zh' : 'en'] ?? problem.next
  return { title: inLocalTime(problem.title), next: inLocalTime(next) }
}

function inLocalTime(text: string): string {
  return text.replace(instants, (instant) => moment(instant))
}
