import { Refusal } from '../../../kernel/refusal.ts'
import type { Remark } from '../../custody-ports/index.ts'

/** A fact in the reader's words. */
export function inWords(
  { rule, values, data }: Remark,
  language: 'en' | 'zh',
): { code: string; title: string; next: string } {
  const refusal = new Refusal(rule, values, data)
  return { code: refusal.code, ...refusal.inWords(language) }
}
