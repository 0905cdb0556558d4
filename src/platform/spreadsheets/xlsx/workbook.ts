import { type ReadLimits, SpreadsheetError, type SpreadsheetFault } from '../fault.ts'
import type { Container } from './container.ts'
import { isBuiltInDate, isDateFormat } from './dates.ts'
import { readPart } from './parts.ts'
import { nameCode, prefixedCode, type XmlScanner } from './xml-scanner.ts'
import { unescapeText } from './xml-text.ts'

export interface Worksheet {
  readonly name: string
  readonly hidden: boolean
  readonly part: string
}

export interface Workbook {
  readonly worksheets: readonly Worksheet[]
  readonly sharedStrings: string | null
  readonly styles: string | null
  /** Days are counted from 1904, as Excel for Macintosh did. */
  readonly is1904: boolean
}

interface Relation {
  readonly type: string
  readonly part: string
}

const contentTypes = '[Content_Types].xml'
const workbookType = /spreadsheetml\.(?:sheet|template)\.main\+xml$/i
const foreignTypes: readonly (readonly [SpreadsheetFault, RegExp])[] = [
  ['binary_workbook', /ms-excel\.sheet\.binary/i],
  ['macros', /macroenabled|vbaproject|ms-excel\.(?:macrosheet|intlmacrosheet)/i],
  ['external_links', /spreadsheetml\.externallink/i],
]
const foreignParts: readonly (readonly [SpreadsheetFault, RegExp])[] = [
  ['binary_workbook', /^xl\/workbook\.bin$/],
  ['macros', /(?:^|\/)(?:vbaproject\.bin$|macrosheets\/)/],
  ['external_links', /^xl\/externallinks\//],
]
const foreignRelations: readonly (readonly [SpreadsheetFault, RegExp])[] = [
  ['macros', /\/(?:vbaProject|xlMacrosheet|xlIntlMacrosheet)$/i],
  ['external_links', /\/externalLink(?:Path)?$/i],
]

const codes = {
  type: nameCode('ContentType'),
  partName: nameCode('PartName'),
  relationship: nameCode('Relationship'),
  id: nameCode('Id'),
  relationType: nameCode('Type'),
  target: nameCode('Target'),
  mode: nameCode('TargetMode'),
  sheet: nameCode('sheet'),
  name: nameCode('name'),
  state: nameCode('state'),
  relationId: prefixedCode('id'),
  properties: nameCode('workbookPr'),
  date1904: nameCode('date1904'),
  numberFormat: nameCode('numFmt'),
  formatId: nameCode('numFmtId'),
  formatCode: nameCode('formatCode'),
  cellFormats: nameCode('cellXfs'),
  cellFormat: nameCode('xf'),
} as const

/**
 * Finds the sheets of a workbook.
 * @throws SpreadsheetError `not_a_spreadsheet`, `open_document`, `binary_workbook`, `macros`, `external_links`,
 *   `too_many_sheets` and those of `readPart`
 */
export async function readWorkbook(container: Container, limits: ReadLimits): Promise<Workbook> {
  refuseForeign(foreignParts, container.names)
  if (!container.has(contentTypes))
    throw new SpreadsheetError(container.has('mimetype') ? 'open_document' : 'not_a_spreadsheet')
  await checkTypes(container)
  const root = await readRelations(container, '')
  const part =
    [...root.values()].find(({ type }) => type.endsWith('/officeDocument'))?.part ?? 'xl/workbook.xml'
  if (!container.has(part)) throw new SpreadsheetError('not_a_spreadsheet')
  const relations = await readRelations(container, part)
  const { entries, is1904 } = await readSheetList(container, part, limits)
  const worksheets = entries.flatMap(({ name, hidden, relationId }) => {
    const relation = relations.get(relationId)
    if (relation === undefined) throw new SpreadsheetError('damaged', { part, sheet: name })
    // Charts and dialogues have a sheet of their own, without cells.
    return relation.type.endsWith('/worksheet') ? [{ name, hidden, part: relation.part }] : []
  })
  const partOf = (kind: string) => {
    const found = [...relations.values()].find(({ type }) => type.endsWith(kind))
    return found !== undefined && container.has(found.part) ? found.part : null
  }
  return { worksheets, is1904, sharedStrings: partOf('/sharedStrings'), styles: partOf('/styles') }
}

function refuseForeign(
  signs: readonly (readonly [SpreadsheetFault, RegExp])[],
  names: readonly string[],
): void {
  for (const [fault, sign] of signs) {
    const part = names.find((name) => sign.test(name))
    if (part !== undefined) throw new SpreadsheetError(fault, { part })
  }
}

async function checkTypes(container: Container): Promise<void> {
  const types: string[] = []
  // What a file would be by its ending says nothing of whether there is one.
  const ofParts: string[] = []
  await readPart(container, contentTypes, (scanner) => {
    const type = scanner.token === 'open' ? scanner.attribute(codes.type) : null
    if (type === null) return
    types.push(type)
    if (scanner.attribute(codes.partName) !== null) ofParts.push(type)
  })
  for (const [fault, sign] of foreignTypes)
    if (ofParts.some((type) => sign.test(type))) throw new SpreadsheetError(fault, { part: contentTypes })
  if (!types.some((type) => workbookType.test(type))) throw new SpreadsheetError('not_a_spreadsheet')
}

async function readRelations(container: Container, of: string): Promise<ReadonlyMap<string, Relation>> {
  const folder = of.slice(0, of.lastIndexOf('/') + 1)
  const part = `${folder}_rels/${of.slice(folder.length)}.rels`
  const relations = new Map<string, Relation>()
  if (!container.has(part)) return relations
  await readPart(container, part, (scanner) => {
    if (scanner.token !== 'open' || scanner.name !== codes.relationship) return
    const type = scanner.attribute(codes.relationType) ?? ''
    for (const [fault, sign] of foreignRelations)
      if (sign.test(type)) throw new SpreadsheetError(fault, { part })
    if (scanner.attribute(codes.mode)?.toLowerCase() === 'external') return
    const target = scanner.attribute(codes.target) ?? ''
    relations.set(scanner.attribute(codes.id) ?? '', { type, part: resolveTarget(folder, target) })
  })
  return relations
}

function resolveTarget(folder: string, target: string): string {
  const path: string[] = []
  for (const step of (target.startsWith('/') ? target : folder + target).split('/')) {
    if (step === '..') path.pop()
    else if (step !== '' && step !== '.') path.push(step)
  }
  return path.join('/')
}

interface SheetEntry {
  readonly name: string
  readonly hidden: boolean
  readonly relationId: string
}

async function readSheetList(
  container: Container,
  part: string,
  limits: ReadLimits,
): Promise<{ entries: SheetEntry[]; is1904: boolean }> {
  const entries: SheetEntry[] = []
  let is1904 = false
  await readPart(container, part, (scanner) => {
    if (scanner.token !== 'open') return
    if (scanner.name === codes.properties) is1904 = isTrue(scanner.attribute(codes.date1904))
    if (scanner.name !== codes.sheet) return
    const relationId = scanner.attribute(codes.relationId)
    if (relationId === null) return
    if (entries.length >= limits.sheets) throw new SpreadsheetError('too_many_sheets')
    entries.push({
      name: unescapeText(scanner.attribute(codes.name) ?? '').slice(0, 255),
      hidden: /^(?:very)?hidden$/i.test(scanner.attribute(codes.state) ?? ''),
      relationId,
    })
  })
  return { entries, is1904 }
}

export function isTrue(value: string | null): boolean {
  return value === '1' || value === 'true'
}

/** Of each cell format, whether it shows a date. */
export async function readDateStyles(container: Container, part: string): Promise<boolean[]> {
  const formats = new Map<number, boolean>()
  const styles: boolean[] = []
  let isInCells = false
  await readPart(container, part, (scanner) => {
    if (scanner.name === codes.cellFormats && scanner.token !== 'text') isInCells = scanner.token === 'open'
    if (scanner.token !== 'open') return
    if (scanner.name === codes.numberFormat) keepFormat(scanner, formats)
    if (!isInCells || scanner.name !== codes.cellFormat) return
    const format = Number(scanner.attribute(codes.formatId) ?? 0)
    styles.push(formats.get(format) ?? isBuiltInDate(format))
  })
  return styles
}

function keepFormat(scanner: XmlScanner, formats: Map<number, boolean>): void {
  const code = scanner.attribute(codes.formatCode)
  if (code !== null) formats.set(Number(scanner.attribute(codes.formatId)), isDateFormat(code))
}
