import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { ZipFile } from 'yazl'

const columns = [
  '姓名',
  '账号',
  '别名',
  '职务',
  '部门',
  '性别',
  '手机',
  '座机',
  '邮箱',
  '地址',
  '入职日期',
  '工号',
] as const
const surnames = [...'王李张刘陈杨黄赵周吴徐孙马朱胡郭何林高罗']
const given = [...'伟芳娜敏静丽强磊军洋勇艳杰涛明超秀霞平刚桂英华文玉建国春梅']
const titles = ['产品经理', '工程师', '客户经理', '会计', '主管', '设计师', '销售']
const departments = Array.from({ length: 300 }, (_, index) => `示例公司/区域${index % 12}/团队${index}`)
const firstDay = 40_000
const partCharacters = 256 * 1024

/** Texts of a workbook, each kept once. */
class SharedTexts {
  readonly #places = new Map<string, number>()

  placeOf(text: string): number {
    const found = this.#places.get(text) ?? this.#places.size
    this.#places.set(text, found)
    return found
  }

  *parts(): Generator<string> {
    yield `${head}<sst xmlns="${namespace}" uniqueCount="${this.#places.size}">`
    for (const text of this.#places.keys()) yield `<si><t>${text}</t></si>`
    yield '</sst>'
  }
}

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'
const namespace = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packages = 'http://schemas.openxmlformats.org/package/2006'
const types = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

/** Writes a list of members as Excel would save it: shared texts, references, spans, dates by format 31. */
export async function writeWorkbook(file: string, rows: number): Promise<void> {
  const texts = new SharedTexts()
  const zip = new ZipFile()
  const add = (name: string, parts: Iterable<string>) => {
    zip.addBuffer(Buffer.concat([...gathered(parts)]), name, { compressionLevel: 6 })
  }
  add('[Content_Types].xml', [
    `${head}<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>`,
    `<Override PartName="/xl/workbook.xml" ContentType="${types}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${types}.worksheet+xml"/>`,
    `<Override PartName="/xl/styles.xml" ContentType="${types}.styles+xml"/><Override PartName="/xl/sharedStrings.xml" ContentType="${types}.sharedStrings+xml"/></Types>`,
  ])
  add('_rels/.rels', [
    `${head}<Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  ])
  add('xl/workbook.xml', [
    `${head}<workbook xmlns="${namespace}" xmlns:r="${relations}"><sheets><sheet name="成员列表" sheetId="1" r:id="rId1"/></sheets></workbook>`,
  ])
  add('xl/_rels/workbook.xml.rels', [
    `${head}<Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${relations}/worksheet" Target="worksheets/sheet1.xml"/>`,
    `<Relationship Id="rId2" Type="${relations}/styles" Target="styles.xml"/><Relationship Id="rId3" Type="${relations}/sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
  ])
  add('xl/styles.xml', [
    `${head}<styleSheet xmlns="${namespace}"><fonts count="1"><font><sz val="11"/></font></fonts><fills count="1"><fill><patternFill patternType="none"/></fill></fills>`,
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>',
    '<cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="49" applyNumberFormat="1"/><xf numFmtId="31" applyNumberFormat="1"/></cellXfs></styleSheet>',
  ])
  add('xl/worksheets/sheet1.xml', sheet(rows, texts))
  add('xl/sharedStrings.xml', texts.parts())
  zip.end()
  await pipeline(zip.outputStream, createWriteStream(file))
}

function* gathered(parts: Iterable<string>): Generator<Buffer> {
  let text = ''
  for (const part of parts) {
    text += part
    if (text.length < partCharacters) continue
    yield Buffer.from(text)
    text = ''
  }
  yield Buffer.from(text)
}

function* sheet(rows: number, texts: SharedTexts): Generator<string> {
  yield `${head}<worksheet xmlns="${namespace}"><dimension ref="A1:L${rows}"/><sheetData>`
  yield row(1, columns, texts)
  for (let index = 2; index <= rows; index++) yield row(index, member(index), texts)
  yield '</sheetData></worksheet>'
}

function member(index: number): (string | number)[] {
  const pick = (from: readonly string[], step: number) => from[(index * step) % from.length] ?? ''
  const name = `${pick(surnames, 7)}${pick(given, 1)}${pick(given, 13)}`
  return [
    name,
    `staff${index}`,
    name,
    pick(titles, 1),
    pick(departments, 31),
    index % 2 === 0 ? '男' : '女',
    `138${String(10_000_000 + index)}`,
    `020-8898${index % 10_000}`,
    `staff${index}@example.com`,
    `广州市天河区示例路${index % 900}号`,
    firstDay + (index % 6000),
    index,
  ]
}

function row(number: number, cells: readonly (string | number)[], texts: SharedTexts): string {
  const written = cells.map((cell, column) => {
    const reference = `${String.fromCharCode(65 + column)}${number}`
    if (typeof cell === 'string') return `<c r="${reference}" s="1" t="s"><v>${texts.placeOf(cell)}</v></c>`
    return `<c r="${reference}" s="${column === 10 ? 2 : 0}"><v>${cell}</v></c>`
  })
  return `<row r="${number}" spans="1:12">${written.join('')}</row>`
}
