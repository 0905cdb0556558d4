// `npm run check [word]`: everything a machine can say about the house, the fastest first; stops at the first violation.
import { lockFileFaults } from './checks/lock-file.ts'
import { roomFaults } from './checks/rooms.ts'
import { filesBelow, program, root, runQuietly } from './run.ts'

interface Check {
  readonly name: string
  /** What to do about a violation. */
  readonly fix: string
  /** What is wrong, as text; empty when nothing is. */
  run(word: string | undefined): Promise<string>
}

const checks: readonly Check[] = [
  {
    name: 'lock file',
    fix: 'Install with `npm install --save-exact`, and commit package-lock.json as npm wrote it.',
    run: async () => lockFileFaults(root),
  },
  {
    name: 'format and lint',
    fix: '`npx biome check --write <file>` repairs what can be repaired. A suppression carries its reason.',
    run: (word) =>
      output('biome', [
        'ci',
        '--error-on-warnings',
        '--colors=off',
        '--max-diagnostics=10',
        ...filesOf(word),
      ]),
  },
  {
    name: 'SQL changes',
    fix: 'See https://squawkhq.com/docs/rules for the safe way; `-- squawk-ignore <rule>` needs a reason beside it.',
    run: () => output('squawk', ['--config', '.squawk.toml', ...sqlChanges()]),
  },
  {
    name: 'rooms',
    fix: 'The rule says what the room may know; see docs/decisions/0001 and `.dependency-cruiser.mjs`.',
    run: (word) => roomFaults(root, word),
  },
  {
    name: 'secrets',
    fix: 'Take the secret out, and change it where it is valid: what was written once counts as known.',
    run: () => output('secretlint', ['--no-color', '--secretlintignore', '.gitignore', '**/*']),
  },
  {
    name: 'types',
    fix: 'No `any` and no `as`: give the value the type it has.',
    run: () => output('tsc', ['-p', '.', '--pretty', 'false']),
  },
  {
    name: 'console types',
    fix: 'The types of the console come from src/contract.ts; what changed there shows here.',
    run: async () =>
      (await output('tsc', ['-p', 'console', '--pretty', 'false'])) ||
      output('tsc', ['-p', 'test/e2e', '--pretty', 'false']),
  },
  {
    name: 'nothing unused',
    fix: 'Delete what nobody uses: files, exports, packages.',
    run: () => output('knip', ['--no-progress']),
  },
  {
    name: 'house tests',
    fix: 'Each failure says why the rule is there and how to follow it.',
    run: () => output('vitest', ['run', 'test/house', '--reporter=dot']),
  },
  {
    name: 'generated files',
    fix: 'Run `npm run generate` and commit what it wrote.',
    // Only now: it loads the whole app, and what is broken there has been said more plainly by then.
    run: async () => (await import('./generate.ts')).driftFaults(),
  },
]

async function output(name: string, args: readonly string[]): Promise<string> {
  const result = await runQuietly(program(name), args)
  return result.code === 0 ? '' : result.output || `${name} ended with ${result.code}`
}

// Biome takes files, not words; without a word it looks at everything.
function filesOf(word: string | undefined): string[] {
  if (!word) return []
  return ['src', 'console', 'test', 'tools', 'bench']
    .flatMap((folder) => filesBelow(root, folder))
    .filter((file) => file.includes(word))
}

function sqlChanges(): string[] {
  return filesBelow(root, 'db/changes').filter((name) => name.endsWith('.sql'))
}

async function main(word: string | undefined): Promise<number> {
  const begun = performance.now()
  for (const check of checks) {
    process.stdout.write(`${check.name.padEnd(18)}`)
    const start = performance.now()
    const faults = await check.run(word)
    process.stdout.write(`${faults ? 'FAILED' : 'ok'}  ${seconds(start)}\n`)
    if (faults) {
      console.error(`\n${faults.trimEnd()}\n\n${check.name}: ${check.fix}`)
      return 1
    }
  }
  console.log(
    `All ${checks.length} checks hold${word ? ` (narrowed to "${word}" where a check can be)` : ''}, ${seconds(begun)}`,
  )
  return 0
}

function seconds(since: number): string {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`
}

process.exitCode = await main(process.argv[2])
