import { type HostileFile, hostileTexts } from './hostile-texts.ts'
import { parts, sheetOf, type WorkbookWish, workbookOf, workbookParts } from './workbook-file.ts'
import { type ZippedFile, zipOf } from './zip-file.ts'

const cell = '<c r="A1"><v>1</v></c>'
const rows = `<row r="1">${cell}</row>`

function book(wish: WorkbookWish | (() => WorkbookWish)): () => Buffer {
  return () => workbookOf({ rows, ...(typeof wish === 'function' ? wish() : wish) })
}

function withPart(name: string, content: string | Buffer): () => Buffer {
  return book({ parts: { [name]: content } })
}

function withFile(name: string): () => Buffer {
  return book({ more: [{ name, content: 'x' }] })
}

/** One file of the archive with other headers than it should have. */
function withClaims(name: string, claims: NonNullable<ZippedFile['claims']>): () => Buffer {
  return () => zipOf(workbookParts({ rows }).map((file) => (file.name === name ? { ...file, claims } : file)))
}

/** Digits that no compressor shortens below two fifths, the same each time. */
function noise(length: number): string {
  const digits = new Array<string>(Math.ceil(length / 9))
  let seed = 1
  for (let at = 0; at < digits.length; at++) {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0
    digits[at] = String(seed).padStart(10, '1').slice(0, 9)
  }
  return digits.join('').slice(0, length)
}

function declared(part: keyof typeof parts, doctype: string): () => Buffer {
  return () => {
    const files = workbookParts({ rows }).map(({ name, content }) => ({
      name,
      content: name === parts[part] ? String(content).replace('?>', `?>${doctype}`) : content,
    }))
    return zipOf(files)
  }
}

const laughs = `<!DOCTYPE lolz [<!ENTITY a0 "lol">${Array.from({ length: 9 }, (_, at) => `<!ENTITY a${at + 1} "${`&a${at};`.repeat(10)}">`).join('')}]>`

function typed(type: string): string {
  return `<Types><Override PartName="/xl/workbook.xml" ContentType="application/${type}"/></Types>`
}

const main = 'vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml'

const archives: readonly HostileFile[] = [
  ['nothing', () => Buffer.alloc(0), 'empty'],
  ['the first four bytes of an archive', () => Buffer.from('PK\x03\x04'), 'damaged'],
  ['an archive of nothing', () => zipOf([]), 'not_a_spreadsheet'],
  ['a workbook cut off in the middle', () => book({})().subarray(0, 900), 'damaged'],
  ['a workbook with bytes behind it', () => Buffer.concat([book({})(), Buffer.alloc(100)]), 'damaged'],
  ['an archive of something else', () => zipOf([{ name: 'a.txt', content: 'a' }]), 'not_a_spreadsheet'],
  [
    'a document of Word',
    withPart(parts.types, typed('vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml')),
    'not_a_spreadsheet',
  ],
  [
    'an OpenDocument sheet',
    () => zipOf([{ name: 'mimetype', content: 'application/vnd.oasis.opendocument.spreadsheet' }]),
    'open_document',
  ],
  [
    'a binary workbook',
    () =>
      zipOf([
        { name: parts.types, content: typed('vnd.ms-excel.sheet.binary.macroEnabled.main') },
        { name: 'xl/workbook.bin', content: 'x' },
      ]),
    'binary_workbook',
  ],
  [
    '201 files',
    book({ more: Array.from({ length: 194 }, (_, at) => ({ name: `x${at}`, content: '' })) }),
    'too_many_entries',
  ],
  ['65,534 files by its own count', () => zipOf(workbookParts({ rows }), 65_534), 'too_many_entries'],
  ['fewer files than it counts', () => zipOf(workbookParts({ rows }), 50), 'damaged'],
  [
    'two sheets by one name',
    book({ more: [{ name: 'XL/worksheets/SHEET1.xml', content: sheetOf({}) }] }),
    'damaged',
  ],
  ['two files at one place', withClaims(parts.styles, { offset: 0 }), 'overlapping_entries'],
  [
    'a file that reaches into the next',
    withClaims(parts.types, { compressedBytes: 400 }),
    'overlapping_entries',
  ],
  ['a thousandfold archive: each file lies in the one before', overlapping, 'overlapping_entries'],
  [
    'a file that reaches beyond the end',
    withClaims(parts.sheet, { compressedBytes: 4_000_000_000 }),
    'damaged',
  ],
  ['a locked file', withClaims(parts.sheet, { flags: 1 }), 'encrypted'],
  ['an unknown method of compression', withClaims(parts.sheet, { method: 99 }), 'damaged'],
  ['stored bytes that are compressed', withClaims(parts.sheet, { method: 0 }), 'damaged'],
  ['more bytes than it says', withClaims(parts.sheet, { bytes: 10 }), 'damaged'],
  ['fewer bytes than it says', withClaims(parts.sheet, { bytes: 4_000_000_000 }), 'damaged'],
  ['other bytes than were written', withClaims(parts.sheet, { crc: 1 }), 'damaged'],
  ['a path that climbs out', withFile('../../etc/passwd'), 'damaged'],
  ['an absolute path', withFile('/etc/passwd'), 'damaged'],
  ['a path of Windows', withFile('C:\\evil.xml'), 'damaged'],
]

