import { Refusal } from '../../../kernel/refusal.ts'
import type { RouteInput } from '../../../kernel/route.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import type { ReceivedFile, ReceivedFiles } from '../../../platform/files/received-files.ts'
import type { OwnContext } from '../../../platform/http/bind.ts'
import { readSpreadsheet } from '../../../platform/spreadsheets/read.ts'
import { record } from '../../audit/index.ts'
import type { importsContract } from '../contract.ts'
import { companyAround } from '../known-views.ts'
import type { RawSheet } from '../model/cell.ts'
import { defaultOptions } from '../model/options.ts'
import type { FileReport, ImportDetail, Sheet } from '../model.ts'
import { fileRefusal, importRefusal } from '../refusals.ts'
import { isCustodyExport } from '../rules/custody-export.ts'
import { recognise, rowsLookedAt } from '../rules/recognise.ts'
import { emptyForecast, insertImport, insertRows, saveBody } from '../store.ts'
import { rememberedMappings } from '../views.ts'
import { checkImport } from './check.ts'
import { readImport } from './read.ts'
import { asRefusal, boundedBytes, reportOf } from './receive.ts'

type Route = (typeof importsContract)['createImport']

export interface ImportParts {
  readonly receivedFiles: ReceivedFiles
}

const longestName = 200

/**
 * Takes a file in: its rows are kept, recognised and checked, and nothing else is written. The file itself goes.
 * @throws Refusal `import.no_file`, why the file cannot be read, `import.custody_export`, `request.cut_off`
 */
export async function createImport(
  { receivedFiles }: ImportParts,
  context: OwnContext,
  { language }: RouteInput<Route>,
): Promise<ImportDetail> {
  // Whoever may not send is told so before the first byte.
  await context.openAside(async () => {})
  if (!context.upload) throw new Refusal(fileRefusal.noFile)
  const { fileName, bytes } = context.upload
  const received = await receivedFiles.receive(boundedBytes(bytes)).catch((error: unknown) => {
    throw asRefusal(error)
  })
  try {
    // One transaction for all rows: half a file is never seen, and a crash leaves nothing of it.
    return await context.open(async (tx) => {
      const importId = await keepFile(tx, received, nameOf(fileName))
      return readImport(tx, importId, language)
    })
  } catch (error) {
    throw asRefusal(error)
  } finally {
    await receivedFiles.drop(received)
  }
}

function nameOf(fileName: string | null): string {
  const name = (fileName ?? '').replaceAll(/[\p{Cc}\p{Cs}]/gu, '').trim()
  return name.slice(-longestName) || 'file'
}

async function keepFile(tx: Tx, received: ReceivedFile, fileName: string): Promise<string> {
  const importId = tx.newId()
  const { sheets, report, heads } = await keepRows(tx, importId, received)
  if (isCustodyExport(heads)) throw new Refusal(importRefusal.custodyExport)
  const recognition = recognise({ sheets: heads, remembered: await rememberedMappings(tx) })
  const { timeZone } = await companyAround(tx)
  const body = {
    template: recognition.template,
    step: 'mapping',
    recognition,
    options: { ...defaultOptions, timeZone },
    counts: null,
    groups: [],
    forecast: emptyForecast,
  } as const
  const { byteCount: sizeBytes, sha256 } = received
  insertImport(tx, { importId, fileName, sizeBytes, sha256, sheets, report, body })
  const checked = await checkImport(tx, { importId, report, ...body })
  saveBody(tx, { importId, body: checked, versionUp: 0 })
  record(tx, {
    action: 'import.created',
    subjectKind: 'import',
    subjectId: importId,
    effect: { template: checked.template, rows: checked.counts?.rows ?? null, sizeBytes },
    details: { fileName },
  })
  return importId
}

interface KeptRows {
  readonly sheets: readonly Sheet[]
  readonly report: FileReport
  /** The first rows of each sheet. */
  readonly heads: readonly RawSheet[]
}

async function keepRows(tx: Tx, importId: string, { path }: ReceivedFile): Promise<KeptRows> {
  const heads = new Map<
    number,
    { index: number; name: string; hidden: boolean; rows: RawSheet['rows'][number][] }
  >()
  const counts = new Map<number, number>()
  for await (const event of readSpreadsheet(path)) {
    if (event.kind === 'sheet') {
      heads.set(event.sheet.index, { ...event.sheet, rows: [] })
    } else if (event.kind === 'rows') {
      const { sheet, rows } = event
      const head = heads.get(sheet)
      if (!head) throw new Error('rows of a sheet that was not announced')
      head.rows.push(...rows.slice(0, Math.max(0, rowsLookedAt - head.rows.length)))
      counts.set(sheet, (counts.get(sheet) ?? 0) + rows.length)
      await insertRows(tx, { importId, sheet }, rows)
    } else {
      const sheets = [...heads.values()].map(({ index, name, hidden }) => ({
        index,
        name,
        hidden,
        rows: counts.get(index) ?? 0,
      }))
      if (event.report.rows === 0) throw new Refusal(fileRefusal.empty)
      return { sheets, report: reportOf(event.report), heads: [...heads.values()] }
    }
  }
  throw new Error('a file without an end')
}
