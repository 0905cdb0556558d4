/** A sentence pair as people read it: what is wrong, and what to do next. `{name}` is filled from the refusal's values. */
export interface RefusalWords {
  readonly title: string
  readonly next: string
}

/** One documented "no": a stable code, its HTTP status, and its words in both languages. */
export interface RefusalRule {
  readonly code: string
  readonly status: 400 | 401 | 403 | 404 | 409 | 410 | 412 | 413 | 415 | 416 | 422 | 428 | 429 | 503
  readonly en: RefusalWords
  readonly zh: RefusalWords
}

export type RefusalValues = Readonly<Record<string, string | number>>

/** Declares the refusals of one noun; the keys are for code, the codes (`noun.reason`) for callers. */
export function defineRefusals<const Rules extends Record<string, RefusalRule>>(rules: Rules): Rules {
  return rules
}

/**
 * An expected "no" (ALL-3): says what is wrong in the user's words and what to do next.
 * Anything else that is thrown is a bug and is shown as "our side".
 */
export class Refusal extends Error {
  readonly rule: RefusalRule
  readonly values: RefusalValues
  /** Machine-readable particulars for the caller, e.g. the list of what a member still holds. */
  readonly data: Readonly<Record<string, unknown>>

  constructor(rule: RefusalRule, values: RefusalValues = {}, data: Readonly<Record<string, unknown>> = {}) {
    super(`${rule.code}: ${fill(rule.en.title, values)}`)
    this.name = 'Refusal'
    this.rule = rule
    this.values = values
    this.data = data
  }

  get code(): string {
    return this.rule.code
  }

  /** The refusal in the reader's language, with the values filled in. */
  inWords(language: 'en' | 'zh'): RefusalWords {
    const words = this.rule[language]
    return { title: fill(words.title, this.values), next: fill(words.next, this.values) }
  }
}

function fill(template: string, values: RefusalValues): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))
}
