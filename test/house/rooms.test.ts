import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cruiseRooms, readRules } from '../../tools/checks/rooms.ts'
import { root } from '../../tools/run.ts'

const { forbidden, mayEnter } = await readRules(root)
const features = Object.keys(mayEnter)

/** One import that must not be: the rule it breaks, the file it stands in, what it names there. */
type Seed = readonly [rule: string, from: string, to: string]

const seeds: readonly Seed[] = [
  ['no-cycles', 'src/platform/log/one.ts', './other.ts'],
  ['no-missing-files', 'src/platform/log/lost.ts', './nowhere.ts'],
  ['only-shipped-packages', 'src/platform/log/tool.ts', 'fast-check'],
  ['no-way-back-from-src', 'src/platform/log/tried.ts', '../../../test/world.ts'],
  ['no-way-back-from-src', 'src/platform/log/tooled.ts', '../../../tools/run.ts'],
  ['no-way-back-from-src', 'src/platform/log/proven.ts', './thing.test.ts'],
  ['nothing-enters-the-roof', 'src/platform/log/roof.ts', '../../app.ts'],
  ['nothing-enters-the-roof', 'src/features/people/service.ts', '../../cli/commands/start.ts'],
  ['api-lists-contracts-only', 'src/contract.ts', './features/people/service.ts'],
  ['kernel-is-pure', 'src/kernel/impure.ts', 'node:fs'],
  ['kernel-is-pure', 'src/kernel/heavy.ts', 'pg'],
  ['kernel-is-pure', 'src/kernel/curious.ts', '../platform/clock/clock.ts'],
  ['platform-knows-no-feature', 'src/platform/jobs/knowing.ts', '../../features/people/index.ts'],
  ['http-refusals-are-nouns', 'src/platform/http/refusals.ts', './bind.ts'],
  ['feature-front-door', 'src/features/numbers/service.ts', '../people/store.ts'],
  ['models-are-nouns', 'src/features/people/model.ts', './store.ts'],
  ['models-are-nouns', 'src/features/people/states.ts', 'node:crypto'],
  ['rules-are-pure', 'src/features/people/rules.ts', 'node:crypto'],
  ['rules-are-pure', 'src/features/people/rules/may-leave.ts', '../../../platform/clock/clock.ts'],
  ['contracts-are-wire-only', 'src/features/people/contract.ts', './service.ts'],
  ['store-never-calls-up', 'src/features/people/store.ts', './service.ts'],
  ['store-never-calls-up', 'src/features/people/lists-views.ts', '../../platform/http/server.ts'],
  ['store-enters-no-sibling', 'src/features/numbers/store.ts', '../people/index.ts'],
  ['services-know-no-server', 'src/features/people/service.ts', '../../platform/http/server.ts'],
  ['services-know-no-server', 'src/features/people/service/join.ts', 'fastify'],
  ['routes-only-bind', 'src/features/people/routes.ts', './store.ts'],
  ['jobs-use-services', 'src/features/people/jobs.ts', './store.ts'],
  ['contributions-use-services', 'src/features/people/contributes.ts', './store.ts'],
  ['front-door-shows-own-files', 'src/features/numbers/index.ts', '../people/index.ts'],
  ['other-files-stay-low', 'src/features/people/present.ts', './service.ts'],
  ['providers-see-only-their-kit', 'src/providers/wecom/index.ts', '../../platform/db/tx.ts'],
  ['providers-see-only-their-kit', 'src/providers/wecom/client.ts', '../tencent/client.ts'],
  ['protocol-doors-enter-by-the-front', 'src/scim/users.ts', '../features/people/store.ts'],
  ['console-is-a-client', 'console/features/people/page.ts', '../../../src/features/people/rules.ts'],
  ['only-shipped-packages', 'console/ui/tool.ts', 'fast-check'],
  ['console-brings-no-schemas', 'console/features/people/form.tsx', '../../../src/features/people/model.ts'],
  ['console-brings-no-schemas', 'console/features/people/check.tsx', 'zod'],
  ['console-blocks-know-nothing', 'console/ui/person-badge.tsx', '../api/read.ts'],
  ['console-blocks-know-nothing', 'console/ui/place.tsx', '../paths.ts'],
  ['console-blocks-know-nothing', 'console/ui/role.tsx', '../../src/kernel/permission.ts'],
  ['console-api-shows-nothing', 'console/api/toast.ts', '../ui/toast.tsx'],
  ['console-frame-knows-no-screen', 'console/shell/shortcut.tsx', '../features/people/page.tsx'],
  ['console-shares-parts-only', 'console/features/numbers/holder.tsx', '../people/page.tsx'],
  ['nothing-enters-the-routes', 'console/features/people/go.tsx', '../../routes.tsx'],
  ...features.map((feature): Seed => {
    const allowed = new Set([feature, ...(mayEnter[feature] ?? [])])
    const above = features.find((other) => !allowed.has(other)) ?? 'unheard-of'
    return [`features-point-down-${feature}`, `src/features/${feature}/states.ts`, `../${above}/model.ts`]
  }),
]

