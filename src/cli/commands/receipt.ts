import { readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Command } from 'commander'
import { handoversContract } from '../../features/handovers/contract.ts'
import { verifyReceipt } from '../../features/handovers/receipt/verify.ts'
import { readSettings } from '../../platform/config/settings.ts'
import { outputOf, type Place, throughApi, withExamples } from '../command.ts'
import { exitCode, Failure, misuse } from '../failure.ts'
import { writeOutputFile } from '../output-file.ts'
import { reportWords } from '../receipts/report-words.ts'
import { keyInWords, ownKeys, trustedKeys } from '../receipts/trusted-keys.ts'
import type { Session } from '../session.ts'

/** `baton receipt`. */
export function addReceiptCommands(place: Place): void {
  const group = place.program
    .command('receipt')
    .description('Receipts of handovers: download and verify them')
  withExamples(group, [
    'npx baton receipt get HANDOVER --output receipt.json',
    'npx baton receipt get HANDOVER --output form.pdf --language both',
    'npx baton receipt key > baton-keys.txt               on the machine that runs Baton',
    'npx baton receipt verify receipt.json --key baton-keys.txt',
  ])
  addGet(place, group)
  addVerify(place, group)
  addKey(place, group)
}

interface GetOptions {
  readonly output: string
  readonly language?: string
  readonly force?: true
}

function addGet(place: Place, group: Command): void {
  group
    .command('get <handover>')
    .description(
      'Write the receipt of a finished handover to a file: .json to be verified, .pdf to be signed',
    )
    .requiredOption('-o, --output <file>', 'The file to write; its ending, .json or .pdf, says which form')
    .option('--language <language>', 'Of the printed form: both, en or zh; default both')
    .option('--force', 'Overwrite the file if it is there')
    .action(
      throughApi<GetOptions>(place, async ({ output, session, options }, handoverId = '') => {
        const { output: file, force = false, language } = options
        const format = /\.(json|pdf)$/i.exec(file)?.[1]?.toLowerCase()
        if (format === undefined) throw misuse('The file has to end in .json or .pdf.')
        const bytes = await whenReady(session, { handoverId, query: { format, language } })
        await writeOutputFile({ path: file, force }, bytes)
        output.result({ handoverId, file }, `Written: ${file}`)
        return undefined
      }),
    )
}

interface AskedReceipt {
  readonly handoverId: string
  readonly query: { readonly format: string; readonly language: string | undefined }
}

const signsWithinMs = 15_000

// A receipt is signed within seconds of the finish, once the ledger has sealed the last decision.
async function whenReady(
  session: Session,
  { handoverId, query }: AskedReceipt,
): Promise<AsyncIterable<Buffer>> {
  const params = { handoverId }
  for (const begun = performance.now(); ; await sleep(300)) {
    try {
      return await session.download(handoversContract.getReceipt, { params, query })
    } catch (error) {
      const isEarly = error instanceof Failure && error.problem['code'] === 'handover.receipt_not_ready'
      if (!isEarly || performance.now() - begun > signsWithinMs) throw error
      const { body } = await session.ask(handoversContract.getHandover, { params })
      if (body.finishedAt === null) throw error
    }
  }
}

interface VerifyOptions {
  readonly key?: string
}

const largestBytes = 512 * 1024 * 1024

function addVerify(place: Place, group: Command): void {
  group
    .command('verify <file>')
    .description(
      'Check a receipt without Baton: signature, names, ledger; exit code 1 when anything was changed',
    )
    .option(
      '--key <file>',
      'Keys to believe, as `baton receipt key` writes them; default: those of the data folder',
    )
    .action(async (file: string, options: VerifyOptions, command: Command) => {
      const output = outputOf(command)
      const bytes = await readFile(file).catch((error: Error) => {
        throw misuse(`The receipt cannot be read: ${error.message}.`)
      })
      if (bytes.length > largestBytes) throw new Failure({ title: `${file} is too large for a receipt.` })
      const keys = await trustedKeys(options.key, readSettings(process.env).dataDirectory)
      const { file: read, ...report } = verifyReceipt(bytes.toString('utf8'), keys)
      output.result(report, reportWords({ ...report, file: read }))
      place.end(report.ok ? exitCode.done : exitCode.failed)
    })
}

function addKey(place: Place, group: Command): void {
  group
    .command('key')
    .description('Print the public keys of this installation, for those who verify its receipts elsewhere')
    .action(async (_options: object, command: Command) => {
      const output = outputOf(command)
      const keys = await ownKeys(readSettings(process.env).dataDirectory)
      if (keys.length === 0) {
        throw new Failure({
          title: 'There is no key in the data folder of this machine.',
          next: 'Run this where Baton runs, with the same BATON_DATA; the first key is made when Baton first starts.',
          problem: { code: 'receipt.no_key' },
        })
      }
      const list = keys.map((key) => ({
        keyName: key.keyName,
        publicKey: key.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
        retiredAt: key.validUntil ?? null,
      }))
      output.result({ keys: list }, keys.map(keyInWords).join('\n\n'))
      place.end(exitCode.done)
    })
}
