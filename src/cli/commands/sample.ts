import { sampleContract } from '../../features/sample/contract.ts'
import { type Place, throughApi, withExamples } from '../command.ts'

interface LoadOptions {
  readonly language?: string
  readonly timeZone?: string
}

/** `baton sample`: a company to look around in, and its end. */
export function addSampleCommands(place: Place): void {
  const group = place.program
    .command('sample')
    .description('A sample company to look around in: load it, remove it again')
  withExamples(group, [
    'npx baton sample load                               while there is no company yet',
    'npx baton sample load --language zh --time-zone Asia/Shanghai',
    'npx baton sample remove                             before Baton is set up for real',
  ])
  group
    .command('load')
    .description('Make the sample company, with two years of history, while there is no company')
    .option('--language <language>', 'en or zh; default en')
    .option('--time-zone <zone>', 'IANA time zone; default Asia/Shanghai')
    .action(
      throughApi<LoadOptions>(place, async ({ output, session, options }) => {
        const { language, timeZone } = options
        const { body } = await session.ask(sampleContract.loadSample, { body: { language, timeZone } })
        output.result(body, `The sample company is there: --company ${body.slug}.`)
        return undefined
      }),
    )
  group
    .command('remove')
    .description('Remove the sample company with everything in it; no other company can be removed')
    .action(
      throughApi(place, async ({ output, session }) => {
        await session.ask(sampleContract.removeSample)
        output.result({ removed: true }, 'The sample company is gone; Baton can be set up.')
        return undefined
      }),
    )
}
