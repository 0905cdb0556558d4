import { type ZippedFile, zipOf } from './zip-file.ts'

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packages = 'http://schemas.openxmlformats.org/package/2006'
const types = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

export const parts = {
  types: '[Content_Types].xml',
  root: '_rels/.rels',
  workbook: 'xl/workbook.xml',
  relations: 'xl/_rels/workbook.xml.rels',
  styles: 'xl/styles.xml',
  strings: 'xl/sharedStrings.xml',
  sheet: 'xl/worksheets/sheet1.xml',
} as const

export interface WorkbookWish {
  /** What stands in `sheetData` of the one sheet. */
  readonly rows?: string
  /** What stands before and after `sheetData`. */
  readonly before?: string
  readonly after?: string
  /** Items of the shared texts. */
  readonly strings?: string
  /** Format codes from number 164 on; cell format n has the n-th of `cellFormats`. */
  readonly formats?: readonly string[]
  readonly cellFormats?: readonly number[]
  readonly sheets?: string
  readonly properties?: string
  /** Parts in the place of those that would be written. */
  readonly parts?: Readonly<Record<string, string | Buffer>>
  readonly more?: readonly ZippedFile[]
}

/** The files of a workbook of one sheet, as Excel lays them out. */
export function workbookParts(wish: WorkbookWish): ZippedFile[] {
  const written: Record<string, string | Buffer> = {
    [parts.types]: `${declaration}<Types xmlns="${packages}/content-types"><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${types}.sheet.main+xml"/></Types>`,
    [parts.root]: `${declaration}<Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    [parts.workbook]: `${declaration}<workbook xmlns="${main}" xmlns:r="${relations}"><workbookPr ${wish.properties ?? ''}/><sheets>${wish.sheets ?? '<sheet name="成员列表" sheetId="1" r:id="rId1"/>'}</sheets></workbook>`,
    [parts.relations]: `${declaration}<Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${relations}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${relations}/styles" Target="/xl/styles.xml"/><Relationship Id="rId3" Type="${relations}/sharedStrings" Target="./sharedStrings.xml"/></Relationships>`,
    [parts.styles]: stylesOf(wish),
    [parts.strings]: `${declaration}<sst xmlns="${main}">${wish.strings ?? ''}</sst>`,
    [parts.sheet]: sheetOf(wish),
    ...wish.parts,
  }
  return [...Object.entries(written).map(([name, content]) => ({ name, content })), ...(wish.more ?? [])]
}

export function sheetOf({ rows = '', before = '', after = '' }: WorkbookWish): string {
  return `${declaration}<worksheet xmlns="${main}">${before}<sheetData>${rows}</sheetData>${after}</worksheet>`
}

function stylesOf({ formats = [], cellFormats = [0] }: WorkbookWish): string {
  const written = formats
    .map((code, index) => `<numFmt numFmtId="${164 + index}" formatCode="${escapeXml(code)}"/>`)
    .join('')
  const cells = cellFormats.map((id) => `<xf numFmtId="${id}"/>`).join('')
  return `${declaration}<styleSheet xmlns="${main}"><numFmts>${written}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>${cells}</cellXfs><cellStyles/></styleSheet>`
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')
}

export function workbookOf(wish: WorkbookWish): Buffer {
  return zipOf(workbookParts(wish))
}
