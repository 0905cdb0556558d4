import { defineWords } from '../../ui/words.ts'
import en from './palette-words.en.json'
import zh from './palette-words.zh-CN.json'

export const usePaletteWords = defineWords('palette', en, zh)
