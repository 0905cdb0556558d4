import type { Command } from 'commander'
import { outputOf, type Place, withExamples } from '../command.ts'
import { exitCode } from '../failure.ts'

const marks = { ok: 'ok  ', warn: 'warn', fail: 'FAIL' } as const

/** `baton doctor`: looks at what Baton needs, without changing anything. */
export function addDoctorCommand({ program, end }: Place): void {
  const doctor = program
    .command('doctor')
    .description('Check settings, data folder, database, disk, clock, TLS, port, checkpoints and messages')
    .action(async (_options: unknown, command: Command) => {
      const { examine } = await import('../doctor/examine.ts')
      const findings = await examine()
      const words = findings.map(({ check, status, says, next }) => {
        const advice = next === undefined ? '' : `\n        → ${next}`
        return `${marks[status]}  ${check}: ${says}${advice}`
      })
      outputOf(command).result(findings, words.join('\n'))
      end(findings.some((finding) => finding.status === 'fail') ? exitCode.failed : exitCode.done)
    })
  withExamples(doctor, ['npx baton doctor', 'npx baton doctor --json'])
}