function overlapping(): Buffer {
  const files = workbookParts({ rows })
  const at = zipOf(files.slice(0, 3)).length - 22
  return zipOf([
    ...files,
    ...Array.from({ length: 90 }, (_, index) => ({
      name: `x${index}`,
      content: '',
      claims: { offset: at + index, compressedBytes: 1000 },
    })),
  ])
}

const bombs: readonly HostileFile[] = [
  ['100 MB of cells in 100 KB', book(() => ({ rows: `<row>${'<c/>'.repeat(25_000_000)}</row>` })), 'ratio'],
  [
    '50 MB of cells that claim to be 1 KB',
    () =>
      zipOf(
        workbookParts({ rows: `<row>${'<c/>'.repeat(12_000_000)}</row>` }).map((file) =>
          file.name === parts.sheet ? { ...file, claims: { bytes: 1000 } } : file,
        ),
      ),
    'ratio',
  ],
  ['three million shared texts', book(() => ({ strings: '<si><t>x</t></si>'.repeat(3_000_000) })), 'ratio'],
  ['30 MB of spaces', book(() => ({ before: ' '.repeat(30_000_000) })), 'cell_too_long'],
  [
    '30 MB of one letter as a shared text',
    book(() => ({ strings: `<si><t>${'x'.repeat(30_000_000)}</t></si>` })),
    'cell_too_long',
  ],
  [
    '70 MB of cells without values',
    () => {
      const digits = noise(9 * 1_000_000)
      const empty = Array.from(
        { length: 1_000_000 },
        (_, at) =>
          `<c s="${digits.slice(at * 9, at * 9 + 9)}" t="n" cm="00000000000000000000000000000000000000" vm="0"/>`,
      ).join('')
      return workbookOf({ rows: `<row r="1">${empty}</row>` })
    },
    'inflated_too_large',
  ],
  [
    '600,000 rows',
    book(() => ({
      rows: Array.from(
        { length: 600_000 },
        (_, at) => `<row><c><v>${(at * 7919) % 99_991}</v></c></row>`,
      ).join(''),
    })),
    'too_many_rows',
  ],
  [
    'two cells in the farthest corners',
    book(() => ({ rows: `${rows}<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>` })),
    'too_many_columns',
  ],
  ['65 columns', book(() => ({ rows: `<row>${'<c><v>1</v></c>'.repeat(65)}</row>` })), 'too_many_columns'],
  [
    'one cell of 4,097 characters',
    book(() => ({ rows: `<row><c t="inlineStr"><is><t>${'x'.repeat(4097)}</t></is></c></row>` })),
    'cell_too_long',
  ],
  [
    'one cell of 15 MB',
    book(() => ({ rows: `<row><c t="inlineStr"><is><t>${noise(15_000_000)}</t></is></c></row>` })),
    'cell_too_long',
  ],
  [
    'one value of 100,000 digits',
    book(() => ({ rows: `<row><c><v>${noise(100_000)}</v></c></row>` })),
    'cell_too_long',
  ],
  [
    'one cell of 2,000 pieces',
    book(() => ({
      rows: `<row><c t="inlineStr"><is>${`<r><t>${noise(90)}</t></r>`.repeat(2000)}</is></c></row>`,
    })),
    'cell_too_long',
  ],
  [
    'a long shared text in a cell',
    book(() => ({ strings: `<si><t>${noise(5000)}</t></si>`, rows: '<row><c t="s"><v>0</v></c></row>' })),
    'cell_too_long',
  ],
  [
    'one shared text in 600,000 cells',
    book(() => ({
      strings: `<si><t>${noise(4000)}</t></si>`,
      rows: Array.from(
        { length: 10_000 },
        (_, at) => `<row>${'<c t="s"><v>0</v></c>'.repeat(1 + ((at * 7919) % 60))}</row>`,
      ).join(''),
    })),
    'too_much_text',
  ],
  [
    'a hundred times one sheet, and once more',
    book(() => ({ sheets: '<sheet name="a" r:id="rId1"/>'.repeat(101) })),
    'too_many_sheets',
  ],
  [
    'one merged range over all cells',
    book(() => ({ after: '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>' })),
    null,
  ],
  [
    'all columns hidden, one by one',
    book(() => ({ before: `<cols>${'<col min="1" max="999999999" hidden="1"/>'.repeat(1000)}</cols>` })),
    null,
  ],
]

