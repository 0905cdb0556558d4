import { type ReadLimits, SpreadsheetError } from '../fault.ts'
import { JsonBytes } from '../json-bytes.ts'
import type { Container } from './container.ts'
import { readPart } from './parts.ts'
import { leafMarks } from './xml-bytes.ts'
import { nameCode, type XmlScanner } from './xml-scanner.ts'
import { unescapeText } from './xml-text.ts'

const item = nameCode('si')
const itemMarks = leafMarks('si', 't')
const textElement = nameCode('t')
const phonetic = nameCode('rPh')

/** Gathers the text of `si` or `is`: that of all its runs, without the phonetic ones. */
export class RichText {
  readonly #mostCharacters: number
  #text = ''
  #isText = false
  #isPhonetic = false
  /** It is longer than a cell may be; the rest of it is not kept. */
  isTooLong = false

  constructor(mostCharacters: number) {
    this.#mostCharacters = mostCharacters
  }

  begin(): void {
    this.#text = ''
    this.#isText = false
    this.#isPhonetic = false
    this.isTooLong = false
  }

  take(scanner: XmlScanner): void {
    if (scanner.token === 'open') this.#mark(scanner.name, true)
    else if (scanner.token === 'close') this.#mark(scanner.name, false)
    else if (this.#isText && !this.#isPhonetic && !this.isTooLong) this.#add(scanner.text())
  }

  /** Takes a text that is known to be one. */
  takeText(scanner: XmlScanner): void {
    this.#add(scanner.text())
  }

  get text(): string {
    return unescapeText(this.#text)
  }

  #mark(name: number, isOpen: boolean): void {
    if (name === textElement) this.#isText = isOpen
    else if (name === phonetic) this.#isPhonetic = isOpen
  }

  #add(text: string): void {
    this.#text = this.#text === '' ? text : this.#text + text
    // An escape is seven characters for one.
    if (this.#text.length > this.#mostCharacters * 7) this.isTooLong = true
  }
}

const pageBytes = 1024 * 1024
const firstPageBytes = 16 * 1024
// Where a text begins, its bytes and its characters.
const placeNumbers = 3
const placesAtOnce = 16 * 1024

/**
 * Texts by their places, kept outside of the heap as the JSON in which they travel: one text stands in many cells, and
 * what is collected of the heap need not look at them.
 */
export class TextTable {
  readonly #mostCharacters: number
  readonly #mostBytes: number
  #page = new JsonBytes(firstPageBytes)
  readonly #pages = [this.#page]
  readonly #places: Int32Array[] = []
  #bytes = 0
  size = 0

  constructor({ cellCharacters, heapMegabytes }: Pick<ReadLimits, 'cellCharacters' | 'heapMegabytes'>) {
    this.#mostCharacters = cellCharacters
    this.#mostBytes = (heapMegabytes / 2) * 1024 * 1024
  }

  /** @throws SpreadsheetError `out_of_memory` */
  add(rich: RichText): void {
    const text = rich.isTooLong ? null : rich.text
    const from = this.#page.length
    if (text !== null && text.length <= this.#mostCharacters) this.#page.text(text)
    this.#keep(from, text === null ? this.#mostCharacters + 1 : text.length)
  }

  /** Null where there is none; too many where it is longer than a cell may be. */
  charactersAt(place: number): number | null {
    const isPlace = Number.isInteger(place) && place >= 0 && place < this.size
    return isPlace ? this.#number(place, 2) : null
  }

  textAt(place: number): string {
    const json = new JsonBytes(0)
    this.write(place, json)
    return JSON.parse(json.bytes.toString('utf8', 0, json.length)) as string
  }

  write(place: number, json: JsonBytes): void {
    const start = this.#number(place, 0)
    const page = this.#pages[Math.floor(start / pageBytes)] ?? this.#page
    json.copy(page.bytes, start % pageBytes, this.#number(place, 1))
  }

  #keep(from: number, characters: number): void {
    const at = (this.size % placesAtOnce) * placeNumbers
    if (at === 0) this.#places.push(new Int32Array(placesAtOnce * placeNumbers))
    const bytes = this.#page.length - from
    const places = this.#places[this.#places.length - 1]
    if (places === undefined) return
    places[at] = (this.#pages.length - 1) * pageBytes + from
    places[at + 1] = bytes
    places[at + 2] = characters
    this.size += 1
    this.#bytes += bytes + placeNumbers * Int32Array.BYTES_PER_ELEMENT
    if (this.#bytes > this.#mostBytes) throw new SpreadsheetError('out_of_memory')
    if (this.#page.length < pageBytes) return
    this.#page = new JsonBytes(pageBytes + 64 * 1024)
    this.#pages.push(this.#page)
  }

  #number(place: number, which: number): number {
    return (
      this.#places[Math.floor(place / placesAtOnce)]?.[(place % placesAtOnce) * placeNumbers + which] ?? 0
    )
  }
}

/** Reads the shared texts of a workbook in their order. */
export async function readSharedStrings(
  container: Container,
  part: string,
  limits: ReadLimits,
): Promise<TextTable> {
  const table = new TextTable(limits)
  const rich = new RichText(limits.cellCharacters)
  await readPart(container, part, (scanner) => {
    if (scanner.name !== item) return rich.take(scanner)
    if (scanner.token === 'close') return table.add(rich)
    if (scanner.token === 'text') return undefined
    rich.begin()
    if (!scanner.passLeaf(itemMarks)) return undefined
    rich.takeText(scanner)
    return table.add(rich)
  })
  return table
}
