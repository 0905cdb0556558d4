import type { RawCell, RawRow } from '../../src/features/imports/model/cell.ts'
import { sendFile } from '../builders/imports.ts'
import { type PlantedSheet, plantedMembers } from '../builders/planted-members.ts'
import { bodyOf, type TestCompany } from '../builders.ts'
import { workbookOf } from '../spreadsheets/workbook-file.ts'
import type { Answer, World } from '../world.ts'

/** What came of repairing a file through the API, as somebody would who always takes the first fix of a group. */
export interface Journey {
  readonly sheet: PlantedSheet
  readonly sent: Answer['body']
  readonly repaired: Answer['body']
  /** How many times something was changed. */
  readonly changes: number
}

const mostChanges = 30

/** Sends `count` members with 600 planted problems of fifteen kinds, and repairs what can be repaired. */
export async function repairPlanted(company: TestCompany, count: number): Promise<Journey> {
  const sheet = plantedMembers(count)
  const sent = bodyOf(await sendFile(company.owner, '成员.xlsx', workbookWith(sheet)), 201)
  let repaired = sent
  for (let changes = 0; ; changes += 1) {
    const group = repaired.problems.find(isRepairable)
    if (!group || changes === mostChanges) return { sheet, sent, repaired, changes }
    const { code, column, about, fixes } = group
    const fix = {
      code,
      column,
      ...(about === null ? {} : { about }),
      ...(fixes[0].needs === null ? {} : { value: 'member' }),
    }
    const answer = await company.owner.patch(`/v1/imports/${sent.importId}`, { fixes: [fix] })
    repaired = bodyOf(answer, 200)
  }
}

// A value of its own for each cell is no click.
function isRepairable({ fixes: [first] }: { fixes: { fix: string }[] }): boolean {
  return first !== undefined && first.fix !== 'set_value'
}

function workbookWith({ headers, rows }: PlantedSheet): Buffer {
  const head: RawRow = {
    row: 1,
    hidden: false,
    cells: headers.map((text): RawCell => ({ kind: 'text', text })),
  }
  return workbookOf({ rows: [head, ...rows].map(rowXml).join('') })
}

function rowXml({ row, cells }: RawRow): string {
  return `<row r="${row}">${cells.map(cellXml).join('')}</row>`
}

function cellXml(cell: RawCell | null): string {
  if (cell === null || cell.text === '') return '<c/>'
  if (cell.kind === 'number' && !cell.text.includes('E')) return `<c><v>${cell.text}</v></c>`
  const text = cell.kind === 'number' ? withExponent(cell.value) : cell.text
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
  return `<c t="inlineStr"><is><t xml:space="preserve">${escaped}</t></is></c>`
}

// As it comes from a file of text in between, with all its digits.
function withExponent(value: number): string {
  const digits = String(value)
  return `${digits[0]}.${digits.slice(1)}E+${digits.length - 1}`
}

/** All rows of an import, page by page. */
export async function rowsOf(company: TestCompany, importId: string): Promise<Answer['body'][]> {
  const rows: Answer['body'][] = []
  for (let cursor = ''; ; ) {
    const page = bodyOf(await company.owner.get(`/v1/imports/${importId}/rows?limit=500${cursor}`), 200)
    rows.push(...page.items)
    if (page.nextCursor === null) return rows
    cursor = `&cursor=${page.nextCursor}`
  }
}

/** Applies an import and waits for its end. */
export async function applyWhole(
  world: World,
  company: TestCompany,
  importId: string,
): Promise<Answer['body']> {
  bodyOf(await company.owner.post(`/v1/imports/${importId}/apply`), 202)
  await world.runDueWork()
  return bodyOf(await company.owner.get(`/v1/imports/${importId}`), 200)
}