const xml: readonly HostileFile[] = [
  ['a billion laughs', declared('sheet', laughs), 'doctype'],
  ['a billion laughs in the shared texts', declared('strings', laughs), 'doctype'],
  [
    'a file of the machine as an entity',
    declared('sheet', '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>'),
    'doctype',
  ],
  [
    'an address as a parameter entity',
    declared('workbook', '<!DOCTYPE a [<!ENTITY % b SYSTEM "http://127.0.0.1/"> %b;]>'),
    'doctype',
  ],
  [
    'a document type elsewhere',
    declared('workbook', '<!DOCTYPE a SYSTEM "http://127.0.0.1/a.dtd">'),
    'doctype',
  ],
  ['a document type and nothing else', declared('styles', '<!DOCTYPE styleSheet>'), 'doctype'],
  ['a document type of its relations', declared('relations', laughs), 'doctype'],
  ['a document type of its types', declared('types', laughs), 'doctype'],
  ['a document type of its root', declared('root', laughs), 'doctype'],
  [
    'a document type in UTF-16',
    withPart(parts.sheet, Buffer.from(`\ufeff<?xml version="1.0"?>${laughs}<worksheet/>`, 'utf16le')),
    'doctype',
  ],
  [
    'a document type in UTF-7, as it says',
    withPart(parts.sheet, '<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE a><worksheet/>'),
    'damaged',
  ],
  [
    'an entity that nothing declares',
    book({ rows: '<row><c t="inlineStr"><is><t>&a9;</t></is></c></row>' }),
    'damaged',
  ],
  ['elements 100,000 deep', book({ after: '<a>'.repeat(100_000) }), 'damaged'],
  ['100,000 attributes', book({ rows: `<row ${'a="1" '.repeat(100_000)}/>` }), 'damaged'],
  ['an attribute of 5 MB', book({ rows: `<row r="${noise(5_000_000)}"/>` }), 'damaged'],
  ['a comment of 5 MB', book({ before: `<!--${noise(5_000_000)}-->` }), 'damaged'],
  ['rows that do not end', withPart(parts.sheet, '<worksheet><sheetData><row><c>'), 'damaged'],
  [
    'elements that end crosswise',
    withPart(parts.sheet, '<worksheet><sheetData><row><c></row></c></sheetData></worksheet>'),
    'damaged',
  ],
  [
    'bytes that are no text',
    withPart(
      parts.sheet,
      Buffer.concat([
        Buffer.from('<worksheet><sheetData><row><c t="str"><v>'),
        Buffer.from([0xc3, 0x28]),
        Buffer.from('</v></c></row></sheetData></worksheet>'),
      ]),
    ),
    'damaged',
  ],
  ['a NUL in a text', book({ rows: '<row><c t="str"><v>a\0b</v></c></row>' }), 'damaged'],
  ['a NUL as an escape', book({ rows: '<row><c t="str"><v>_x0000_</v></c></row>' }), null],
]

