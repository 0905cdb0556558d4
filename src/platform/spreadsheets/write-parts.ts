import { xmlText } from './write-text.ts'

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packageRelations = 'http://schemas.openxmlformats.org/package/2006/relationships'
const types = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

/** Places in `cellXfs` of the styles below. */
export const style = {
  general: 0,
  text: 1,
  date: 2,
  dateTime: 3,
  header: 4,
  requiredHeader: 5,
  note: 6,
} as const

/** Added to one of the first four styles: filled, as a cell with a problem is. */
export const problemStyle = 7

const formats = [
  '<numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/>',
  '<numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/>',
]
const fonts = [
  '<font><sz val="11"/><name val="Calibri"/><family val="2"/></font>',
  '<font><b/><sz val="11"/><name val="Calibri"/><family val="2"/></font>',
  '<font><b/><sz val="11"/><color rgb="FFFF0000"/><name val="Calibri"/><family val="2"/></font>',
]
const fills = [
  '<fill><patternFill patternType="none"/></fill>',
  '<fill><patternFill patternType="gray125"/></fill>',
  '<fill><patternFill patternType="solid"><fgColor rgb="FFF2F2F2"/><bgColor indexed="64"/></patternFill></fill>',
  '<fill><patternFill patternType="solid"><fgColor rgb="FFFFE1E1"/><bgColor indexed="64"/></patternFill></fill>',
]
// General, the built-in text format `@`, a day, a day with its time.
const values = [0, 49, 164, 165]
const cellStyles = [
  ...values.map((format) => cellStyle(format, 0, 0)),
  cellStyle(49, 1, 2),
  cellStyle(49, 2, 2),
  '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>',
  ...values.map((format) => cellStyle(format, 0, 3)),
]

function cellStyle(format: number, font: number, fill: number): string {
  return `<xf numFmtId="${format}" fontId="${font}" fillId="${fill}" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1"/>`
}

function list(name: string, elements: readonly string[]): string {
  return `<${name} count="${elements.length}">${elements.join('')}</${name}>`
}

/** The part that says how cells look. */
export function stylesPart(): string {
  return `${declaration}<styleSheet xmlns="${main}">${list('numFmts', formats)}${list('fonts', fonts)}${list('fills', fills)}${list('borders', ['<border><left/><right/><top/><bottom/><diagonal/></border>'])}${list('cellStyleXfs', ['<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'])}${list('cellXfs', cellStyles)}${list('cellStyles', ['<cellStyle name="Normal" xfId="0" builtinId="0"/>'])}</styleSheet>`
}

/** The parts that name the sheets of a workbook, whose own parts are `xl/worksheets/sheet1.xml` and so on. */
export function workbookParts(
  sheetNames: readonly string[],
): readonly (readonly [name: string, text: string])[] {
  const sheets = sheetNames.map((name, at) => ({ name: xmlText(name), id: at + 1 }))
  const target = (id: number) => `worksheets/sheet${id}.xml`
  return [
    [
      'xl/workbook.xml',
      `${declaration}<workbook xmlns="${main}" xmlns:r="${relations}"><bookViews><workbookView/></bookViews><sheets>${sheets
        .map(({ name, id }) => `<sheet name="${name}" sheetId="${id}" r:id="rId${id}"/>`)
        .join('')}</sheets></workbook>`,
    ],
    [
      'xl/_rels/workbook.xml.rels',
      relationships([
        ...sheets.map(({ id }) => [`rId${id}`, 'worksheet', target(id)] as const),
        ['rIdStyles', 'styles', 'styles.xml'],
        ['rIdStrings', 'sharedStrings', 'sharedStrings.xml'],
      ]),
    ],
    ['_rels/.rels', relationships([['rId1', 'officeDocument', 'xl/workbook.xml']])],
    [
      '[Content_Types].xml',
      `${declaration}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${[
        ['workbook.xml', 'sheet.main'] as const,
        ...sheets.map(({ id }) => [target(id), 'worksheet'] as const),
        ['styles.xml', 'styles'] as const,
        ['sharedStrings.xml', 'sharedStrings'] as const,
      ]
        .map(([part, type]) => `<Override PartName="/xl/${part}" ContentType="${types}.${type}+xml"/>`)
        .join('')}</Types>`,
    ],
  ]
}

function relationships(all: readonly (readonly [id: string, type: string, target: string])[]): string {
  return `${declaration}<Relationships xmlns="${packageRelations}">${all
    .map(([id, type, target]) => `<Relationship Id="${id}" Type="${relations}/${type}" Target="${target}"/>`)
    .join('')}</Relationships>`
}

/** What stands before and after the rows of a sheet. */
export const sheetPart = {
  head: `${declaration}<worksheet xmlns="${main}" xmlns:r="${relations}">`,
  foot: '</worksheet>',
} as const

/** What stands before and after the texts that cells share. */
export const stringsPart = { head: `${declaration}<sst xmlns="${main}">`, foot: '</sst>' } as const
