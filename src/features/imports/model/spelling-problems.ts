import { defineProblems } from './problem-rule.ts'

/** What may be wrong with how a staff code is spelled: case makes no other person of it. */
export const spellingProblems = defineProblems({
  staff_code_case: {
    severity: 'conflict',
    fixes: ['use_known_code', 'keep_anyway'],
    en: [
      'The staff code {value} differs from {other} only in capital letters.',
      'Say that it is the same person, or that these are two.',
      '{count} staff [code differs|codes differ] from others only in capital letters',
    ],
    zh: [
      '工号 {value} 与 {other} 仅大小写不同。',
      '请确认为同一人，或确认为两人。',
      '{count} 个工号与其他工号仅大小写不同',
    ],
  },
  member_code_case: {
    severity: 'error',
    fixes: ['use_known_code', 'set_value', 'skip_row'],
    en: [
      '{column} says {value}, but the staff code is {other}.',
      'Write it as it is.',
      '{count} staff [code|codes] in {column} [is|are] written in other capital letters',
    ],
    zh: [
      '{column}填写的是 {value}，而工号为 {other}。',
      '请改为已有的写法。',
      '{column}中有 {count} 个工号的大小写与已有工号不同',
    ],
  },
})
