import type { Instructions } from './model.ts'

/** A sentence in both languages; `{name}` is filled from a task's particulars. */
export interface Words {
  readonly en: string
  readonly zh: string
}

export interface TemplateStep {
  readonly text: Words
  /** The vendor's own way there, menu by menu. */
  readonly paths?: Words
  /** Shown only where the particulars have this. */
  readonly needs?: string
}

/** Steps in the company's own words: each line of this particular is one. */
export interface OwnSteps {
  readonly linesOf: string
}

/** How a kind of task is put in words; wired in the composition root, so that each feature brings its own. */
export interface TaskTemplate {
  readonly name: string
  readonly title: Words
  readonly why?: Words
  readonly conditions?: readonly Words[]
  readonly steps: readonly (TemplateStep | OwnSteps)[]
  readonly losses?: readonly Words[]
  /** What whoever does it must agree to. */
  readonly consent?: Words
  readonly evidence: Words
  /** Page of the vendor that the steps come from. */
  readonly source?: string
}

/** What fills a template: names, numbers and texts. */
export type TaskParticulars = Readonly<Record<string, string>>

/** A task in the company's own words, opened by hand. */
const ownWords: TaskTemplate = {
  name: 'own_words',
  title: { en: '{title}', zh: '{title}' },
  steps: [{ linesOf: 'instructions' }],
  evidence: { en: '{evidence}', zh: '{evidence}' },
}

const ownEvidence: Words = {
  en: 'A note that says what was done, or a screenshot.',
  zh: '说明办理情况的备注，或截图。',
}

let templates: ReadonlyMap<string, TaskTemplate> = new Map([[ownWords.name, ownWords]])

/** Wires the features' templates, once, in the composition root. */
export function wireTaskTemplates(all: readonly TaskTemplate[]): void {
  templates = new Map([ownWords, ...all].map((template) => [template.name, template]))
}

export function templateNamed(name: string): TaskTemplate {
  const template = templates.get(name)
  if (!template) throw new Error(`no feature brought the task template ${name}`)
  return template
}

type Language = keyof Words

/** The title of a task in the reader's language. */
export function titleOf(template: string, particulars: TaskParticulars, language: Language): string {
  return filled(templateNamed(template).title[language], particulars)
}

/** What is to be done, in the reader's language. */
export function instructionsOf(name: string, particulars: TaskParticulars, language: Language): Instructions {
  const template = templateNamed(name)
  const say = (words: Words) => filled(words[language], particulars)
  const hasOwnEvidence = name !== ownWords.name || particulars['evidence'] !== undefined
  return {
    why: template.why ? say(template.why) : null,
    conditions: (template.conditions ?? []).map(say),
    steps: template.steps.flatMap((step) => {
      if ('linesOf' in step) return ownSteps(particulars[step.linesOf] ?? '')
      if (step.needs !== undefined && particulars[step.needs] === undefined) return []
      return [{ text: say(step.text), paths: step.paths ?? null }]
    }),
    losses: (template.losses ?? []).map(say),
    consent: template.consent ? say(template.consent) : null,
    evidence: hasOwnEvidence ? say(template.evidence) : ownEvidence[language],
    source: template.source ?? null,
  }
}

const mostOwnSteps = 40

function ownSteps(text: string): Instructions['steps'] {
  const lines = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter(Boolean)
  const shown = lines.slice(0, mostOwnSteps)
  const rest = lines.slice(mostOwnSteps).join(' ')
  return [...shown, ...(rest ? [rest] : [])].map((line) => ({ text: line.slice(0, 2_000), paths: null }))
}

function filled(text: string, particulars: TaskParticulars): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => particulars[name] ?? '–')
}
