import { defineRefusals } from '../../kernel/refusal.ts'

export const sampleRefusal = defineRefusals({
  notSample: {
    code: 'company.not_sample',
    status: 409,
    en: {
      title: 'This company is not the sample company, so it cannot be removed.',
      next: 'Name the sample company in `Baton-Company`: it is the one with `isSample`.',
    },
    zh: {
      title: '该公司不是示例公司，不能删除。',
      next: '请在 Baton-Company 中指明示例公司，即 isSample 为 true 的公司。',
    },
  },
})
