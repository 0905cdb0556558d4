import { auditContract } from '../../features/audit/contract.ts'
import { type Place, throughApi, withExamples } from '../command.ts'
import { exitCode } from '../failure.ts'
import type { ResponseOf } from '../session.ts'
import { counted, facts, moment } from '../show.ts'

type Report = ResponseOf<typeof auditContract.verifyAudit>

/** `baton audit`. */
export function addAuditCommands(place: Place): void {
  const group = place.program.command('audit').description('The ledger of decisions')
  withExamples(group, [
    'npx baton audit verify',
    'npx baton audit verify --json && echo "nothing was changed"',
    'npx baton audit rotate-key',
  ])
  group
    .command('verify')
    .description(
      'Check the whole ledger against its signed checkpoints; exit code 1 when anything was changed',
    )
    .action(
      throughApi(place, async ({ output, session }) => {
        const { body: report } = await session.ask(auditContract.verifyAudit)
        output.result(report, wordsOf(report))
        return report.ok ? exitCode.done : exitCode.failed
      }),
    )
  group
    .command('rotate-key')
    .description(
      'On the machine itself: sign with a new key from now on; what the old one signed stays verifiable',
    )
    .action(
      throughApi(place, async ({ output, session }) => {
        const { body } = await session.ask(auditContract.rotateSigningKey)
        output.result(body, `The ledgers are signed with ${body.keyName} from now on.`)
        return exitCode.done
      }),
    )
}

function wordsOf(report: Report): string {
  const { findings, findingsOmitted } = report
  const head = report.ok
    ? `The ledger is whole: ${counted(report.entries, 'entry', 'entries')}, ${report.provenSize} of them under a signature.`
    : `The ledger was changed: ${counted(findings.length + findingsOmitted, 'finding')}.`
  const found = findings.map((finding) => `  ${finding.kind}: ${finding.says}`)
  const more = findingsOmitted > 0 ? [`  … and ${findingsOmitted} more`] : []
  const about = facts([
    ['Not sealed yet', report.unsealed],
    [
      'Last checkpoint',
      report.inside === null
        ? 'none'
        : `${counted(report.inside.size, 'entry', 'entries')}, ${moment(report.inside.at)}`,
    ],
    [
      'Kept outside',
      report.outside === null
        ? 'none'
        : `${counted(report.outside.size, 'entry', 'entries')}, ${moment(report.outside.at)}`,
    ],
    ['Root', report.root],
  ])
  return [head, ...found, ...more, about].join('\n')
}
