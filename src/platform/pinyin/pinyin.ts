import { pinyin } from 'pinyin-pro'

const maxReadings = 12

/** How `ü` is typed and printed: on a keyboard, without dots, and in passports. */
const spellingsOfUe = ['v', 'u', 'yu']

/**
 * The readings of a Chinese name as syllables without tones: first as a name whose surname has its own reading (单 shàn,
 * 曾 zēng, 仇 qiú), then as ordinary words, then with other readings of single characters; at most 12.
 * @param han Chinese characters only
 */
export function pinyinReadings(han: string): string[][] {
  const asName = pinyin(han, { toneType: 'none', type: 'array', surname: 'head' })
  const asWords = pinyin(han, { toneType: 'none', type: 'array' })
  const found = new Map<string, string[]>()
  for (const syllables of [asName, asWords, ...otherReadings(han, asName)]) {
    for (const spelt of spellings(syllables)) {
      if (found.size < maxReadings) found.set(spelt.join(' '), spelt)
    }
  }
  return [...found.values()]
}

// One character at a time differs: all combinations would be many and nobody types them.
function otherReadings(han: string, usual: readonly string[]): string[][] {
  const others: string[][] = []
  for (const [index, character] of [...han].entries()) {
    const readings = pinyin(character, { toneType: 'none', type: 'array', multiple: true })
    for (const reading of readings)
      others.push(usual.map((syllable, at) => (at === index ? reading : syllable)))
  }
  return others
}

function spellings(syllables: readonly string[]): string[][] {
  if (!syllables.some((syllable) => syllable.includes('ü'))) return [[...syllables]]
  return spellingsOfUe.map((letters) => syllables.map((syllable) => syllable.replaceAll('ü', letters)))
}
