import type { TaskTemplate } from '../tasks/index.ts'

/** What a person is asked to do where a step of a handover could not be done otherwise. */
export const handedTask: TaskTemplate = {
  name: 'handover_item',
  title: { en: 'Handover: {thing}', zh: '交接：{thing}' },
  why: {
    en: 'It passes on with everything else the leaver holds, and needs a person to do it.',
    zh: '该项目随离职人员名下其他事项一并交接，需要由人办理。',
  },
  steps: [{ linesOf: 'instructions' }],
  evidence: {
    en: 'A note that says what was done, or a screenshot.',
    zh: '说明办理情况的备注，或截图。',
  },
}
