import type { RouteInput } from '../../../kernel/route.ts'
import { type FileContext, StreamReply } from '../../../platform/http/bind.ts'
import { type WrittenCell, workbookType, writeSpreadsheet } from '../../../platform/spreadsheets/write.ts'
import type { importsContract } from '../contract.ts'
import { textOfCell } from '../model/cell.ts'
import { unpackCells } from '../rules/packed-cells.ts'
import { pageOfRows, type ShownImport, type ShownRow } from '../views.ts'
import { presentProblem, readerOf } from './present.ts'
import { mustFind } from './read.ts'

type Input = RouteInput<(typeof importsContract)['downloadImport']>
type Language = Input['language']

const rowsOfPage = 500
const words = {
  problem: { en: 'Problem', zh: '问题' },
  row: { en: 'Row', zh: '行号' },
} as const

/**
 * The rows of a file as they are after what was repaired, with what is wrong beside each.
 * @throws Refusal `thing.not_found`
 */
export async function downloadImport(
  context: FileContext,
  { params, query, language }: Input,
): Promise<StreamReply> {
  const found = await context.open((tx) => mustFind(tx, params.importId))
  const page = (after: number) =>
    context.open((tx) =>
      pageOfRows(tx, {
        importId: found.importId,
        sheet: found.recognition.sheet,
        after,
        limit: rowsOfPage,
        withProblems: query.rows === 'problems',
      }),
    )
  const { columns } = found.recognition
  const body = writeSpreadsheet([
    {
      name: words.problem[language],
      columns: [
        ...columns.map(({ header }) => ({ header })),
        { header: words.problem[language], width: 60 },
        { header: words.row[language], width: 8 },
      ],
      rows: annotated(found, page, language),
    },
  ])
  const name = `import-${found.createdAt.slice(0, 10)}-${query.rows}.xlsx`
  const headers = { 'content-disposition': `attachment; filename="${name}"` }
  return new StreamReply({ contentType: workbookType, headers, body })
}

async function* annotated(
  found: ShownImport,
  page: (after: number) => Promise<ShownRow[]>,
  language: Language,
): AsyncGenerator<WrittenCell[]> {
  let after = found.recognition.headerRow ?? 0
  for (let rows = await page(after); rows.length > 0; rows = await page(after)) {
    for (const row of rows) yield cellsOf(found, row, language)
    after = rows.at(-1)?.row ?? after
    if (rows.length < rowsOfPage) return
  }
}

function cellsOf({ recognition, template }: ShownImport, row: ShownRow, language: Language): WrittenCell[] {
  const cells = unpackCells(row.cells)
  const problems = row.problems ?? []
  const wrong = new Set(problems.map(({ column }) => column))
  const reader = readerOf(template, language)
  const told = problems.map((problem) => presentProblem(problem, reader))
  return [
    ...recognition.columns.map(({ column, key }): WrittenCell => {
      const text = (key === null ? undefined : row.edits?.cells[key]) ?? textOfCell(cells[column])
      return key !== null && wrong.has(key) ? { problem: text } : text
    }),
    told.map(({ title, next }) => `${title} ${next}`).join('\n'),
    row.row,
  ]
}
