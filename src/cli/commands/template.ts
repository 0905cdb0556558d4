import { handoversContract } from '../../features/handovers/contract.ts'
import { importsContract } from '../../features/imports/contract.ts'
import { type Place, throughApi, withExamples } from '../command.ts'
import { exitCode, misuse } from '../failure.ts'
import { writeOutputFile } from '../output-file.ts'

interface TemplateOptions {
  readonly output?: string
  readonly layout?: string
  readonly blank?: true
  readonly force?: true
}

// No import: nothing of it is written before a plan is made of each line.
const leavers = 'leavers'

/** `baton template`. */
export function addTemplateCommand(place: Place): void {
  const command = place.program
    .command('template')
    .description('Write the template of a spreadsheet for imports, or list what there is')
    .argument('[name]', 'Which; without one they are listed')
    .option('-o, --output <file>', 'The file to write, ending in .xlsx or .csv')
    .option('--layout <name>', 'A layout of another system, as the list names it')
    .option('--blank', 'Without the example row')
    .option('--force', 'Overwrite the file if it is there')
    .action(
      throughApi<TemplateOptions>(place, async ({ output, session, options }, name = '') => {
        const { body } = await session.ask(importsContract.listTemplates)
        if (name === '') {
          const rows = body.items.map((item) => [
            item.name,
            item.title,
            item.layouts.map((layout) => layout.name).join(', '),
          ])
          rows.push([leavers, 'Leavers, for: npx baton handover plan --leavers', ''])
          output.list({ ...body, nextCursor: null }, ['NAME', 'WHAT IT IS', 'LAYOUTS'], rows)
          return undefined
        }
        const known = [...body.items.map((item) => item.name as string), leavers]
        if (!known.includes(name))
          throw misuse(`There is no template "${name}". There are: ${known.join(', ')}.`)
        const { output: path, layout, blank = false, force = false } = options
        const format = /[.](xlsx|csv)$/i.exec(path ?? '')?.[1]?.toLowerCase()
        if (path === undefined || format === undefined)
          throw misuse('Name the file to write with -o, ending in .xlsx or .csv.')
        const query = { format, layout, blank: blank ? 'true' : undefined }
        const bytes =
          name === leavers
            ? await session.download(handoversContract.downloadLeaversForm, { query })
            : await session.download(importsContract.downloadTemplate, { params: { template: name }, query })
        await writeOutputFile({ path, force }, bytes)
        output.result({ file: path, template: name }, `The template is in ${path}.`)
        return exitCode.done
      }),
    )
  withExamples(command, ['npx baton template', 'npx baton template members -o members.xlsx'])
}