const kept: readonly (readonly [from: string, to: string])[] = [
  ['src/kernel/fields.ts', 'zod'],
  ['src/features/people/model.ts', '../../kernel/fields.ts'],
  ['src/features/people/rules.ts', './model.ts'],
  ['src/features/people/contract.ts', './model.ts'],
  ['src/features/people/contract.ts', '../../platform/http/refusals.ts'],
  ['src/features/people/store.ts', '../../platform/db/tx.ts'],
  ['src/features/people/store.ts', './rules.ts'],
  ['src/features/people/service.ts', './store.ts'],
  ['src/features/people/service.ts', '../audit/index.ts'],
  ['src/features/people/service.ts', '../../platform/http/bind.ts'],
  ['src/features/people/routes.ts', './contract.ts'],
  ['src/features/people/routes.ts', './service.ts'],
  ['src/features/people/routes.ts', '../../platform/http/bind.ts'],
  ['src/features/people/jobs.ts', './service.ts'],
  ['src/features/people/contributes.ts', '../custody-ports/index.ts'],
  ['src/features/people/index.ts', './service.ts'],
  ['src/features/people/people.test.ts', '../numbers/store.ts'],
  ['src/features/numbers/model.ts', '../people/model.ts'],
  ['src/platform/db/tx.ts', 'pg'],
  ['src/contract.ts', './features/people/contract.ts'],
  ['src/app.ts', './features/people/routes.ts'],
  ['console/main.tsx', './routes.tsx'],
  ['console/routes.tsx', './features/people/page.tsx'],
  ['console/features/people/page.tsx', '../../../src/kernel/permission.ts'],
  ['console/features/people/page.tsx', '../../../src/features/people/states.ts'],
  ['console/features/people/page.tsx', '../../../src/features/people/model/defaults.ts'],
  ['console/features/people/page.tsx', '../../api/read.ts'],
  ['console/features/people/page.tsx', '../../paths.ts'],
  ['console/features/people/page.tsx', '../../shell/session.tsx'],
  ['console/features/people/page.tsx', '../numbers/parts/number-link.tsx'],
  ['console/shell/header.tsx', '../features/people/parts/picker.tsx'],
  ['console/api/client.ts', '../ui/preferences.ts'],
  ['console/ui/link.tsx', 'react'],
]

/** What the console may name as a type, and not run. */
const keptTypes: typeof kept = [
  ['console/api/client.ts', '../../src/contract.ts'],
  ['console/api/shape.ts', 'zod'],
  ['console/features/people/page.tsx', '../../../src/features/people/contract.ts'],
  ['console/features/people/page.tsx', '../../../src/features/people/model.ts'],
]

/** Builds a house with these imports only, and says which rules it breaks. */
async function violationsOf(
  imports: readonly (readonly [from: string, to: string])[],
  types: readonly (readonly [from: string, to: string])[] = [],
) {
  const base = path.join(root, '.cache', `rooms-${process.pid}`)
  const lines = new Map<string, string[]>()
  const add = (file: string, line: string) => lines.set(file, [...(lines.get(file) ?? []), line])
  for (const [from, to] of [...imports, ...types]) {
    add(
      from,
      types.some((one) => one[0] === from && one[1] === to)
        ? `import type {} from '${to}'`
        : `export * from '${to}'`,
    )
    if (to.startsWith('.') && !to.endsWith('nowhere.ts'))
      add(path.join(path.dirname(from), to), 'export const here = 1')
  }
  if (lines.has('src/platform/log/other.ts'))
    add('src/platform/log/other.ts', `import type {} from './one.ts'`)
  try {
    for (const [file, text] of lines) {
      mkdirSync(path.dirname(path.join(base, file)), { recursive: true })
      writeFileSync(path.join(base, file), `${text.join('\n')}\n`)
    }
    const { summary } = await cruiseRooms(root, base, ['src', 'console'])
    return summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to }))
  } finally {
    rmSync(base, { recursive: true, force: true })
  }
}

describe('the rooms', () => {
  let found: Awaited<ReturnType<typeof violationsOf>>
  beforeAll(async () => {
    found = await violationsOf(seeds.map(([, from, to]) => [from, to]))
  })

  it.each(seeds)('%s is noticed in %s', (rule, from, to) => {
    const target = to.startsWith('.') ? path.join(path.dirname(from), to) : to.replace('node:', '')
    const broken = found.filter((one) => one.rule === rule && one.from === from)
    const names = broken.some(
      (one) => one.to === to || one.to === target || one.to.includes(`node_modules/${to}/`),
    )
    expect(names, `${from} importing ${to}`).toBe(true)
  })

  it('every rule has a seeded violation here that proves it', () => {
    const proven = new Set(seeds.map(([rule]) => rule))
    expect(forbidden.map((rule) => rule.name).filter((name) => !proven.has(name))).toEqual([])
  })

  it('every rule tells its offender why', () => {
    expect(forbidden.filter((rule) => !/\w/.test(rule.comment ?? ''))).toEqual([])
  })

  it('a house that follows the table of files breaks no rule', async () => {
    expect(await violationsOf(kept, keptTypes)).toEqual([])
  })

  afterAll(() => rmSync(path.join(root, '.cache', `rooms-${process.pid}`), { recursive: true, force: true }))
})