const workbooks: readonly HostileFile[] = [
  ['macros, as it says', withPart(parts.types, typed('vnd.ms-excel.sheet.macroEnabled.main+xml')), 'macros'],
  ['macros, as it does not say', withFile('xl/vbaProject.bin'), 'macros'],
  ['a macro sheet of old', withFile('xl/macrosheets/sheet1.xml'), 'macros'],
  [
    'macros by relation',
    withPart(
      parts.relations,
      '<Relationships><Relationship Id="a" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" Target="b"/></Relationships>',
    ),
    'macros',
  ],
  ['a link to another workbook', withFile('xl/externalLinks/externalLink1.xml'), 'external_links'],
  [
    'a link by relation',
    withPart(
      parts.relations,
      '<Relationships><Relationship Id="a" Type="x/externalLink" Target="b"/></Relationships>',
    ),
    'external_links',
  ],
  [
    'a link by type',
    withPart(
      parts.types,
      `<Types><Override PartName="/a" ContentType="${main}"/><Override PartName="/b" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.externalLink+xml"/></Types>`,
    ),
    'external_links',
  ],
  [
    'a sheet that is not there',
    book({
      parts: {
        [parts.relations]:
          '<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="none.xml"/></Relationships>',
      },
    }),
    'damaged',
  ],
  [
    'a sheet on another machine',
    book({
      parts: {
        [parts.relations]:
          '<Relationships><Relationship Id="rId1" Type="x/worksheet" TargetMode="External" Target="http://127.0.0.1/"/></Relationships>',
      },
    }),
    'damaged',
  ],
  [
    'a sheet outside of the workbook',
    book({
      parts: {
        [parts.relations]:
          '<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="../../../../etc/passwd"/></Relationships>',
      },
    }),
    'damaged',
  ],
  ['no sheet at all', book({ sheets: '' }), 'damaged'],
  [
    'a workbook without itself',
    () => zipOf(workbookParts({}).filter(({ name }) => name !== parts.workbook)),
    'not_a_spreadsheet',
  ],
  ['a shared text that is not there', book({ rows: '<row><c t="s"><v>5</v></c></row>' }), 'damaged'],
  ['a shared text between two', book({ rows: '<row><c t="s"><v>0.5</v></c></row>' }), 'damaged'],
  ['a shared text before the first', book({ rows: '<row><c t="s"><v>-1</v></c></row>' }), 'damaged'],
  [
    'a shared text by the name of a method',
    book({ rows: '<row><c t="s"><v>length</v></c></row>' }),
    'damaged',
  ],
  ['a row before the first', book({ rows: '<row r="0"/>' }), 'damaged'],
  ['a row after the last', book({ rows: '<row r="1048577"/>' }), 'damaged'],
  ['a row by no number', book({ rows: '<row r="1e3"/>' }), 'damaged'],
  ['rows backwards', book({ rows: '<row r="5"/><row r="4"/>' }), 'damaged'],
  ['a column after the last', book({ rows: '<row><c r="ZZZZ1"><v>1</v></c></row>' }), 'damaged'],
  ['a format that is not there', book({ rows: '<row><c s="999999"><v>1</v></c></row>' }), null],
]

export const hostileFiles: readonly HostileFile[] = [
  ...archives,
  ...bombs,
  ...xml,
  ...workbooks,
  ...hostileTexts,
]
