import type { Container } from './container.ts'
import { readPart } from './parts.ts'
import { nameCode, type XmlScanner } from './xml-scanner.ts'
import { unescapeText } from './xml-text.ts'

const item = nameCode('si')
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

/** The shared texts of a workbook in their order; null where one is longer than a cell may be. */
export async function readSharedStrings(
  container: Container,
  part: string,
  mostCharacters: number,
): Promise<(string | null)[]> {
  const strings: (string | null)[] = []
  const rich = new RichText(mostCharacters)
  await readPart(container, part, (scanner) => {
    if (scanner.name !== item) return rich.take(scanner)
    if (scanner.token === 'open') return rich.begin()
    if (scanner.token === 'close') strings.push(kept(rich, mostCharacters))
    return undefined
  })
  return strings
}

function kept(rich: RichText, mostCharacters: number): string | null {
  if (rich.isTooLong) return null
  const { text } = rich
  return text.length > mostCharacters ? null : text
}
